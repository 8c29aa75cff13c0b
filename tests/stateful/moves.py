"""Transactions as the services and the worker put them together, each in one body."""

from storage import calls, deliveries, jobs, ledger, pauses, people, videos
from storage.database import Body, Statement
from storage.records import (
    Call,
    CallState,
    EntryKind,
    Job,
    JobId,
    JobState,
    NewJob,
    PersonId,
    Video,
    VideoId,
)
from tests.builders import NOW

IN_DOUBT = "engine_doubt"
OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
_UNDER_WAY = frozenset({CallState.INTENDED, CallState.STARTED, CallState.RENDERED})
PAID = frozenset({CallState.STARTED, CallState.RENDERED})
COST_NOTHING = frozenset({CallState.NOT_STARTED, CallState.FAILED})


class Refused(Exception):
    """The transaction is undone; the word says why."""


def arrive(discord_id: int) -> Body[PersonId]:
    return (yield from people.resolve(discord_id, NOW))


def grant(person: PersonId, number: int, amount: int) -> Body[bool]:
    ref = f"grant:{number}"
    return (
        yield from ledger.issue(
            person=person, ref=ref, kind=EntryKind.GRANT, amount=amount, now=NOW
        )
    )


def submit(new: NewJob, *, queue_cap: int, frames_cap: int) -> Body[JobId]:
    """As bot.services.submission does; raises Refused."""
    if new.interaction_id is not None:
        existing = yield from jobs.by_interaction(new.interaction_id)
        if existing is not None:
            return existing
    job = yield from jobs.enqueue(new, queue_cap=queue_cap, frames_cap=frames_cap)
    if job is None:
        raise Refused("queue")
    if new.hold and not (
        yield from ledger.hold(person=new.person_id, job=job, amount=new.hold, now=NOW)
    ):
        raise Refused("credits")
    return job


def cancel(job_id: JobId, *, known: Job | None = None) -> Body[bool]:
    """As bot.services.jobs does, for paid calls too: the store must hold even then.

    `known` is what a slow caller read long ago.
    """
    job = known or (yield from jobs.get(job_id))
    if job is None or job.state in OVER or job.state is JobState.ACTIVE:
        return False
    if not (yield from jobs.cancel(job, now=NOW)):
        return False
    yield from ledger.release(person=job.person_id, job=job.id, amount=job.hold, now=NOW)
    yield from deliveries.owe(job.id, now=NOW)
    return True


def discard(job_id: JobId) -> Body[bool]:
    """As bot.services.jobs does: for what is paid for certain, and not in mid-request."""
    job = yield from jobs.get(job_id)
    assert job is not None
    call = yield from calls.latest(job_id)
    if job.state in OVER or (call is not None and call.state is CallState.INTENDED):
        return False
    paid = call is not None and call.state in PAID
    charge = job.hold if paid else 0
    if not (yield from jobs.discard(job, charge=charge, now=NOW)):
        return False
    if call is not None and paid:
        yield from calls.failed(call, detail="discarded", now=NOW)
    yield from ledger.settle(
        person=job.person_id, job=job.id, held=job.hold, charge=charge, now=NOW
    )
    yield from deliveries.owe(job.id, now=NOW)
    return True


def intend(job: Job, hook: str) -> Body[Call | None]:
    return (
        yield from calls.intend(job, hook=hook, hook_secret="s" * 32, balance_before=None, now=NOW)
    )


def begin(job: Job, call: Call, handle: str) -> Body[Call | None]:
    """As bot.worker.starter does: a taken call ends what paused its mode."""
    started = yield from calls.started(call, handle=handle, now=NOW)
    if started is not None:
        yield from pauses.end(job.engine, job.mode)
    return started


def doubt(call: Call) -> Body[Call | None]:
    """As bot.worker.starter does: a report may have named the handle already."""
    doubted = yield from calls.in_doubt(call, detail="the answer was lost")
    if doubted is None or doubted.hinted is None:
        return doubted
    return (yield from calls.found(doubted, handle=doubted.hinted, now=NOW))


def report(hook: str, *, delivery_id: str, handle: str) -> Body[str]:
    """A signed report names a call's handle: a doubt ends, a failed job comes back for free."""
    call = yield from calls.by_hook(hook)
    assert call is not None
    if not (yield from calls.heed(call, delivery_id=delivery_id, event="processing", now=NOW)):
        return "repeated"
    if call.state is CallState.INTENDED:
        yield from calls.hint(call, handle=handle)
        return "hinted"
    if call.state is not CallState.DOUBT:
        return "late"
    job = yield from jobs.get(call.job_id)
    assert job is not None
    if job.state is not JobState.ACTIVE:
        if not (yield from jobs.revive(job.id, reason=IN_DOUBT)):
            return "late"
        yield from deliveries.withdraw(job.id)
    return "found" if (yield from calls.found(call, handle=handle, now=NOW)) else "late"


def finish(job: Job, call: Call) -> Body[None]:
    """As bot.worker.runner does; raises Refused."""
    if not (yield from jobs.succeed(job, charge=job.hold, now=NOW)):
        raise Refused("superseded")
    if (yield from calls.finished(call, now=NOW)) is None:
        raise Refused("superseded")
    yield from ledger.settle(
        person=job.person_id, job=job.id, held=job.hold, charge=job.hold, now=NOW
    )
    yield from videos.keep(_video(job))
    yield from deliveries.owe(job.id, now=NOW)


def give_up(job: Job, reason: str) -> Body[bool]:
    """As bot.worker.runner does: a call in doubt stays so."""
    if not (yield from jobs.fail(job, reason=reason, incident=None, now=NOW)):
        return False
    call = yield from calls.latest(job.id)
    if call is not None and call.state in _UNDER_WAY:
        yield from calls.failed(call, detail=reason, now=NOW)
    yield from ledger.release(person=job.person_id, job=job.id, amount=job.hold, now=NOW)
    yield from deliveries.owe(job.id, now=NOW)
    return True


def show(now: int) -> Body[list[JobId]]:
    """Hand out all that is owed; answers whose news it was."""
    owed = yield from deliveries.due(now, 100)
    for delivery in owed:
        yield from deliveries.shown(delivery.id, message_id=None, now=now)
    return [delivery.job_id for delivery in owed]


def tamper(sql: str) -> Body[None]:
    yield Statement(sql)


def _video(job: Job) -> Video:
    return Video(
        id=VideoId(0),
        job_id=job.id,
        slug=f"slug-{job.id}",
        file=f"{job.id}.mp4",
        poster=f"{job.id}.jpg",
        width=job.width,
        height=job.height,
        frames=job.frames,
        bytes=1_000,
        created_at=NOW,
    )
