"""Retention: until when a server keeps videos that are not shared, and who is to be told."""

from storage.database import Body, Statement
from storage.records import JobId

DAY_MS = 86_400_000
NOTICE_DAYS = 7
"""New days of a server leave at least so long, or themselves if they are fewer."""

_UNTIL = (
    f"max(coalesce(video.released_at, video.created_at) + guild.retention_days * {DAY_MS},"
    f" coalesce(guild.retention_since, 0) + min(guild.retention_days, {NOTICE_DAYS}) * {DAY_MS})"
)
_OF_JOB = (
    " FROM video JOIN job ON job.id = video.job_id JOIN guild ON guild.guild_id = job.guild_id"
)
# In this order, or SQLite would look through all videos for the few servers that keep days.
_OF_ALL = (
    " FROM guild CROSS JOIN job ON job.guild_id = guild.guild_id"
    " CROSS JOIN video ON video.job_id = job.id"
)
_GOING = (
    " WHERE guild.retention_days IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM share WHERE share.job_id = video.job_id)"
)


def begin(guild_id: int, *, now: int) -> Body[None]:
    """A server keeps videos for less long from now on."""
    yield Statement(
        "UPDATE guild SET retention_since = :now WHERE guild_id = :guild",
        {"guild": guild_id, "now": now},
    )
    # Whoever was reminded under another rule is reminded of this one.
    yield Statement(
        "UPDATE video SET reminded_at = NULL WHERE reminded_at IS NOT NULL AND job_id IN ("
        " SELECT id FROM job WHERE guild_id = :guild)",
        {"guild": guild_id},
    )


def kept_until(job: JobId) -> Body[int | None]:
    """When the video of a job goes; None if it is kept until somebody deletes it."""
    rows = yield Statement(
        f"SELECT {_UNTIL} AS until{_OF_JOB}{_GOING} AND video.job_id = :job",
        {"job": job},
    )
    return int(rows[0]["until"]) if rows else None


def expired(now: int, limit: int) -> Body[list[JobId]]:
    """Whose videos are to go now."""
    rows = yield Statement(
        f"SELECT video.job_id AS job{_OF_ALL}{_GOING} AND {_UNTIL} <= :now LIMIT :limit",
        {"now": now, "limit": limit},
    )
    return [JobId(row["job"]) for row in rows]


def remind(*, now: int, before: int) -> Body[list[JobId]]:
    """Whose makers, who want messages, are to be told now that a video goes before a time.

    Each is named once.
    """
    rows = yield Statement(
        "UPDATE video SET reminded_at = :now WHERE reminded_at IS NULL AND job_id IN ("  # noqa: S608 ours
        f" SELECT video.job_id{_OF_ALL}{_GOING} AND {_UNTIL} <= :before AND EXISTS ("
        " SELECT 1 FROM preference WHERE preference.person_id = job.person_id"
        " AND preference.dm_when_done = 1)) RETURNING job_id",
        {"now": now, "before": before},
    )
    return [JobId(row["job_id"]) for row in rows]
