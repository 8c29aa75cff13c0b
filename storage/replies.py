"""Replies: where jobs were asked for, and how long their interactions' tokens work."""

from storage import columns
from storage.database import Body, Row, Statement
from storage.records import JobId, Reply

_REPLY = columns.listed(Reply)
_FLAGS = ("bot_is_present", "ephemeral", "offered")
_OPEN = "NOT EXISTS (SELECT 1 FROM delivery d WHERE d.job_id = reply.job_id)"


def keep(job: JobId, reply: Reply, *, offer_at: int) -> Body[None]:
    """Remember where a job was asked for, or that its member came for it with a new token."""
    yield columns.insert(
        "reply",
        reply,
        {"job_id": job, "offer_at": offer_at},
        end=" ON CONFLICT (job_id) DO UPDATE SET offer_at = excluded.offer_at, "
        + ", ".join(f"{name} = excluded.{name}" for name in columns.names(Reply)),
    )


def get(job: JobId) -> Body[Reply | None]:
    """Where a job was asked for; None for a job that did not come from Discord."""
    rows = yield Statement(
        f"SELECT {_REPLY} FROM reply WHERE job_id = :job",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return of_row(rows[0]) if rows else None


def to_offer(now: int, limit: int, *, horizon_ms: int) -> Body[list[JobId]]:
    """Unfinished jobs whose reply is to get the button now, the oldest first.

    What is due later than `horizon_ms` from now was reckoned by a clock that was set back since.
    """
    rows = yield Statement(
        "SELECT job_id FROM reply WHERE offer_at IS NOT NULL"  # noqa: S608 a condition of our own
        f" AND NOT offer_at BETWEEN :now + 1 AND :now + :horizon AND {_OPEN}"
        " ORDER BY offer_at, job_id LIMIT :limit",
        {"now": now, "limit": limit, "horizon": horizon_ms},
    )
    return [JobId(row["job_id"]) for row in rows]


def next_offer() -> Body[int | None]:
    """When the next reply is to get the button."""
    rows = yield Statement(
        f"SELECT min(offer_at) AS at FROM reply WHERE offer_at IS NOT NULL AND {_OPEN}"  # noqa: S608 a condition of our own
    )
    at: int | None = rows[0]["at"]
    return at


def offer_later(job: JobId, *, at: int) -> Body[None]:
    """The button could not be put there now."""
    yield Statement(
        "UPDATE reply SET offer_at = :at WHERE job_id = :job AND offer_at IS NOT NULL",
        {"job": job, "at": at},
    )


def offered(job: JobId, *, token: str | None, is_there: bool) -> Body[None]:
    """The question of the button is settled, unless a new token came meanwhile."""
    yield Statement(
        "UPDATE reply SET offer_at = NULL, offered = :is_there"
        " WHERE job_id = :job AND token IS :token",
        {"job": job, "token": token, "is_there": is_there},
    )


def wipe_tokens(now: int) -> Body[int]:
    """Forget interaction tokens that no longer work; how many they were."""
    rows = yield Statement(
        "UPDATE reply SET token = NULL, offer_at = NULL"
        " WHERE token IS NOT NULL AND token_until <= :now RETURNING job_id",
        {"now": now},
    )
    return len(rows)


def of_row(row: Row) -> Reply:
    """A reply from the columns of a row."""
    values = columns.values(Reply, row)
    return Reply(**{**values, **{name: bool(values[name]) for name in _FLAGS}})
