"""Guilds: what each server allows, where and to whom."""

import json
from collections.abc import Collection

from storage.belongings import Gallery, GuildRules
from storage.database import Body, Statement
from storage.records import PersonId


def rules(guild_id: int) -> Body[GuildRules]:
    """What a server allows; a server that set nothing allows what Talkie allows by itself."""
    rows = yield Statement(
        "SELECT member_daily, menus, gallery, gallery_channel, moderation_channel,"
        " retention_days, ask_above FROM guild WHERE guild_id = :guild",
        {"guild": guild_id},
    )
    if not rows:
        return GuildRules(guild_id=guild_id)
    openings = yield Statement(
        "SELECT kind, target_id FROM guild_opening WHERE guild_id = :guild", {"guild": guild_id}
    )
    row = rows[0]
    return GuildRules(
        guild_id=guild_id,
        channels=frozenset(each["target_id"] for each in openings if each["kind"] == "channel"),
        roles=frozenset(each["target_id"] for each in openings if each["kind"] == "role"),
        member_daily=row["member_daily"],
        menus=bool(row["menus"]),
        gallery=Gallery(row["gallery"]),
        gallery_channel=row["gallery_channel"],
        moderation_channel=row["moderation_channel"],
        retention_days=row["retention_days"],
        ask_above=row["ask_above"],
    )


def keep(wanted: GuildRules) -> Body[None]:
    """Store what a server allows from now on."""
    yield Statement(
        "INSERT OR IGNORE INTO guild (guild_id) VALUES (:guild)", {"guild": wanted.guild_id}
    )
    yield Statement(
        "UPDATE guild SET member_daily = :member_daily, menus = :menus, gallery = :gallery,"
        " gallery_channel = :gallery_channel, moderation_channel = :moderation_channel,"
        " retention_days = :retention_days, ask_above = :ask_above WHERE guild_id = :guild",
        {
            "guild": wanted.guild_id,
            "member_daily": wanted.member_daily,
            "menus": wanted.menus,
            "gallery": wanted.gallery,
            "gallery_channel": wanted.gallery_channel,
            "moderation_channel": wanted.moderation_channel,
            "retention_days": wanted.retention_days,
            "ask_above": wanted.ask_above,
        },
    )
    yield Statement("DELETE FROM guild_opening WHERE guild_id = :guild", {"guild": wanted.guild_id})
    for kind, targets in (("channel", wanted.channels), ("role", wanted.roles)):
        for target in targets:
            yield Statement(
                "INSERT INTO guild_opening (guild_id, kind, target_id)"
                " VALUES (:guild, :kind, :target)",
                {"guild": wanted.guild_id, "kind": kind, "target": target},
            )


def is_public(guild_id: int) -> Body[bool]:
    """Whether a server has a public page: it wants one, and the bot is there."""
    rows = yield Statement(
        "SELECT 1 FROM guild WHERE guild_id = :guild AND gallery = 'public' AND has_left = 0",
        {"guild": guild_id},
    )
    return bool(rows)


def meet(present: Collection[int]) -> Body[list[int]]:
    """Remember in which servers the bot is; those it has left or come back to since."""
    rows = yield Statement(
        "UPDATE guild SET has_left = NOT has_left"
        " WHERE has_left = (guild_id IN (SELECT value FROM json_each(:present)))"
        " RETURNING guild_id",
        {"present": json.dumps(sorted(present))},
    )
    return [row["guild_id"] for row in rows]


def made_since(guild_id: int, person: PersonId, since: int) -> Body[int]:
    """How many videos a member asked for here since a time; those that came to nothing are free."""
    rows = yield Statement(
        "SELECT count(*) AS made FROM job WHERE guild_id = :guild AND person_id = :person"
        " AND created_at >= :since AND state NOT IN ('failed', 'cancelled')",
        {"guild": guild_id, "person": person, "since": since},
    )
    made: int = rows[0]["made"]
    return made
