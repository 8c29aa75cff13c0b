"""Speeches: the line a job lets an engine speak, from its acceptance to the sound on disk."""

from storage import columns, jobs
from storage.database import Body, Statement
from storage.records import Job, JobId, Speech

_COLUMNS = columns.listed(Speech)


def keep(speech: Speech) -> Body[None]:
    """Note what a job that was just accepted is to say."""
    yield columns.insert("speech", speech)


def of_job(job: JobId) -> Body[Speech | None]:
    """What a job is to say; None for the many that bring their own sound, or need none."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM speech WHERE job_id = :job",  # noqa: S608 names of our own fields
        {"job": job},
    )
    if not rows:
        return None
    values = columns.values(Speech, rows[0])
    return Speech(**{**values, "job_id": JobId(values["job_id"])})


def done(job: Job, *, frames: int, price_micro: int, now: int) -> Body[Job | None]:
    """The spoken line is on Talkie's own disk: an active job gets its real length and price.

    None if the job is no longer ours, or if that was known.
    """
    ours = yield Statement(
        "UPDATE job SET frames = :frames, price_micro = :price"
        " WHERE id = :job AND state = 'active' AND fence = :fence RETURNING id",
        {"frames": frames, "price": price_micro, "job": job.id, "fence": job.fence},
    )
    if not ours:
        return None
    rows = yield Statement(
        "UPDATE speech SET done_at = :now WHERE job_id = :job AND done_at IS NULL RETURNING job_id",
        {"job": job.id, "now": now},
    )
    return (yield from jobs.get(job.id)) if rows else None


def erase(job: JobId) -> Body[None]:
    """Forget what was said; what it cost stays for the receipt."""
    yield Statement("UPDATE speech SET line = '' WHERE job_id = :job", {"job": job})
