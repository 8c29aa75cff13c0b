"""Starting a call: the intent is a row before the request leaves, and is never sent twice."""

import logging
import secrets
from dataclasses import replace

from bot.clock import Clock
from bot.domain import lifecycle
from bot.engines import base
from bot.engines.base import EngineError, Reason, Report, Task
from bot.errors import Code
from bot.services.pauses import LONGEST_PAUSE_S, Pauses
from bot.services.refusals import ENGINE
from bot.worker.patience import Patience
from bot.worker.seats import Seat
from bot.worker.steps import GivenUp, PutOff, owned
from storage import calls, jobs, pauses
from storage.database import Body, Store
from storage.records import Call, Job, Speech, Stage

log = logging.getLogger(__name__)

MOST_DELAYS = 8
"""A busy or silent provider costs nothing, so it gets more patience than a failing one."""
SPEECH = "speech"
"""What a pause is called that keeps lines from being spoken, beside the modes of clips."""


class Starter:
    """Makes the paid request of a job, or says when to try again."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        patience: Patience,
        breaks: Pauses,
        *,
        hook_origin: str | None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._patience = patience
        self._pauses = breaks
        self._hook_origin = hook_origin

    async def start(
        self, job: Job, seat: Seat, task: Task, *, speech: Speech | None = None
    ) -> Call:
        """The started call, or a call in doubt if the answer was lost. Raises PutOff, GivenUp.

        With a `speech` it is the call that speaks the job's line.
        """
        kind = _kind(job, speech)
        async with seat.posting:
            self._patience.insist()
            await self._heed_pause(job, kind)
            with seat.lookout.start() as turn:
                await self._patience.until(turn)
            balance = await self._balance(job, seat, kind)
            call = await owned(
                self._store,
                calls.intend(
                    job,
                    hook=secrets.token_urlsafe(24),
                    hook_secret=secrets.token_hex(32),
                    balance_before=balance,
                    now=self._now(),
                    speech=speech,
                ),
            )
            try:
                handle = await seat.engine.start(replace(task, report=self._report(call)))
            except base.NotStarted as error:
                raise await self._not_started(job, call, seat, error) from error
            except base.Refused as error:
                await owned(self._store, calls.failed(call, detail=str(error), now=self._now()))
                raise GivenUp(ENGINE[error.reason], str(error)) from error
            except base.Unsure as error:
                return await self.doubt(call, str(error))
        return await owned(self._store, self._begun(job, call, handle, kind))

    async def doubt(self, call: Call, detail: str) -> Call:
        """Write down that the answer was lost; a report may have named the handle already."""
        log.warning("call in doubt", extra={"detail": detail})

        def body() -> Body[Call | None]:
            doubted = yield from calls.in_doubt(call, detail=detail)
            if doubted is None or doubted.hinted is None:
                return doubted
            return (yield from calls.found(doubted, handle=doubted.hinted, now=self._now()))

        return await owned(self._store, body())

    async def _heed_pause(self, job: Job, kind: str) -> None:
        now = self._now()
        pause = await self._store.read(pauses.of(job.engine, kind, now))
        if pause is not None:
            detail = f"{pause.engine} {pause.mode} is paused: {pause.reason}"
            after_s = (pause.until - now) / 1000
            raise PutOff(Code(pause.reason), detail, after_s=after_s, counts=False)

    async def _balance(self, job: Job, seat: Seat, kind: str) -> int | None:
        try:
            return await seat.engine.balance()
        except EngineError as error:
            # No request was made yet, so whatever it was, nothing was started.
            raise await self._later(job, seat, error, kind) from error

    async def _not_started(
        self, job: Job, call: Call, seat: Seat, error: base.NotStarted
    ) -> Exception:
        await owned(self._store, calls.not_started(call, detail=str(error), now=self._now()))
        is_line = call.stage is Stage.SPEECH
        if error.reason is Reason.NO_MODEL and is_line:
            # Nobody chose another voice than the one that is gone.
            return GivenUp(Code.VOICE_UNKNOWN, str(error))
        if error.reason is Reason.NO_MODEL:
            return await self._remodel(job, seat, error)
        return await self._later(job, seat, error, SPEECH if is_line else job.mode)

    async def _later(self, job: Job, seat: Seat, error: EngineError, kind: str) -> Exception:
        """Put the job off, and with it whatever would meet the same refusal."""
        code = ENGINE[error.reason]
        pause_s = await self._pauses.heed(job.engine, error)
        if error.reason is Reason.BUSY:
            first_s = lifecycle.attempt_delay_s(1)
            pause_s = await self._pauses.begin(job.engine, kind, error, first_s)
        if pause_s is not None:
            return PutOff(code, str(error), after_s=pause_s, counts=False)
        if job.attempts >= MOST_DELAYS or seat.engine.restart_is_free:
            return GivenUp(code, str(error))
        after_s = error.retry_after_s or lifecycle.attempt_delay_s(job.attempts)
        return PutOff(code, str(error), after_s=after_s)

    async def _remodel(self, job: Job, seat: Seat, error: EngineError) -> Exception:
        """The model was retired: take another that renders this kind, or wait for one."""
        spec = base.Spec(mode=job.mode, width=job.width, height=job.height, frames=job.frames)
        try:
            model = await seat.engine.model_for(spec)
        except EngineError as trouble:
            error = trouble
        else:
            if model != job.model:
                log.warning("model replaced", extra={"old": job.model, "new": model})
                await self._store.write(jobs.remodel(job, model))
                return PutOff(Code.ENGINE_NO_MODEL, str(error), after_s=0)
        code, after_s = Code.ENGINE_NO_MODEL, LONGEST_PAUSE_S
        return PutOff(code, str(error), after_s=after_s, counts=False)

    def _begun(self, job: Job, call: Call, handle: str, kind: str) -> Body[Call | None]:
        started = yield from calls.started(call, handle=handle, now=self._now())
        if started is not None and (yield from pauses.end(job.engine, kind)):
            log.info("engine takes calls again", extra={"engine": job.engine})
        return started

    def _report(self, call: Call) -> Report | None:
        if self._hook_origin is None:
            return None
        return Report(url=f"{self._hook_origin}/hooks/deapi/{call.hook}", secret=call.hook_secret)

    def _now(self) -> int:
        return self._clock.now_ms()


def _kind(job: Job, speech: Speech | None) -> str:
    return job.mode if speech is None else SPEECH
