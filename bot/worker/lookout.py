"""Turns of looking: one stream of requests to an engine, from all calls that are watched.

There is no task behind it: whatever changes, and one timer, let the next one go.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.domain.timing import Law
from bot.engines.base import Ask
from bot.worker.budget import Budget
from bot.worker.watcher import Watched, Watcher

SHORTEST_SLEEP_S, LONGEST_SLEEP_S = 0.001, 5.0
"""News may fall silent meanwhile, and nobody says so."""


class Lookout:
    """Hands out turns; without a budget a turn comes when it is due."""

    def __init__(
        self, watcher: Watcher, budget: Budget | None, *, clock_s: Callable[[], float]
    ) -> None:
        self._watcher = watcher
        self._budget = budget
        self._clock_s = clock_s
        self._starts: deque[asyncio.Event] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def retry_s(self) -> float:
        """The first pause after a request that was not answered; it doubles."""
        return self._watcher.retry_s

    @contextmanager
    def watch(self, law: Law, *, age_s: float, hooked: bool) -> Iterator[Watched]:
        """Watch a call of this age; its `turn` is set when it may be looked at."""
        watched = Watched(law=law, began_s=self._clock_s() - age_s, hooked=hooked)
        self._watcher.add(watched)
        self._pump()
        try:
            yield watched
        finally:
            self._watcher.drop(watched)
            self._pump()

    def age_s(self, watched: Watched) -> float:
        """How old a call is by now."""
        return watched.age_s(self._clock_s())

    def nudge(self, watched: Watched) -> None:
        """There is news of a call: it is next, as soon as the budget has a look."""
        self._watcher.nudge(watched)
        self._pump()

    def answered(self, watched: Watched) -> None:
        """The look of this turn found the call not done."""
        self._watcher.answered(watched, self._clock_s())
        self._end(watched)

    def done(self, watched: Watched) -> int | None:
        """The look of this turn found the call done; how many ms it took, if that is known."""
        self._watcher.done(watched)
        return watched.took_ms(self._clock_s())

    def failed(self, watched: Watched, pause_s: float, *, refused_s: float | None) -> None:
        """The look of this turn was not answered; `refused_s` if the engine bids everybody wait."""
        self._watcher.failed(watched, self._clock_s(), pause_s)
        if refused_s is not None and self._budget is not None:
            self._budget.refused(refused_s)
        self._end(watched)

    @contextmanager
    def start(self) -> Iterator[asyncio.Event]:
        """Set when a clip may be started, or the account be asked."""
        event = asyncio.Event()
        self._starts.append(event)
        self._pump()
        try:
            yield event
        finally:
            if event in self._starts:
                self._starts.remove(event)
                self._pump()

    def _end(self, watched: Watched) -> None:
        watched.turn.clear()
        self._pump()

    def _pump(self) -> None:
        """Let go whoever may, and set the timer for the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while (pause_s := self._let_go()) == 0:
            pass
        if pause_s is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(
                min(max(pause_s, SHORTEST_SLEEP_S), LONGEST_SLEEP_S), self._pump
            )

    def _let_go(self) -> float | None:
        """0 if one could go, else seconds until one may; None if nobody waits."""
        pauses_s = []
        if self._starts:
            pause_s = self._wait_s(Ask.START)
            if pause_s == 0:
                self._take(Ask.START, self._starts.popleft())
                return 0
            pauses_s.append(pause_s)
        if not self._watcher.is_idle:
            chosen, pause_s = self._watcher.choose(self._clock_s())
            if chosen is not None:
                pause_s = self._wait_s(Ask.LOOK)
                if pause_s == 0:
                    self._take(Ask.LOOK, chosen.turn)
                    return 0
            pauses_s.append(pause_s)
        return min(pauses_s, default=None)

    def _wait_s(self, ask: Ask) -> float:
        return self._budget.wait_s(ask) if self._budget else 0.0

    def _take(self, ask: Ask, turn: asyncio.Event) -> None:
        if self._budget:
            self._budget.take(ask)
        turn.set()
