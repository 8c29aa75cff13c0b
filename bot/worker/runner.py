"""One job from its claim to its end: every step is a row before it is an effect.

The state of the latest call says where to go on, so that running a job for the first time and
taking it up after a crash are the same code.
"""

import errno
import logging
import secrets
from collections.abc import Mapping
from pathlib import Path

from bot.clock import Clock
from bot.domain import spoken
from bot.engines.base import Spec, Task
from bot.errors import Code
from bot.log import about_job
from bot.services.bell import Bell
from bot.services.events import Bus, Delayed, Ended, Started
from bot.services.pauses import LONGEST_PAUSE_S
from bot.services.times import Times
from bot.worker.doubt import Doubt
from bot.worker.finisher import Finisher
from bot.worker.looker import Looker
from bot.worker.seats import Seat
from bot.worker.speaker import Speaker
from bot.worker.starter import Starter
from bot.worker.steps import GivenUp, Interrupted, PutOff, Superseded, owned
from storage import calls, deliveries, jobs, ledger, speeches, timings, videos
from storage.database import Body, StorageError, Store
from storage.files import Files
from storage.records import Call, CallState, Job, JobState, Role, Speech, Timing

log = logging.getLogger(__name__)

_PASSING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})
"""Troubles of the disk that a host can put right."""


class Runner:
    """Runs jobs; one object for all of them."""

    def __init__(  # noqa: PLR0913 wired once, by keyword, in the composition root
        self,
        *,
        store: Store,
        files: Files,
        clock: Clock,
        seats: Mapping[str, Seat],
        starter: Starter,
        doubt: Doubt,
        looker: Looker,
        finisher: Finisher,
        speaker: Speaker,
        times: Times,
        bus: Bus,
        delivery_bell: Bell,
        reports: bool,
    ) -> None:
        self._store = store
        self._files = files
        self._clock = clock
        self._seats = seats
        self._starter = starter
        self._doubt = doubt
        self._looker = looker
        self._finisher = finisher
        self._speaker = speaker
        self._times = times
        self._bus = bus
        self._delivery_bell = delivery_bell
        self._reports = reports

    async def run(self, job: Job) -> None:
        """Carry a leased job to its end, or to where it waits; raises only StorageError."""
        with about_job(job.id):
            self._bus.publish(Started(job.id))
            try:
                while not await self._carried(job):
                    log.info("the call moved on meanwhile; the job goes on from its row")
            except Interrupted:
                log.info("job stays as it is stored until the next start")
            except PutOff as outcome:
                await self._put_off(job, outcome)
            except GivenUp as outcome:
                log.warning("job failed", extra={"detail": outcome.detail})
                if not await self._give_up(job, outcome.reason, None, outcome.detail):
                    # A report has found the call while the account was being read.
                    await self.run(job)

    async def _carried(self, job: Job) -> bool:
        """Whether the job came to an end of its run; False if its call was moved by a report."""
        try:
            await self._carry(job)
        except Superseded:
            current = await self._store.read(jobs.get(job.id))
            if current and (current.state, current.fence) == (JobState.ACTIVE, job.fence):
                return False
            log.info("job is no longer this worker's: it was discarded or taken over")
            await self._call_off(job)
        return True

    async def _carry(self, job: Job) -> None:
        try:
            seat = self._seat(job)
            job = await self._spoken(job, seat)
            call = await self._started(job, seat, await self._task(job))
            call, took_ms = await self._looker.see_through(job, call, seat)
            await self._finish(job, call, seat, took_ms)
        except (Superseded, Interrupted, PutOff, GivenUp, StorageError):
            raise
        except Exception as error:  # a mistake of ours: the member is not to pay for it
            if isinstance(error, OSError) and error.errno in _PASSING:
                # The clip stays where it was rendered until there is room for it.
                detail = f"the disk: {error.strerror}"
                after_s = LONGEST_PAUSE_S
                raise PutOff(Code.UNEXPECTED, detail, after_s=after_s, counts=False) from error
            incident = secrets.token_hex(4)
            log.exception("job failed unexpectedly", extra={"incident": incident})
            await self._give_up(job, Code.UNEXPECTED, incident, f"incident {incident}")

    async def _call_off(self, job: Job) -> None:
        """A discarded clip need not be rendered to its end where the engine can stop it."""
        call = await self._store.read(calls.latest(job.id))
        seat = self._seats.get(job.engine)
        if seat is not None and call is not None and call.handle and call.state is CallState.FAILED:
            await seat.engine.cancel(call.handle)

    def _seat(self, job: Job) -> Seat:
        seat = self._seats.get(job.engine)
        if seat is None:
            # It may be rendering there, and paid: only the host can give the key back.
            detail = f"engine {job.engine} is not set up"
            raise PutOff(Code.ENGINE_KEY, detail, after_s=LONGEST_PAUSE_S, counts=False)
        return seat

    async def _spoken(self, job: Job, seat: Seat) -> Job:
        """The job once its line is a sound in its folder; most jobs have no line."""
        speech = await self._store.read(speeches.of_job(job.id))
        if speech is None:
            return job
        if speech.done_at is not None:
            # It has its real length since: the row may be younger than what was claimed.
            return await self._store.read(jobs.get(job.id)) or job
        task = self._speaker.task(await self._task(job), speech)
        call = await self._started(job, seat, task, speech)
        call, _ = await self._looker.see_through(job, call, seat)
        return await self._speaker.take(job, call, seat, age_s=self._looker.age_s(call))

    async def _started(
        self, job: Job, seat: Seat, task: Task, speech: Speech | None = None
    ) -> Call:
        call = await self._store.read(calls.latest(job.id))
        # The latest call that is done is the one that has spoken the line.
        if call is None or call.state in _OVER:
            call = await self._starter.start(job, seat, task, speech=speech)
        elif call.state is CallState.INTENDED:
            # The process died between the intent and the handle.
            if seat.engine.restart_is_free:
                await owned(
                    self._store, calls.not_started(call, detail="restarted", now=self._now())
                )
                call = await self._starter.start(job, seat, task, speech=speech)
            else:
                call = await self._starter.doubt(call, "the process ended before the answer")
        if call.state is CallState.DOUBT:
            call = await self._doubt.clear_up(job, call, seat, reports=self._reports)
        return call

    async def _finish(self, job: Job, call: Call, seat: Seat, took_ms: int | None) -> None:
        if call.handle is None:
            raise ValueError("a rendered call has a handle")
        finished = await self._finisher.finish(
            job, call.handle, seat, await self._inputs(job), age_s=self._looker.age_s(call)
        )
        now = self._now()
        timing = self._timing(job, call, took_ms)

        def body() -> Body[None]:
            charge = spoken.charge(job, (yield from speeches.of_job(job.id)))
            if not (yield from jobs.succeed(job, charge=charge, now=now)):
                raise Superseded
            if (yield from calls.finished(call, now=now)) is None:
                raise Superseded
            yield from ledger.settle(
                person=job.person_id, job=job.id, held=job.hold, charge=charge, now=now
            )
            yield from videos.keep(finished.video(job, now))
            yield from deliveries.owe(job.id, now=now)
            if timing is not None:
                yield from timings.note(timing)

        await self._store.write(body())
        if timing is not None:
            self._times.note(timing)
        log.info("job done", extra={"bytes": finished.bytes})
        self._announce_end(job)
        await seat.engine.forget(call.handle)

    def _timing(self, job: Job, call: Call, took_ms: int | None) -> Timing | None:
        """What is learnt of this clip's time; nothing if it was done while nobody looked."""
        if took_ms is None:
            return None
        return Timing(
            engine=job.engine,
            mode=job.mode,
            frames=job.frames,
            took_ms=took_ms,
            whole_ms=max(took_ms, round(self._looker.age_s(call) * 1000)),
        )

    async def _put_off(self, job: Job, outcome: PutOff) -> None:
        now = self._now()
        until = now + round(outcome.after_s * 1000)
        log.info("job put off", extra={"detail": outcome.detail, "after_s": outcome.after_s})
        delay = jobs.delay(
            job, until=until, reason=outcome.reason, now=now, is_attempt=outcome.counts
        )
        if await self._store.write(delay):
            self._bus.publish(Delayed(job.id, until))

    async def _give_up(self, job: Job, reason: Code, incident: str | None, detail: str) -> bool:
        """Fail the job, unless it ended already; False if its call in doubt was found after all."""
        now = self._now()

        def body() -> Body[bool | None]:
            call = yield from calls.latest(job.id)
            if reason is Code.ENGINE_DOUBT and call and call.state is not CallState.DOUBT:
                return None
            if not (yield from jobs.fail(job, reason=reason, incident=incident, now=now)):
                return False
            if call is not None and call.state in _LIVE:
                yield from calls.failed(call, detail=detail, now=now)
            yield from ledger.release(person=job.person_id, job=job.id, amount=job.hold, now=now)
            yield from deliveries.owe(job.id, now=now)
            return True

        ended = await self._store.write(body())
        if ended:
            self._announce_end(job)
        return ended is not None

    def _announce_end(self, job: Job) -> None:
        self._bus.publish(Ended(job.id))
        self._delivery_bell.ring()

    async def _task(self, job: Job) -> Task:
        inputs = await self._inputs(job)
        return Task(
            spec=Spec(mode=job.mode, width=job.width, height=job.height, frames=job.frames),
            model=job.model,
            prompt=job.prompt,
            seed=job.seed,
            price_micro=job.price_micro,
            first_image=inputs.get(Role.FIRST_IMAGE),
            last_image=inputs.get(Role.LAST_IMAGE),
            sound_wav=inputs.get(Role.DRIVE_WAV),
            sound_mp3=inputs.get(Role.DRIVE_MP3),
        )

    async def _inputs(self, job: Job) -> dict[Role, Path]:
        names = await self._store.read(jobs.inputs(job.id))
        return {role: self._files.jobs / job.folder / name for role, name in names.items()}

    def _now(self) -> int:
        return self._clock.now_ms()


_OVER = frozenset({CallState.NOT_STARTED, CallState.FAILED, CallState.DONE})
# A call in doubt stays so, even if its job has ended: a late report may still clear it up.
_LIVE = frozenset({CallState.INTENDED, CallState.STARTED, CallState.RENDERED})
