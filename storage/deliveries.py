"""Deliveries: what members are owed, and where they asked for it."""

from collections.abc import Collection
from dataclasses import fields

from storage.database import Body, Row, Statement
from storage.records import Delivery, DeliveryId, DeliveryState, JobId, Reply

_DELIVERY = ", ".join(field.name for field in fields(Delivery))
_REPLY = ", ".join(field.name for field in fields(Reply))


def owe(job: JobId, *, now: int) -> Body[None]:
    """Owe a member the news of how their job ended; due at once."""
    yield Statement(
        "INSERT INTO delivery (job_id, state, due_at, created_at)"
        " VALUES (:job, 'owed', :now, :now)",
        {"job": job, "now": now},
    )


def withdraw(job: JobId) -> Body[None]:
    """The news is out of date: the job goes on."""
    yield Statement("DELETE FROM delivery WHERE job_id = :job", {"job": job})


def of_job(job: JobId) -> Body[Delivery | None]:
    """What is or was owed for a job."""
    rows = yield Statement(
        f"SELECT {_DELIVERY} FROM delivery WHERE job_id = :job",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return _delivery(rows[0]) if rows else None


def due(now: int, limit: int) -> Body[list[Delivery]]:
    """Deliveries to attempt now, the longest owed first."""
    rows = yield Statement(
        f"SELECT {_DELIVERY} FROM delivery WHERE state = 'owed' AND due_at <= :now"  # noqa: S608 names of our own fields
        " ORDER BY due_at, id LIMIT :limit",
        {"now": now, "limit": limit},
    )
    return [_delivery(row) for row in rows]


def next_due(in_hand: Collection[DeliveryId]) -> Body[int | None]:
    """When the next delivery is to be attempted, of those nobody attempts just now."""
    rows = yield Statement(
        "SELECT id, due_at FROM delivery WHERE state = 'owed' ORDER BY due_at, id LIMIT :limit",
        {"limit": len(in_hand) + 1},
    )
    return next((row["due_at"] for row in rows if row["id"] not in in_hand), None)


def shown(delivery: DeliveryId, *, message_id: int | None, now: int) -> Body[bool]:
    """The member has it; whether that was still open."""
    rows = yield Statement(
        "UPDATE delivery SET state = 'shown', message_id = :message, shown_at = :now"
        " WHERE id = :delivery AND state = 'owed' RETURNING id",
        {"delivery": delivery, "message": message_id, "now": now},
    )
    return bool(rows)


def collected(job: JobId, *, now: int) -> Body[None]:
    """Whoever was owed the news came for it."""
    yield Statement(
        "UPDATE delivery SET state = 'shown', shown_at = :now"
        " WHERE job_id = :job AND state IN ('owed', 'stranded')",
        {"job": job, "now": now},
    )


def again(delivery: Delivery, *, due_at: int, failed_rungs: str, detail: str) -> Body[bool]:
    """Try again later, without the rungs that failed for good."""
    rows = yield Statement(
        "UPDATE delivery SET due_at = :due, attempts = attempts + 1, failed_rungs = :rungs,"
        " detail = :detail WHERE id = :delivery AND state = 'owed' AND attempts = :attempts"
        " RETURNING id",
        {
            "delivery": delivery.id,
            "attempts": delivery.attempts,
            "due": due_at,
            "rungs": failed_rungs,
            "detail": detail,
        },
    )
    return bool(rows)


def strand(delivery: DeliveryId, *, detail: str) -> Body[None]:
    """No way leads to the member now; the video is kept and `/jobs` shows it."""
    yield Statement(
        "UPDATE delivery SET state = 'stranded', detail = :detail"
        " WHERE id = :delivery AND state = 'owed'",
        {"delivery": delivery, "detail": detail},
    )


def keep_reply(job: JobId, reply: Reply) -> Body[None]:
    """Remember where a job was asked for."""
    names = [field.name for field in fields(Reply)]
    yield Statement(
        f"INSERT INTO reply (job_id, {_REPLY})"  # noqa: S608 names of our own fields
        f" VALUES (:job, {', '.join(':' + name for name in names)})",
        {"job": job, **{name: getattr(reply, name) for name in names}},
    )


def reply(job: JobId) -> Body[Reply | None]:
    """Where a job was asked for; None for a job that did not come from Discord."""
    rows = yield Statement(
        f"SELECT {_REPLY} FROM reply WHERE job_id = :job",  # noqa: S608 names of our own fields
        {"job": job},
    )
    if not rows:
        return None
    values = {name: rows[0][name] for name in (field.name for field in fields(Reply))}
    flags = {name: bool(values[name]) for name in ("bot_is_present", "ephemeral")}
    return Reply(**{**values, **flags})


def wipe_tokens(now: int) -> Body[int]:
    """Forget interaction tokens that no longer work; how many they were."""
    rows = yield Statement(
        "UPDATE reply SET token = NULL WHERE token IS NOT NULL AND token_until <= :now"
        " RETURNING job_id",
        {"now": now},
    )
    return len(rows)


def _delivery(row: Row) -> Delivery:
    values = {name: row[name] for name in (field.name for field in fields(Delivery))}
    return Delivery(**{**values, "state": DeliveryState(values["state"])})
