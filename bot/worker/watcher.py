"""Whom to look at next: the call that has most likely been done for longest, as its law says.

Every look is counted by the provider. W(a, t) is how many seconds a call that was not done at
its last look is expected to lie done by now; a look is due once it reaches a threshold, and the
largest goes first when looks are scarce.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from bot.domain.timing import CLIP, Law
from bot.engines.base import Ask
from bot.services.pulse import Pulse
from bot.worker.budget import Budget

LONGEST_LOOK_S = 60.0
GIVE_UP_AFTER_S = 3_600.0
"""A clip takes minutes; one that is not ready after an hour never will be."""
FORGET_AFTER_S = 86_400.0
"""Providers keep a result for about a day; as long, one that cannot be had is asked for."""

DENSE_S = 0.16
"""Wasted seconds that are worth a look while there are plenty."""
SPARSE_S = 22.0
"""The same for a call whose end the provider will tell by itself."""
STEP = 1.3
"""The thresholds that are weighed grow by this factor."""
SHORTEST_GAP_S = 2.0
LATE_PART, LATE_GAP = 0.01, 1 / 20
"""Past all but this part the law knows nothing: what is late stays late for long."""
JITTER = 0.3
"""Calls of one age are not all looked at in one moment."""
USUAL_STARTS, LEAST_STARTS = 15, 4
"""Clips to expect in a day of a small account, and at least from now on."""
SURE_PART, SURE_S = 0.5, 4.0
"""A time is learnt if the looks around it were no further apart than this."""


def next_look_s(age_s: float, poll_s: float) -> float:
    """Seconds until the next look at a call of this age, at a fixed pace."""
    if age_s < 2 * poll_s:
        return 2 * poll_s - age_s
    if age_s < 36 * poll_s:
        return poll_s
    return min(age_s / 12, max(LONGEST_LOOK_S, poll_s))


def next_try_s(failures: int, poll_s: float) -> float:
    """Seconds until the next look after so many that could not be answered in a row."""
    return min(poll_s * 2.0 ** min(failures, 8), max(LONGEST_LOOK_S, poll_s))


@dataclass(slots=True, kw_only=True, eq=False)
class Watched:
    """A call under way; ages are seconds since it began, other times are of the clock."""

    law: Law
    began_s: float
    hooked: bool
    """Whether the provider was told where to report."""
    looked_s: float | None = None
    """The age at the last answer."""
    not_before_s: float = 0.0
    nudged: bool = False
    doubted: bool = False
    """Whether its news and its state did not agree: it is no longer left to reports."""
    chance: float = 0.5
    losses: int = 0
    """Looks in a row that did not find it."""
    turn: asyncio.Event = field(default_factory=asyncio.Event)
    due: tuple[float, float] | None = None
    """For a threshold, when the next look is due."""

    def age_s(self, now_s: float) -> float:
        """How long ago it began."""
        return max(0.0, now_s - self.began_s)

    def took_ms(self, now_s: float) -> int | None:
        """How long it took if it was just found done; None where that is too vague to learn."""
        age_s, looked_s = self.age_s(now_s), self.looked_s or 0.0
        if not self.nudged:
            if age_s - looked_s > max(SURE_S, SURE_PART * age_s):
                return None
            age_s = (age_s + looked_s) / 2
        return max(1, round(age_s * 1000))


class Watcher:
    """All calls of one engine; `fixed_s` overrules what is known of them with a pace."""

    def __init__(
        self,
        *,
        budget: Budget | None,
        pulse: Pulse,
        chance: Callable[[], float],
        fixed_s: float | None = None,
    ) -> None:
        self._budget = budget
        self._pulse = pulse
        self._chance = chance
        self._fixed_s = fixed_s
        self._watched: set[Watched] = set()

    @property
    def retry_s(self) -> float:
        """The first pause after a look that was not answered; it doubles."""
        return self._fixed_s or SHORTEST_GAP_S

    @property
    def is_idle(self) -> bool:
        """Whether there is nobody to look at."""
        return all(watched.turn.is_set() for watched in self._watched)

    def add(self, watched: Watched) -> None:
        """Look after a call from now on."""
        watched.chance = self._chance()
        self._watched.add(watched)

    def drop(self, watched: Watched) -> None:
        """The call needs no look any more."""
        self._watched.discard(watched)

    def nudge(self, watched: Watched) -> None:
        """There is news of a call: the next look is its own."""
        watched.nudged = True

    def answered(self, watched: Watched, now_s: float) -> None:
        """A look found the call not done."""
        watched.doubted |= watched.nudged
        watched.nudged = False
        watched.looked_s = watched.age_s(now_s)
        watched.not_before_s = 0.0
        watched.chance = self._chance()
        watched.due = None

    def failed(self, watched: Watched, now_s: float, pause_s: float) -> None:
        """A look was not answered."""
        watched.nudged = False
        watched.not_before_s = now_s + pause_s

    def done(self, watched: Watched) -> None:
        """A look found the call done; if it was left to reports, one was missing."""
        if self._is_sparse(watched) and not watched.nudged:
            self._pulse.missed()

    def choose(self, now_s: float) -> tuple[Watched | None, float]:
        """The call whose look is due and worth most, or the seconds until there is one."""
        best, most_s, soonest_s = None, -1.0, LONGEST_LOOK_S
        for watched in self._watched:
            if watched.turn.is_set():
                continue
            wait_s = self._due_s(watched) - now_s
            if wait_s > 0:
                soonest_s = min(soonest_s, wait_s)
            elif (worth_s := self._worth_s(watched, now_s)) > most_s:
                best, most_s = watched, worth_s
        return best, 0.0 if best else soonest_s

    def _worth_s(self, watched: Watched, now_s: float) -> float:
        if watched.nudged:
            return float("inf")
        return watched.law.wasted_s(watched.looked_s or 0.0, watched.age_s(now_s))

    def _due_s(self, watched: Watched) -> float:
        """When a look at a call is due, by the clock."""
        if watched.nudged:
            return 0.0
        threshold_s = self._threshold_s(watched)
        if watched.due is None or watched.due[0] != threshold_s:
            watched.due = (threshold_s, watched.began_s + self._due_age_s(watched, threshold_s))
        return max(watched.due[1], watched.not_before_s)

    def _due_age_s(self, watched: Watched, threshold_s: float) -> float:
        looked_s = watched.looked_s or 0.0
        if self._fixed_s is not None:
            return looked_s + next_look_s(looked_s, self._fixed_s)
        due_s = watched.law.due_s(looked_s, threshold_s * (1 + JITTER * (watched.chance - 0.5)))
        if watched.looked_s is None:
            return due_s
        gap_s = SHORTEST_GAP_S
        if watched.law.beyond(looked_s) < LATE_PART:
            gap_s = max(gap_s, min(looked_s * LATE_GAP, LONGEST_LOOK_S))
        return max(due_s, looked_s + gap_s)

    def _threshold_s(self, watched: Watched) -> float:
        """How many wasted seconds are worth a look: more where looks of the day are scarce."""
        if self._fixed_s is not None:
            return self._fixed_s
        if self._is_sparse(watched):
            return SPARSE_S
        left = self._budget.left_today(Ask.LOOK) if self._budget else None
        if self._budget is None or left is None:
            return DENSE_S
        starts = self._budget.left_today(Ask.START)
        if starts is None:
            starts = max(USUAL_STARTS - self._budget.taken_today(Ask.START), LEAST_STARTS)
        return _affordable_s(watched.law, left / (starts + len(self._watched)))

    def _is_sparse(self, watched: Watched) -> bool:
        return not watched.doubted and self._pulse.covers(hooked=watched.hooked)


def _affordable_s(law: Law, looks: float) -> float:
    """The least threshold at which a clip takes no more looks than this."""
    scale = law.median_s / CLIP.median_s
    for threshold_s, taken in _prices():
        if taken <= looks and threshold_s * scale >= DENSE_S:
            return threshold_s * scale
    return _prices()[-1][0] * scale


@lru_cache(maxsize=1)
def _prices() -> list[tuple[float, float]]:
    """Thresholds, and how many looks a usual clip takes with each."""
    thresholds_s = [DENSE_S * STEP**power for power in range(-8, 20)]
    return [(threshold_s, CLIP.looks(threshold_s)) for threshold_s in thresholds_s]
