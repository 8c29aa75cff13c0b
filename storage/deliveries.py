"""Deliveries: what members are owed, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass

from storage import columns
from storage.database import Body, Row, Statement
from storage.records import Delivery, DeliveryId, DeliveryState, JobId

MANY = 2**61
"""More than there will ever be."""

_DELIVERY = columns.listed(Delivery)
# What has no channel is a line of its own.
_IN_LINE = (
    f"WITH line AS (SELECT {', '.join(f'delivery.{name}' for name in columns.names(Delivery))},"  # noqa: S608 names of our own fields
    " row_number() OVER (PARTITION BY coalesce(reply.channel_id, -delivery.job_id)"
    " ORDER BY delivery.due_at, delivery.id) AS nth"
    " FROM delivery LEFT JOIN reply ON reply.job_id = delivery.job_id"
    " WHERE delivery.state = 'owed')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """An ending that was shown by an edit, which notifies nobody."""

    delivery: DeliveryId
    job: JobId
    due_at: int
    begun: bool
    """A message about it was begun, and may have been sent."""


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


def due(now: int, limit: int, *, share: int = MANY, horizon_ms: int = MANY) -> Body[list[Delivery]]:
    """Deliveries to attempt now, the longest owed first; of each channel the first `share`.

    What is due later than `horizon_ms` from now was put off by a clock that was set back since.
    """
    rows = yield Statement(
        f"{_IN_LINE} SELECT {_DELIVERY} FROM line"  # noqa: S608 names of our own fields
        " WHERE nth <= :share AND NOT due_at BETWEEN :now + 1 AND :now + :horizon"
        " ORDER BY due_at, id LIMIT :limit",
        {"now": now, "limit": limit, "share": share, "horizon": horizon_ms},
    )
    return [_delivery(row) for row in rows]


def next_due(in_hand: Collection[DeliveryId], *, share: int) -> Body[int | None]:
    """When the next delivery is to be attempted, of those nobody attempts just now.

    Whoever stands behind the first `share` of their channel waits until one of these is gone.
    """
    rows = yield Statement(
        f"{_IN_LINE} SELECT id, due_at FROM line WHERE nth <= :share"  # noqa: S608 names of our own fields
        " ORDER BY due_at, id LIMIT :limit",
        {"limit": len(in_hand) + 1, "share": share},
    )
    return next((row["due_at"] for row in rows if row["id"] not in in_hand), None)


def begin(delivery: DeliveryId, *, now: int) -> Body[None]:
    """An attempt is about to be made: from now on it may have taken effect."""
    yield Statement(
        "UPDATE delivery SET begun_at = coalesce(begun_at, :now) WHERE id = :delivery",
        {"delivery": delivery, "now": now},
    )


def shown(
    delivery: DeliveryId,
    *,
    message_id: int | None,
    now: int,
    ping_at: int | None = None,
    tidy_at: int | None = None,
) -> Body[bool]:
    """The member has it, and may still have to be told of it; whether that was still open.

    From `tidy_at` on the waiting message is to say that it is elsewhere.
    """
    rows = yield Statement(
        "UPDATE delivery SET state = 'shown', message_id = :message, shown_at = :now,"
        " begun_at = NULL, ping_due_at = :ping_at, ping_begun = 0, tidy_due_at = :tidy_at"
        " WHERE id = :delivery AND state = 'owed' RETURNING id",
        {
            "delivery": delivery,
            "message": message_id,
            "now": now,
            "ping_at": ping_at,
            "tidy_at": tidy_at,
        },
    )
    if not rows:
        # Its member came for it while it was being shown: there are two messages now.
        yield Statement(
            "UPDATE delivery SET message_id = :message, tidy_due_at = :tidy_at"
            " WHERE id = :delivery AND state = 'shown' AND message_id IS NULL",
            {"delivery": delivery, "message": message_id, "tidy_at": tidy_at},
        )
    return bool(rows)


def collected(job: JobId, *, now: int, tidy_at: int | None = None) -> Body[None]:
    """Whoever was owed the news came for it; `tidy_at` is as in `shown`."""
    yield Statement(
        "UPDATE delivery SET state = 'shown', shown_at = :now,"
        " tidy_due_at = iif(message_id IS NULL, :tidy_at, tidy_due_at)"
        " WHERE job_id = :job AND state IN ('owed', 'stranded')",
        {"job": job, "now": now, "tidy_at": tidy_at},
    )


def reopen(job: JobId, *, now: int) -> Body[None]:
    """Its member came for it with a new token: every rung may work again."""
    yield Statement(
        "UPDATE delivery SET state = 'owed', due_at = :now, failed_rungs = '', missing = NULL,"
        " attempts = attempts + 1, ping_due_at = NULL, tidy_due_at = NULL WHERE job_id = :job",
        {"job": job, "now": now},
    )


def again(
    delivery: Delivery,
    *,
    due_at: int,
    failed_rungs: str,
    missing: str | None,
    in_doubt: bool,
    detail: str,
) -> Body[bool]:
    """Try again later, without the rungs that failed for good.

    `in_doubt` says that the attempt may have taken effect, `missing` which permission it lacked.
    """
    rows = yield Statement(
        "UPDATE delivery SET due_at = :due, attempts = attempts + 1, failed_rungs = :rungs,"
        " missing = coalesce(:missing, missing), detail = :detail,"
        " begun_at = CASE WHEN :in_doubt THEN begun_at END"
        " WHERE id = :delivery AND state = 'owed' AND attempts = :attempts RETURNING id",
        {
            "delivery": delivery.id,
            "attempts": delivery.attempts,
            "due": due_at,
            "rungs": failed_rungs,
            "missing": missing,
            "in_doubt": in_doubt,
            "detail": detail,
        },
    )
    return bool(rows)


def strand(
    delivery: DeliveryId, *, detail: str, message_id: int | None = None, tidy_at: int | None = None
) -> Body[None]:
    """No way leads to the member now; the video is kept and `/jobs` shows it.

    `message_id` names the message that tells them so; `tidy_at` is as in `shown`.
    """
    yield Statement(
        "UPDATE delivery SET state = 'stranded', detail = :detail, message_id = :message,"
        " begun_at = NULL, tidy_due_at = :tidy_at WHERE id = :delivery AND state = 'owed'",
        {"delivery": delivery, "detail": detail, "message": message_id, "tidy_at": tidy_at},
    )


def untidy(now: int, limit: int, *, since: int, again_at: int) -> Body[list[JobId]]:
    """Whose waiting message is to be tidied now; each is due again at `again_at` unless it was.

    What was told before `since` is left as it is; what is due later than `again_at` was put off
    by a clock that was set back since.
    """
    yield Statement(
        "UPDATE delivery SET tidy_due_at = NULL"
        " WHERE tidy_due_at IS NOT NULL AND coalesce(shown_at, created_at) < :since",
        {"since": since},
    )
    rows = yield Statement(
        "UPDATE delivery SET tidy_due_at = :again WHERE id IN (SELECT id FROM delivery"
        " WHERE tidy_due_at IS NOT NULL AND NOT tidy_due_at BETWEEN :now + 1 AND :again"
        " ORDER BY tidy_due_at, id LIMIT :limit) RETURNING job_id",
        {"now": now, "again": again_at, "limit": limit},
    )
    return [JobId(row["job_id"]) for row in rows]


def is_untidy(job: JobId) -> Body[bool]:
    """Whether a job's waiting message is still to be tidied."""
    rows = yield Statement(
        "SELECT 1 FROM delivery WHERE job_id = :job AND tidy_due_at IS NOT NULL", {"job": job}
    )
    return bool(rows)


def next_tidying() -> Body[int | None]:
    """When the next waiting message is to be tidied."""
    rows = yield Statement(
        "SELECT min(tidy_due_at) AS at FROM delivery WHERE tidy_due_at IS NOT NULL"
    )
    at: int | None = rows[0]["at"]
    return at


def tidied(job: JobId) -> Body[None]:
    """A job's waiting message says that the news are elsewhere, or cannot be edited."""
    yield Statement("UPDATE delivery SET tidy_due_at = NULL WHERE job_id = :job", {"job": job})


def pings(*, since: int, limit: int) -> Body[list[Untold]]:
    """Who is still to be told of an edit; what became due before `since` is no news any more."""
    yield Statement(
        "UPDATE delivery SET ping_due_at = NULL WHERE ping_due_at < :since", {"since": since}
    )
    rows = yield Statement(
        "SELECT id, job_id, ping_due_at, ping_begun FROM delivery WHERE ping_due_at IS NOT NULL"
        " ORDER BY ping_due_at, id LIMIT :limit",
        {"limit": limit},
    )
    return [
        Untold(
            delivery=DeliveryId(row["id"]),
            job=JobId(row["job_id"]),
            due_at=row["ping_due_at"],
            begun=bool(row["ping_begun"]),
        )
        for row in rows
    ]


def begin_ping(delivery: DeliveryId) -> Body[None]:
    """A message about an edit is about to be sent."""
    yield Statement(
        "UPDATE delivery SET ping_begun = 1 WHERE id = :delivery", {"delivery": delivery}
    )


def is_ping_owed(delivery: DeliveryId) -> Body[bool]:
    """Whether a member is still to be told of an edit."""
    rows = yield Statement(
        "SELECT 1 FROM delivery WHERE id = :delivery AND ping_due_at IS NOT NULL",
        {"delivery": delivery},
    )
    return bool(rows)


def pinged(delivery: DeliveryId) -> Body[None]:
    """The member was told of the edit, or cannot be."""
    yield Statement(
        "UPDATE delivery SET ping_due_at = NULL WHERE id = :delivery", {"delivery": delivery}
    )


def _delivery(row: Row) -> Delivery:
    values = columns.values(Delivery, row)
    return Delivery(**{**values, "state": DeliveryState(values["state"])})
