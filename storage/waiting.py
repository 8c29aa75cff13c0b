"""The messages of open jobs, and the places of the jobs that wait in line."""

from dataclasses import dataclass

from storage.database import Body, Row, Statement
from storage.records import CallState, JobId, JobState

# Members take turns: first everybody's first job, in the order they were last served, then
# everybody's second. Whoever may not start another one yet comes a round later.
_PLACES = (
    "WITH own AS (SELECT job.id, person_id, turn, row_number() OVER"
    " (PARTITION BY person_id ORDER BY job.id) - 1 + (running >= running_cap) AS round"
    " FROM job JOIN lane USING (person_id) WHERE state = 'queued'),"
    " places AS (SELECT id, row_number() OVER (ORDER BY round, turn, person_id, id) - 1 AS ahead"
    " FROM own)"
)
_POSTED = (
    " SELECT job.id, job.state, job.created_at, job.due_at, job.reason, job.attempts,"
    " reply.channel_id, reply.token IS NOT NULL AS has_token, reply.token_until,"
    " reply.offered, reply.bot_is_present AND NOT reply.ephemeral AS bot_may_edit, places.ahead,"
    " (SELECT state FROM call WHERE job_id = job.id AND stage = 'render'"
    " ORDER BY attempt DESC LIMIT 1) AS call"
    " FROM job JOIN reply ON reply.job_id = job.id LEFT JOIN places ON places.id = job.id"
    # The words of the partial index are repeated, or SQLite would not use it.
    " WHERE job.state IN ('queued', 'waiting', 'active')"
    " AND reply.message_id IS NOT NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """An open job whose message says how it stands."""

    job: JobId
    state: JobState
    call: CallState | None
    ahead: int
    attempts: int
    reason: str | None
    due_at: int | None
    created_at: int
    channel_id: int | None
    has_token: bool
    token_until: int
    bot_may_edit: bool
    offered: bool
    """It carries the button that fetches the video once the token is dead."""


def posted() -> Body[list[Posted]]:
    """Every open job that has a message, the oldest first."""
    # For the plain order of numbers SQLite would read every job there ever was.
    rows = yield Statement(f"{_PLACES}{_POSTED} ORDER BY +job.id")
    return [_posted(row) for row in rows]


def posted_of(job: JobId) -> Body[Posted | None]:
    """One open job that has a message; None once it has ended."""
    rows = yield Statement(f"{_PLACES}{_POSTED} AND job.id = :job", {"job": job})
    return _posted(rows[0]) if rows else None


def _posted(row: Row) -> Posted:
    return Posted(
        job=JobId(row["id"]),
        state=JobState(row["state"]),
        call=None if row["call"] is None else CallState(row["call"]),
        ahead=row["ahead"] or 0,
        attempts=row["attempts"],
        reason=row["reason"],
        due_at=row["due_at"],
        created_at=row["created_at"],
        channel_id=row["channel_id"],
        has_token=bool(row["has_token"]),
        token_until=row["token_until"],
        bot_may_edit=bool(row["bot_may_edit"]),
        offered=bool(row["offered"]),
    )
