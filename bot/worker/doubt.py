"""Calls in doubt: cleared up by what can be known, never by sending again unasked."""

import logging
from enum import StrEnum

from bot.clock import Watch
from bot.engines.base import EngineError
from bot.errors import Code
from bot.worker.patience import Patience
from bot.worker.seats import Seat
from bot.worker.steps import GivenUp, PutOff, Superseded
from storage import calls
from storage.database import Store
from storage.records import Call, CallState, Job

log = logging.getLogger(__name__)

SETTLING_S = 10.0
"""How long a provider may take until a request it accepted shows in the account."""


SLOWER = 0.05
"""The account is asked again after this part of the doubt's age."""


class Policy(StrEnum):
    """What becomes of a job whose call stays in doubt."""

    RELEASE = "release"
    RESUBMIT = "resubmit"


class Doubt:
    """Waits for a report, reads the account, and gives the credits back when time is up."""

    def __init__(
        self, *, store: Store, clock: Watch, patience: Patience, policy: Policy, longest_s: float
    ) -> None:
        self._store = store
        self._clock = clock
        self._patience = patience
        self._policy = policy
        self._longest_s = longest_s

    async def clear_up(self, job: Job, call: Call, seat: Seat, *, reports: bool) -> Call:
        """The call once it was found started; raises GivenUp, PutOff, Superseded, Interrupted.

        Without reports nothing can name the handle, so only the account is waited for.
        """
        # Only its age at the beginning is told by a clock that somebody may set meanwhile.
        began_s = self._clock.steady_s() - self._age_s(call)

        def age_s() -> float:
            return self._clock.steady_s() - began_s

        while (left_s := self._longest_s - age_s()) > 0:
            pause_s = max(SETTLING_S / 10, age_s() * SLOWER)
            await self._patience.wait(job.id, min(left_s, pause_s))
            current = await self._store.read(calls.latest(job.id))
            if current is None or current.id != call.id:
                raise Superseded
            if current.state is CallState.STARTED:
                log.info("call found by a report")
                return current
            if current.state is not CallState.DOUBT or current.fence != call.fence:
                raise Superseded
            if age_s() >= min(SETTLING_S, self._longest_s / 2):
                moved = await self._has_moved(call, seat)
                if moved is False or (moved is True and not reports):
                    break
        raise await self._outcome(call)

    async def _has_moved(self, call: Call, seat: Seat) -> bool | None:
        """Whether the account was charged for this call; None where that cannot be told."""
        if call.balance_before is None or await self._store.read(calls.others_under_way(call)):
            return None
        try:
            async with seat.posting:
                with seat.lookout.start() as turn:
                    await self._patience.until(turn)
                balance = await seat.engine.balance()
        except EngineError:
            return None
        return None if balance is None else balance < call.balance_before

    async def _outcome(self, call: Call) -> Exception:
        if self._policy is Policy.RELEASE:
            return GivenUp(Code.ENGINE_DOUBT, "it stays in doubt whether the call was started")
        # The owner's explicit exception: it may be rendered, and paid by them, twice.
        if await self._store.write(calls.sent_again(call, now=self._clock.now_ms())) is None:
            return Superseded()
        log.warning("call in doubt is sent again, as the owner decided")
        return PutOff(Code.ENGINE_DOUBT, "sent again", after_s=0)

    def _age_s(self, call: Call) -> float:
        return max(0.0, (self._clock.now_ms() - call.intent_at) / 1000)
