"""Jobs: every write names the state it expects, and a worker's write its fencing number too."""

from storage import columns, lanes
from storage.database import Body, Row, Statement
from storage.moves import Move
from storage.records import Job, JobId, JobState, Mode, NewJob, PersonId, Role

_COLUMNS = columns.listed(Job)

CLAIM = Move(JobState.QUEUED, JobState.ACTIVE)
DELAY = Move(JobState.ACTIVE, JobState.WAITING)
RETURN = Move(JobState.WAITING, JobState.QUEUED)
"""A delayed job comes back through the queue, never straight to a worker."""
SUCCEED = Move(JobState.ACTIVE, JobState.DONE)
FAIL = Move(JobState.ACTIVE, JobState.FAILED)
CANCEL_QUEUED = Move(JobState.QUEUED, JobState.CANCELLED)
CANCEL_WAITING = Move(JobState.WAITING, JobState.CANCELLED)
DISCARD = Move(JobState.ACTIVE, JobState.CANCELLED)
REVIVE = Move(JobState.FAILED, JobState.QUEUED)
"""A call in doubt turned out to have been started: the video is delivered for free."""

_DISCARDS = {move.source: move for move in (DISCARD, CANCEL_WAITING, CANCEL_QUEUED)}


def enqueue(new: NewJob, *, queue_cap: int, frames_cap: int) -> Body[JobId | None]:
    """Insert a queued job; None if its member already has that many jobs or frames waiting."""
    if not (
        yield from lanes.line_up(
            new.person_id, new.frames, jobs_cap=queue_cap, frames_cap=frames_cap
        )
    ):
        return None
    rows = yield columns.insert("job", new, {"state": JobState.QUEUED}, end=" RETURNING id")
    return JobId(rows[0]["id"])


def by_interaction(interaction_id: int) -> Body[JobId | None]:
    """The job an interaction has already made."""
    rows = yield Statement(
        "SELECT id FROM job WHERE interaction_id = :interaction", {"interaction": interaction_id}
    )
    return JobId(rows[0]["id"]) if rows else None


def keep_inputs(job: JobId, inputs: dict[Role, str]) -> Body[None]:
    """Name the prepared input files of a job."""
    for role, file in inputs.items():
        yield Statement(
            "INSERT INTO input (job_id, role, file) VALUES (:job, :role, :file)",
            {"job": job, "role": role, "file": file},
        )


def inputs(job: JobId) -> Body[dict[Role, str]]:
    """The prepared input files of a job."""
    rows = yield Statement("SELECT role, file FROM input WHERE job_id = :job", {"job": job})
    return {Role(row["role"]): row["file"] for row in rows}


def claim(*, owner: str, lease_until: int, now: int) -> Body[Job | None]:
    """Lease the oldest job of the member who was served longest ago; None if nothing may start."""
    person = yield from lanes.next_ready()
    if person is None:
        return None
    # The gate is asked before anything is written: a full house leaves nothing to undo.
    turn = yield from lanes.pass_gate()
    if turn is None:
        return None
    rows = yield Statement(
        "UPDATE job SET state = :target, lease_owner = :owner, lease_until = :until,"  # noqa: S608 names of our own fields
        " fence = fence + 1, attempts = attempts + 1, started_at = coalesce(started_at, :now)"
        " WHERE id = (SELECT id FROM job WHERE person_id = :person AND state = 'queued'"
        " ORDER BY id LIMIT 1)"
        f" AND state = :source RETURNING {_COLUMNS}",
        {**_guard(CLAIM), "owner": owner, "until": lease_until, "person": person, "now": now},
    )
    job = of_row(rows[0])
    yield from lanes.enter(person, job.frames, turn=turn)
    yield from _hand_over(job)
    return job


def renew(*, owner: str, lease_until: int) -> Body[None]:
    """The heart-beat: keep the leases of a living worker."""
    yield Statement(
        "UPDATE job SET lease_until = :until WHERE state = 'active' AND lease_owner = :owner",
        {"until": lease_until, "owner": owner},
    )


def take_over(*, owner: str, lease_until: int, before: int) -> Body[list[Job]]:
    """Lease every active job whose lease ended before `before`, or that no living worker holds.

    The fencing number goes up, so that the worker that lost the job can write nothing more.
    """
    rows = yield Statement(
        "UPDATE job SET lease_owner = :owner, lease_until = :until, fence = fence + 1"  # noqa: S608 names of our own fields
        " WHERE state = 'active' AND lease_owner <> :owner AND lease_until < :before"
        f" RETURNING {_COLUMNS}",
        {"owner": owner, "until": lease_until, "before": before},
    )
    taken = sorted((of_row(row) for row in rows), key=lambda job: job.id)
    for job in taken:
        yield from _hand_over(job)
    return taken


def delay(job: Job, *, until: int, reason: str, now: int, is_attempt: bool = True) -> Body[bool]:
    """Put an active job aside until a time: it leaves its member's lane; whether it was ours.

    Unless it `is_attempt`, its claim is not counted as one.
    """
    rows = yield Statement(
        "UPDATE job SET state = :target, due_at = :until, delayed_at = :now, reason = :reason,"
        " lease_owner = NULL, lease_until = NULL, attempts = attempts - :given_back"
        " WHERE id = :job AND state = :source AND fence = :fence RETURNING id",
        {
            **_guard(DELAY),
            "job": job.id,
            "fence": job.fence,
            "until": until,
            "reason": reason,
            "now": now,
            "given_back": 0 if is_attempt else 1,
        },
    )
    if rows:
        yield from lanes.leave(job.person_id)
    return bool(rows)


def wake(now: int) -> Body[int]:
    """Bring the delayed jobs that are due back to their queues; how many they were.

    Due is also what was delayed by a clock that was set back since: it would wait for long.
    """
    rows = yield Statement(
        "UPDATE job SET state = :target, due_at = NULL, reason = NULL"
        " WHERE state = :source AND (due_at <= :now OR delayed_at > :now)"
        " RETURNING person_id, frames",
        {**_guard(RETURN), "now": now},
    )
    for row in rows:
        yield from lanes.line_up(row["person_id"], row["frames"])
    return len(rows)


def hurry(*reasons: str, now: int) -> Body[None]:
    """Let the jobs that were delayed for such a reason be due."""
    for reason in reasons:
        yield Statement(
            "UPDATE job SET due_at = :now WHERE state = 'waiting' AND due_at > :now"
            " AND reason = :reason",
            {"reason": reason, "now": now},
        )


def next_due() -> Body[int | None]:
    """When the next delayed job is due."""
    rows = yield Statement("SELECT min(due_at) AS due FROM job WHERE state = 'waiting'")
    due: int | None = rows[0]["due"]
    return due


def succeed(job: Job, *, charge: int, now: int) -> Body[bool]:
    """End an active job well; whether it was still ours to end."""
    return (yield from _end(job, SUCCEED, {"charge": charge, "now": now}))


def fail(job: Job, *, reason: str, incident: str | None, now: int) -> Body[bool]:
    """End an active job badly; whether it was still ours to end."""
    return (yield from _end(job, FAIL, {"reason": reason, "incident": incident, "now": now}))


def cancel(job: Job, *, now: int) -> Body[bool]:
    """End a job that has not started; False if it has started or ended meanwhile.

    A job that was revived waits with its call under way: nothing comes of that call any more.
    """
    move = CANCEL_WAITING if job.state is JobState.WAITING else CANCEL_QUEUED
    rows = yield Statement(
        "UPDATE job SET state = :target, due_at = NULL, ended_at = :now"
        " WHERE id = :job AND state = :source RETURNING id",
        {**_guard(move), "job": job.id, "now": now},
    )
    if not rows:
        return False
    yield Statement(
        "UPDATE call SET state = 'failed', detail = 'cancelled', ended_at = :now"
        " WHERE job_id = :job AND state IN ('intended', 'started', 'rendered')",
        {"job": job.id, "now": now},
    )
    if move is CANCEL_QUEUED:
        yield from lanes.leave_queue(job.person_id, job.frames)
    return True


def discard(job: Job, *, charge: int, now: int) -> Body[bool]:
    """End an open job because its member does not want it any more; whether it stood as known.

    No fencing number: the member does not know it, and whichever ending is first wins.
    """
    move = _DISCARDS[job.state]
    rows = yield Statement(
        "UPDATE job SET state = :target, charge = :charge, ended_at = :now, due_at = NULL,"
        " lease_owner = NULL, lease_until = NULL WHERE id = :job AND state = :source RETURNING id",
        {**_guard(move), "job": job.id, "charge": charge, "now": now},
    )
    if rows and move is DISCARD:
        yield from lanes.leave(job.person_id)
    if rows and move is CANCEL_QUEUED:
        yield from lanes.leave_queue(job.person_id, job.frames)
    return bool(rows)


def revive(job: JobId, *, reason: str) -> Body[bool]:
    """Queue a job again that failed for this reason, for free: its video turned up after all."""
    rows = yield Statement(
        "UPDATE job SET state = :target, hold = 0, ended_at = NULL, reason = NULL, incident = NULL"
        " WHERE id = :job AND state = :source AND reason = :reason AND deleted_at IS NULL"
        " RETURNING person_id, frames",
        {**_guard(REVIVE), "job": job, "reason": reason},
    )
    if rows:
        yield from lanes.line_up(rows[0]["person_id"], rows[0]["frames"])
    return bool(rows)


def remodel(job: Job, model: str) -> Body[bool]:
    """Give an active job another model, because its own was retired."""
    rows = yield Statement(
        "UPDATE job SET model = :model WHERE id = :job AND state = 'active' AND fence = :fence"
        " RETURNING id",
        {"model": model, "job": job.id, "fence": job.fence},
    )
    return bool(rows)


def get(job: JobId) -> Body[Job | None]:
    """A job; None if none has this number."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM job WHERE id = :job",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return of_row(rows[0]) if rows else None


def of_person(person: PersonId, limit: int) -> Body[list[Job]]:
    """A person's jobs, newest first."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM job WHERE person_id = :person ORDER BY id DESC LIMIT :limit",  # noqa: S608 names of our own fields
        {"person": person, "limit": limit},
    )
    return [of_row(row) for row in rows]


def ahead_of(job: JobId) -> Body[int]:
    """How many queued jobs of anybody are older than this one: a bound, as turns are fair."""
    rows = yield Statement(
        "SELECT count(*) AS ahead FROM job WHERE state IN ('queued') AND id < :job", {"job": job}
    )
    ahead: int = rows[0]["ahead"]
    return ahead


def _end(job: Job, move: Move[JobState], values: dict[str, int | str | None]) -> Body[bool]:
    sets = ", ".join(f"{name} = :{name}" for name in values if name != "now")
    rows = yield Statement(
        f"UPDATE job SET state = :target, ended_at = :now, {sets}, lease_owner = NULL,"  # noqa: S608 names of our own fields
        " lease_until = NULL WHERE id = :job AND state = :source AND fence = :fence RETURNING id",
        {**_guard(move), "job": job.id, "fence": job.fence, **values},
    )
    if rows:
        yield from lanes.leave(job.person_id)
    return bool(rows)


def _hand_over(job: Job) -> Body[None]:
    """A call that goes on answers to the job's new fencing number."""
    yield Statement(
        "UPDATE call SET fence = :fence WHERE job_id = :job"
        " AND state IN ('intended', 'started', 'doubt', 'rendered')",
        {"fence": job.fence, "job": job.id},
    )


def _guard(move: Move[JobState]) -> dict[str, str]:
    return {"source": move.source, "target": move.target}


def of_row(row: Row, prefix: str = "") -> Job:
    """A job from the columns of a row that begin with a prefix."""
    values = columns.values(Job, row, prefix)
    typed = {
        "state": JobState(values["state"]),
        "mode": Mode(values["mode"]),
        "age_restricted": bool(values["age_restricted"]),
    }
    return Job(**{**values, **typed})
