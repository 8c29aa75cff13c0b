"""What becomes of a provider's webhook: it can name a handle that was lost, or bid to look."""

import logging
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from bot.clock import Clock
from bot.deapi import webhook
from bot.deapi.webhook import Event, Refusal, Verified, Why
from bot.domain import lifecycle
from bot.errors import Code
from bot.services.bell import Bell
from bot.services.nudges import Nudges
from bot.services.pulse import Pulse
from storage import calls, deliveries, jobs
from storage.database import Body, Conflict, Store
from storage.records import Call, CallState, Stage

log = logging.getLogger(__name__)

_NOBODYS_SECRET = "0" * 64
_HARMLESS = frozenset({Why.MALFORMED, Why.UNKNOWN_EVENT})


class Outcome(StrEnum):
    """What was made of one delivery."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    """Genuine, and known already: nothing more is done."""
    STALE = "stale"
    """Genuine, but old: only a reason to look at the job."""
    REFUSED = "refused"
    """Unknown, forged or malformed: nothing has changed."""


class Receiver(Protocol):
    """Decides about deliveries."""

    async def __call__(self, token: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """What was made of a delivery to the path ending in `token`; quick, safe to repeat."""


class Hooks:
    """Receives reports; each call has a path and a secret of its own."""

    def __init__(
        self, *, store: Store, clock: Clock, nudges: Nudges, pulse: Pulse, worker_bell: Bell
    ) -> None:
        self._store = store
        self._pulse = pulse
        self._clock = clock
        self._nudges = nudges
        self._worker_bell = worker_bell
        self.counts: Counter[Outcome] = Counter()
        """How many deliveries came to what, since the start."""

    async def receive(self, token: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """What was made of a delivery; forged, repeated and foreign ones change nothing."""
        outcome = await self._receive(token, headers, body)
        self.counts[outcome] += 1
        if outcome is Outcome.REFUSED:
            log.warning("webhook refused", extra={"refused": self.counts[outcome]})
        return outcome

    async def _receive(self, token: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        call = await self._store.read(calls.by_hook(token))
        # An unknown path is verified all the same, so that it takes as long as a known one.
        secret = call.hook_secret if call else _NOBODYS_SECRET
        report = webhook.verify(headers, body, secret=secret, now_s=self._clock.now_ms() // 1000)
        if call is None:
            return Outcome.REFUSED
        if isinstance(report, Refusal):
            # Genuine but not understood: refusing it would only bring it back for a day.
            return Outcome.ACCEPTED if report.why in _HARMLESS else Outcome.REFUSED
        self._pulse.heard()
        if report.stale:
            self._nudges.nudge(call.job_id)
            return Outcome.STALE
        try:
            outcome = await self._store.write(self._heed(token, report))
        except Conflict:
            return Outcome.REFUSED
        if call.state is not CallState.STARTED or report.event is not Event.PROCESSING:
            # That a known call is being rendered is not worth a look.
            self._nudges.nudge(call.job_id)
        self._worker_bell.ring()
        return outcome

    def _heed(self, token: str, report: Verified) -> Body[Outcome]:
        now = self._clock.now_ms()
        call = yield from calls.by_hook(token)
        if call is None or call.handle not in {None, report.request_id}:
            return Outcome.REFUSED
        if not (
            yield from calls.heed(call, delivery_id=report.delivery_id, event=report.event, now=now)
        ):
            return Outcome.DUPLICATE
        if call.handle is None:
            yield from calls.hint(call, handle=report.request_id)
        if call.state is CallState.DOUBT:
            yield from self._find(call, report.request_id, now)
        return Outcome.ACCEPTED

    def _find(self, call: Call, handle: str, now: int) -> Body[None]:
        """The call in doubt was started after all: its job goes on, or comes back for free."""
        job = yield from jobs.get(call.job_id)
        if job is None:
            return
        if not lifecycle.is_over(job.state):
            yield from calls.found(call, handle=handle, now=now)
        # A line alone is nothing to deliver: whoever waited for the video has their credits back.
        elif call.stage is Stage.RENDER and (
            yield from jobs.revive(job.id, reason=Code.ENGINE_DOUBT)
        ):
            yield from calls.found(call, handle=handle, now=now)
            yield from deliveries.withdraw(job.id)
            log.info("a video in doubt turned up; it is delivered for free")
