"""Errands: what is owed to Discord by the gallery; a row goes once nothing is owed any more."""

import json
from collections.abc import Collection

from storage import columns
from storage.database import Body, Row, Statement
from storage.exhibits import Errand, ErrandId, ErrandKind, Sent

_ERRAND = columns.listed(Errand)
# Discord holds back one kind of call to one channel; who is told in private is a line of their own.
_IN_LINE = (
    "WITH line AS (SELECT errand.id, row_number() OVER (PARTITION BY errand.kind, coalesce("
    "errand.channel_id, share.post_channel_id, CASE errand.kind"
    " WHEN 'report' THEN coalesce(guild.moderation_channel, complaint.guild_id, 0)"
    " WHEN 'post' THEN guild.gallery_channel END, -errand.id)"
    " ORDER BY errand.due_at, errand.id) AS nth FROM errand"
    " LEFT JOIN share ON errand.kind IN ('post', 'recount') AND share.id = errand.subject"
    " LEFT JOIN complaint ON errand.kind = 'report' AND complaint.id = errand.subject"
    " LEFT JOIN guild ON guild.guild_id = coalesce(share.guild_id, complaint.guild_id))"
)


def owe(kind: ErrandKind, subject: int, *, now: int) -> Body[None]:
    """Owe something about a share, complaint or job; due at once, and owed once."""
    yield Statement(
        "INSERT INTO errand (kind, subject, due_at) VALUES (:kind, :subject, :now)"
        " ON CONFLICT DO NOTHING",
        {"kind": kind, "subject": subject, "now": now},
    )


def erase(was: Sent, subject: int, *, channel_id: int, message_id: int, now: int) -> Body[None]:
    """Owe that a message goes away."""
    yield Statement(
        "INSERT INTO errand (kind, was, subject, channel_id, message_id, due_at)"
        " VALUES ('erase', :was, :subject, :channel, :message, :now)",
        {
            "was": was,
            "subject": subject,
            "channel": channel_id,
            "message": message_id,
            "now": now,
        },
    )


def erased(messages: Collection[int]) -> Body[None]:
    """These messages are gone already: nobody owes that any more."""
    yield Statement(
        "DELETE FROM errand WHERE kind = 'erase'"
        " AND message_id IN (SELECT value FROM json_each(:messages))",
        {"messages": json.dumps(sorted(messages))},
    )


def withdraw(kind: ErrandKind, subject: int, *, now: int) -> Body[None]:
    """Owe something no longer; what may have been sent already is to be erased instead."""
    yield Statement(
        "UPDATE errand SET was = kind, kind = 'erase', due_at = :now, attempts = 0"
        " WHERE kind = :kind AND subject = :subject AND begun_at IS NOT NULL"
        " AND kind IN ('post', 'report')",
        {"kind": kind, "subject": subject, "now": now},
    )
    yield Statement(
        "DELETE FROM errand WHERE kind = :kind AND subject = :subject",
        {"kind": kind, "subject": subject},
    )


def due(now: int, limit: int, *, share: int, horizon_ms: int) -> Body[list[Errand]]:
    """What to do now, the longest owed first; of each kind the first `share` of a channel.

    What is due later than `horizon_ms` from now was put off by a clock that was set back since.
    """
    rows = yield Statement(
        f"{_IN_LINE} SELECT {_ERRAND} FROM errand JOIN line USING (id)"  # noqa: S608 names of our own fields
        " WHERE nth <= :share AND NOT due_at BETWEEN :now + 1 AND :now + :horizon"
        " ORDER BY due_at, id LIMIT :limit",
        {"now": now, "limit": limit, "share": share, "horizon": horizon_ms},
    )
    return [_errand(row) for row in rows]


def next_due(in_hand: Collection[ErrandId], *, share: int) -> Body[int | None]:
    """When the next errand is to be done, of those that nobody does just now.

    What stands behind the first `share` of its line waits until one of these is gone.
    """
    rows = yield Statement(
        f"{_IN_LINE} SELECT id, due_at FROM errand JOIN line USING (id)"  # noqa: S608 ours
        " WHERE nth <= :share ORDER BY due_at, id LIMIT :limit",
        {"limit": len(in_hand) + 1, "share": share},
    )
    return next((row["due_at"] for row in rows if row["id"] not in in_hand), None)


def begin(errand: ErrandId, kind: ErrandKind, *, channel_id: int, now: int) -> Body[bool]:
    """Something is about to be sent there, and may take effect without our knowing.

    False if it is owed no longer.
    """
    rows = yield Statement(
        "UPDATE errand SET begun_at = coalesce(begun_at, :now), channel_id = :channel"
        " WHERE id = :errand AND kind = :kind RETURNING id",
        {"errand": errand, "kind": kind, "channel": channel_id, "now": now},
    )
    return bool(rows)


def end(errand: ErrandId, kind: ErrandKind) -> Body[bool]:
    """It is done, or is not to be done; False if meanwhile something else is owed instead."""
    rows = yield Statement(
        "DELETE FROM errand WHERE id = :errand AND kind = :kind RETURNING id",
        {"errand": errand, "kind": kind},
    )
    return bool(rows)


def sent(errand: ErrandId, *, channel_id: int, message_id: int) -> Body[None]:
    """The message that is to be erased is this one."""
    yield Statement(
        "UPDATE errand SET channel_id = :channel, message_id = :message"
        " WHERE id = :errand AND kind = 'erase'",
        {"errand": errand, "channel": channel_id, "message": message_id},
    )


def again(errand: Errand, *, due_at: int, in_doubt: bool, detail: str) -> Body[None]:
    """Try later; `in_doubt` says that the attempt may have taken effect."""
    yield Statement(
        "UPDATE errand SET due_at = :due, attempts = attempts + 1, detail = :detail,"
        " begun_at = CASE WHEN :in_doubt THEN begun_at END WHERE id = :errand AND kind = :kind",
        {
            "errand": errand.id,
            "kind": errand.kind,
            "due": due_at,
            "in_doubt": in_doubt,
            "detail": detail,
        },
    )


def _errand(row: Row) -> Errand:
    values = columns.values(Errand, row)
    was = Sent(values["was"]) if values["was"] else None
    return Errand(**{**values, "kind": ErrandKind(values["kind"]), "was": was})
