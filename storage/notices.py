"""Notices: what server owners were told, so that they are told once."""

from storage.database import Body, Statement


def note(guild_id: int, permission: str, *, channel_id: int, now: int) -> Body[bool]:
    """Note that the owner is told of a missing permission; False if they were told before."""
    rows = yield Statement(
        "INSERT INTO notice (guild_id, permission, channel_id, told_at)"
        " VALUES (:guild, :permission, :channel, :now) ON CONFLICT DO NOTHING RETURNING guild_id",
        {"guild": guild_id, "permission": permission, "channel": channel_id, "now": now},
    )
    return bool(rows)
