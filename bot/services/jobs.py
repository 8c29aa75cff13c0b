"""Jobs as their member sees them: how they stand, what they cost, and calling them off."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain import lifecycle, spoken
from bot.errors import Code, UserError
from bot.services.bell import Bell
from bot.services.events import Bus, Ended
from bot.services.nudges import Nudges
from storage import (
    calls,
    copies,
    deliveries,
    jobs,
    ledger,
    people,
    retention,
    speeches,
    versions,
    videos,
)
from storage.belongings import Version
from storage.database import Body, Store
from storage.exhibits import Copy
from storage.records import (
    Call,
    CallState,
    DeliveryState,
    Job,
    JobId,
    JobState,
    PersonId,
    Receipt,
    Stage,
    Video,
)

_PAID = frozenset({CallState.STARTED, CallState.RENDERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One job with its receipt, its place in the queue and, once it is done, its video."""

    job: Job
    receipt: Receipt
    ahead: int
    resent: int
    """Requests that were sent again although the first may have arrived: the owner's choice."""
    video: Video | None
    delivery: DeliveryState | None = None
    """Whether its member was shown how it ended; None while it goes on."""
    version: Version | None = None
    """What its member wrote, if other words were sent."""
    kept_until: int | None = None
    """When its server's days for the video are over; None if it is kept until it is deleted."""


class Jobs:
    """Shows a person's jobs and calls them off."""

    def __init__(
        self, store: Store, clock: Clock, bus: Bus, delivery_bell: Bell, nudges: Nudges
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._delivery_bell = delivery_bell
        self._nudges = nudges

    async def mine(self, discord_id: int, *, limit: int = 10) -> list[Standing]:
        """A person's latest jobs, newest first."""

        def body() -> Body[list[Standing]]:
            person = yield from people.find(discord_id)
            if person is None:
                return []
            found = yield from jobs.of_person(person, limit)
            standings = []
            for job in found:
                standings.append((yield from _standing(job)))
            return standings

        return await self._store.read(body())

    async def is_made(self, origin_id: int) -> bool:
        """Whether an interaction, or a message, has already made its job."""
        return await self._store.read(jobs.by_interaction(origin_id)) is not None

    async def standing(self, job: JobId) -> Standing:
        """How one job stands; raises UserError if there is none."""

        def body() -> Body[Standing]:
            return (yield from standing_of(job))

        return await self._store.read(body())

    async def own(self, discord_id: int, job: JobId) -> Standing:
        """How one of a person's own jobs stands; raises UserError."""

        def body() -> Body[Standing]:
            standing = yield from standing_of(job)
            yield from _refuse_strangers(discord_id, standing.job.person_id)
            return standing

        return await self._store.read(body())

    async def shows(self, copy: Copy) -> bool:
        """Remember a message that is about to show a video; False if it must not, any more."""

        def body() -> Body[bool]:
            video = yield from videos.of_job(copy.job_id)
            if video is None or (copy.is_open and video.hidden_at is not None):
                return False
            yield from copies.keep(copy)
            return True

        return await self._store.write(body())

    async def cancel(self, discord_id: int, job_id: JobId) -> Standing:
        """Call a job off that costs nothing yet, credits back at once; raises UserError.

        JOB_STARTED asks instead whether it shall be thrown away, and says what that costs.
        """
        now = self._clock.now_ms()

        def body() -> Body[Standing]:
            job, call = yield from _own_open(discord_id, job_id)
            charge = yield from _charge(job, call)
            if job.state is JobState.ACTIVE or _is_paid(call) or charge:
                raise UserError(Code.JOB_STARTED, job=job.id, charge=charge)
            if not (yield from jobs.cancel(job, now=now)):
                raise UserError(Code.JOB_ENDED, job=job.id)
            yield from ledger.release(person=job.person_id, job=job.id, amount=job.hold, now=now)
            yield from deliveries.owe(job.id, now=now)
            return (yield from standing_of(job_id))

        standing = await self._store.write(body())
        self._announce(job_id)
        return standing

    async def discard(self, discord_id: int, job_id: JobId) -> Standing:
        """Throw a started job away: what its call costs is charged; raises UserError.

        Whichever is first, this or the job's own end, is its one ending.
        """
        now = self._clock.now_ms()

        def body() -> Body[Standing]:
            job, call = yield from _own_open(discord_id, job_id)
            charge = yield from _charge(job, call)
            if not (yield from jobs.discard(job, charge=charge, now=now)):
                raise UserError(Code.JOB_ENDED, job=job.id)
            if call is not None and _is_paid(call):
                yield from calls.failed(call, detail="discarded", now=now)
            yield from ledger.settle(
                person=job.person_id, job=job.id, held=job.hold, charge=charge, now=now
            )
            yield from deliveries.owe(job.id, now=now)
            return (yield from standing_of(job_id))

        standing = await self._store.write(body())
        self._announce(job_id)
        return standing

    def _announce(self, job_id: JobId) -> None:
        self._bus.publish(Ended(job_id))
        self._delivery_bell.ring()
        self._nudges.nudge(job_id)


def standing_of(job_id: JobId) -> Body[Standing]:
    """How one job stands; raises UserError if there is none."""
    return (yield from _standing((yield from _known(job_id))))


def _known(job_id: JobId) -> Body[Job]:
    job = yield from jobs.get(job_id)
    if job is None:
        raise UserError(Code.JOB_UNKNOWN, job=job_id)
    return job


def _own_open(discord_id: int, job_id: JobId) -> Body[tuple[Job, Call | None]]:
    job = yield from _known(job_id)
    yield from _refuse_strangers(discord_id, job.person_id)
    if lifecycle.is_over(job.state):
        raise UserError(Code.JOB_ENDED, job=job.id)
    call = yield from calls.latest(job_id)
    if call is not None and call.state is CallState.INTENDED:
        # In this moment nobody can say whether it will cost anything.
        raise UserError(Code.JOB_STARTING, job=job.id)
    return job, call


def _is_paid(call: Call | None) -> bool:
    """Whether it is certain that the provider is at work, or was, for this call."""
    return call is not None and call.state in _PAID


def _charge(job: Job, call: Call | None) -> Body[int]:
    """What throwing a job away costs; a call in doubt costs its member nothing."""
    speech = yield from speeches.of_job(job.id)
    is_paid = _is_paid(call)
    if is_paid and call is not None and call.stage is Stage.RENDER:
        return spoken.charge(job, speech)
    if speech is not None and (is_paid or speech.done_at is not None):
        return spoken.charge_for_line(job, speech)
    return 0


def _refuse_strangers(discord_id: int, person: PersonId) -> Body[None]:
    if (yield from people.find(discord_id)) != person:
        raise UserError(Code.NOT_YOURS)


def _standing(job: Job) -> Body[Standing]:
    delivery = yield from deliveries.of_job(job.id)
    return Standing(
        job=job,
        receipt=(yield from ledger.receipt(job.id)),
        ahead=(yield from jobs.ahead_of(job.id)) if job.state is JobState.QUEUED else 0,
        resent=(yield from calls.resent(job.id)),
        video=(yield from videos.of_job(job.id)),
        delivery=delivery.state if delivery else None,
        version=(yield from versions.of_job(job.id)),
        kept_until=(yield from retention.kept_until(job.id)),
    )
