"""Looking after one call until its clip is ready, failed, or nobody's any more."""

import asyncio
import logging

from bot.clock import Clock
from bot.domain import lifecycle, timing
from bot.domain.timing import Law
from bot.engines import base
from bot.engines.base import EngineError, Reason
from bot.errors import Code
from bot.services.events import Bus, Progressed
from bot.services.times import Times
from bot.worker import watcher
from bot.worker.patience import Patience
from bot.worker.seats import Seat
from bot.worker.steps import GivenUp, PutOff, Superseded, owned
from bot.worker.watcher import Watched
from storage import calls
from storage.database import Store
from storage.records import Call, CallState, Job, Stage

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
MOST_LOSSES = 5
"""A clip that is paid for is lost once so many looks in a row did not find it, not before."""
LEAST_FAILURES = 5
"""So many looks in a row must have failed before a clip that is a day old is given up: Talkie may
have been down all the time, and the network comes up later than Talkie."""


class Looker:
    """Looks at calls when it is their turn; one object for all of them."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        patience: Patience,
        times: Times,
        bus: Bus,
        reports: bool,
    ) -> None:
        self._store = store
        self._clock = clock
        self._patience = patience
        self._times = times
        self._bus = bus
        self._reports = reports

    async def see_through(self, job: Job, call: Call, seat: Seat) -> tuple[Call, int | None]:
        """The call once its clip is rendered, and how many ms that took, where it is known.

        Raises GivenUp, PutOff, Superseded, Interrupted.
        """
        if call.state is not CallState.STARTED or call.handle is None:
            return call, None
        law = await self._law(job, call)
        # Only its age at the beginning is told by a clock that somebody may set meanwhile.
        age_s = self.age_s(call)
        failures = 0
        with (
            self._patience.news(job.id) as news,
            seat.lookout.watch(law, age_s=age_s, hooked=self._reports) as watched,
        ):
            while True:
                await self._turn(job, call, seat, watched, news)
                try:
                    state = await seat.engine.look(call.handle)
                except EngineError as error:
                    failures += 1
                    self._fail(seat, watched, error, failures)
                    is_old = seat.lookout.age_s(watched) > watcher.FORGET_AFTER_S
                    if is_old and failures >= LEAST_FAILURES:
                        detail = "no look was answered for a day"
                        raise GivenUp(Code.ENGINE_DOWN, detail) from error
                    continue
                failures = 0
                if self._misses(seat, watched, state):
                    continue
                if isinstance(state, base.Done):
                    took_ms = seat.lookout.done(watched)
                    body = calls.rendered(call, charged_micro=state.price_micro)
                    return await owned(self._store, body), took_ms
                await self._heed(job, call, seat, state)
                seat.lookout.answered(watched)
                # Judged by an answer alone: after an outage an old call may well be done.
                if seat.lookout.age_s(watched) > watcher.GIVE_UP_AFTER_S:
                    raise GivenUp(Code.ENGINE_FAILED, "the clip was not ready after an hour")

    def age_s(self, call: Call) -> float:
        """How long ago a call was started."""
        return max(0.0, (self._clock.now_ms() - _began(call)) / 1000)

    async def _law(self, job: Job, call: Call) -> Law:
        if call.stage is Stage.SPEECH:
            return timing.SPEECH
        return (await self._times.of(job.engine, job.mode, job.frames)).clip

    async def _turn(
        self, job: Job, call: Call, seat: Seat, watched: Watched, news: asyncio.Event
    ) -> None:
        """Wait until it is this call's turn; news of it make that as soon as may be."""
        while True:
            await self._patience.until(watched.turn, news)
            await self._insist(job, call)
            if news.is_set():
                news.clear()
                seat.lookout.nudge(watched)
            if watched.turn.is_set():
                return

    def _fail(self, seat: Seat, watched: Watched, error: EngineError, failures: int) -> None:
        log.warning("look failed", extra={"detail": str(error), "failures": failures})
        pause_s = watcher.next_try_s(failures, seat.lookout.retry_s)
        pause_s = max(pause_s, error.retry_after_s or 0.0)
        refused_s = error.retry_after_s if error.reason is Reason.BUSY else None
        seat.lookout.failed(watched, pause_s, refused_s=refused_s)

    def _misses(self, seat: Seat, watched: Watched, state: base.State) -> bool:
        """Whether a clip was not found that may still be there: then it is looked at again."""
        if not isinstance(state, base.Lost) or seat.engine.restart_is_free:
            watched.losses = 0
            return False
        watched.losses += 1
        if watched.losses >= MOST_LOSSES:
            return False
        log.warning("clip not found", extra={"losses": watched.losses})
        pause_s = watcher.next_try_s(watched.losses, seat.lookout.retry_s)
        seat.lookout.failed(watched, pause_s, refused_s=None)
        return True

    async def _insist(self, job: Job, call: Call) -> None:
        """A job that was discarded or taken over is not looked after any longer."""
        current = await self._store.read(calls.latest(job.id))
        if current is None or (current.state, current.fence) != (call.state, call.fence):
            raise Superseded

    async def _heed(self, job: Job, call: Call, seat: Seat, state: base.State) -> None:
        if isinstance(state, base.Running):
            if call.stage is Stage.SPEECH:
                # The bar that members see is that of the video.
                return
            self._bus.publish(Progressed(job.id, state.progress))
        elif isinstance(state, base.Lost):
            await owned(self._store, calls.failed(call, detail="lost", now=self._clock.now_ms()))
            free = seat.engine.restart_is_free
            raise await self._again_or_never(
                call, "the engine lost the clip", retryable=free, free=free
            )
        elif isinstance(state, base.Failed):
            await owned(
                self._store, calls.failed(call, detail=state.detail, now=self._clock.now_ms())
            )
            free = seat.engine.restart_is_free
            raise await self._again_or_never(
                call, state.detail, retryable=state.retryable, free=free
            )

    async def _again_or_never(
        self, call: Call, detail: str, *, retryable: bool, free: bool
    ) -> Exception:
        tries = await self._store.read(calls.tries(call))
        if not retryable or tries >= MOST_ATTEMPTS:
            return GivenUp(Code.ENGINE_FAILED, detail)
        after_s = 0.0 if free else lifecycle.attempt_delay_s(tries)
        return PutOff(Code.ENGINE_FAILED, detail, after_s=after_s)


def _began(call: Call) -> int:
    return call.started_at or call.intent_at
