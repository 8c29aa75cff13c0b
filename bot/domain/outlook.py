"""When a video will be done: the house's queue, played through with the learnt times.

The draws come from a fixed sequence instead of chance, so that the same standing has the same
outlook.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.timing import Law

ROUNDS = 120
MOST_STARTS = 60
"""Further starts ahead are reckoned with their mean."""
MOST_ASKED = 2.0
"""Nobody asks more often for long than so many times the rate at which videos are made."""
EARLY, MIDDLE, LATE = 0.03, 0.5, 0.97
"""The outer ones are a little wide: laws are learnt, and nobody knows who asks next."""
_VAGUE = Law(0.0, 0.15)
"""By which factor a mean over a long line may be off."""
_WORD = 2**64 - 1
_GOLDEN = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True, kw_only=True)
class Underway:
    """A video in the making: whose, how it takes its time, and since when (None: not begun)."""

    person: int
    law: Law
    age_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A member's jobs that wait, how many may run at once, and when the member was served."""

    person: int
    queued: int
    cap: int
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that stands between a job and its start.

    Each of `askers` is the lane of whoever asked for one of the latest videos: turns are fair, so
    that a member who comes later may be served earlier. `asked_a_s` is how often that happens.
    """

    underway: Sequence[Underway]
    lanes: Sequence[Lane]
    askers: Sequence[Lane] = ()
    asked_a_s: float = 0.0
    cap: int
    law: Law
    """How long anybody's video takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Seconds until a video is done: most end between the first and the last."""

    earliest_s: float
    likely_s: float
    latest_s: float


def of_running(law: Law, age_s: float) -> Spread:
    """The outlook of a video in the making."""
    return Spread(
        earliest_s=law.remaining_s(age_s, EARLY),
        likely_s=law.remaining_s(age_s, MIDDLE),
        latest_s=law.remaining_s(age_s, LATE),
    )


def of_queued(house: House, person: int, place: int, law: Law) -> Spread:
    """The outlook of the job that is number `place` (from 0) in its member's own line."""
    ends = sorted(
        _Course(house, draws).start_s(person, place) + law.quantile_s(next(draws))
        for draws in (_draws(number) for number in range(ROUNDS))
    )
    return Spread(earliest_s=_at(ends, EARLY), likely_s=_at(ends, MIDDLE), latest_s=_at(ends, LATE))


class _Course:
    """One possible course of events: a free place goes to whoever was served longest ago."""

    def __init__(self, house: House, draws: Iterator[float]) -> None:
        self._house = house
        self._draws = draws
        self._now_s = 0.0
        self._busy = [
            (one.law.remaining_s(one.age_s, next(draws)), one.person) for one in house.underway
        ]
        heapq.heapify(self._busy)
        self._running = Counter(one.person for one in house.underway)
        self._waiting = Counter({lane.person: lane.queued for lane in house.lanes})
        self._line = [(lane.turn, lane.person, lane.cap) for lane in house.lanes]
        heapq.heapify(self._line)
        self._known = {lane.person: lane for lane in (*house.askers, *house.lanes)}
        self._turn = max((lane.turn for lane in self._known.values()), default=0)
        self._asked_a_s = min(house.asked_a_s, MOST_ASKED * house.cap / _mean_s(house.law))
        self._next_asked_s = self._pause_s()

    def start_s(self, person: int, place: int) -> float:
        """Seconds until the start of the job at this place of a member's own line."""
        for _ in range(MOST_STARTS):
            start = self._next_start()
            if start is None:
                return self._now_s
            who, cap = start
            if who == person:
                if place == 0:
                    return self._now_s
                place -= 1
            self._waiting[who] -= 1
            self._running[who] += 1
            end_s = self._now_s + self._house.law.quantile_s(next(self._draws))
            heapq.heappush(self._busy, (end_s, who))
            self._turn += 1
            self._known[who] = Lane(person=who, queued=0, cap=cap, turn=self._turn)
            if self._waiting[who]:
                heapq.heappush(self._line, (self._turn, who, cap))
        return self._now_s + self._rest_s(person, place)

    def _next_start(self) -> tuple[int, int] | None:
        """Let time pass until a job may start: whose it is, and how many of theirs may run.

        None if nothing will ever happen.
        """
        while True:
            if len(self._busy) < self._house.cap and (ready := self._first_ready()):
                return ready
            if not self._busy and math.isinf(self._next_asked_s):
                return None
            if not self._busy or self._next_asked_s < self._busy[0][0]:
                self._now_s = self._next_asked_s
                self._next_asked_s += self._pause_s()
                self._ask()
            else:
                self._now_s, who = heapq.heappop(self._busy)
                self._running[who] -= 1

    def _first_ready(self) -> tuple[int, int] | None:
        """Take the first member in line who has a job that may start."""
        passed, found = [], None
        while self._line and found is None:
            lane = heapq.heappop(self._line)
            if self._running[lane[1]] < lane[2]:
                found = (lane[1], lane[2])
            else:
                passed.append(lane)
        for lane in passed:
            heapq.heappush(self._line, lane)
        return found

    def _ask(self) -> None:
        """Somebody who asked lately asks again."""
        askers = self._house.askers
        who = askers[int(next(self._draws) * len(askers)) % len(askers)].person
        self._waiting[who] += 1
        if self._waiting[who] == 1:
            lane = self._known[who]
            heapq.heappush(self._line, (lane.turn, who, lane.cap))

    def _pause_s(self) -> float:
        if not self._house.askers or self._asked_a_s <= 0:
            return math.inf
        return -math.log(next(self._draws)) / self._asked_a_s

    def _rest_s(self, person: int, place: int) -> float:
        """The mean wait for everybody whose turn comes before the job's."""
        ahead = sum(min(count, place + 1) for who, count in self._waiting.items() if who != person)
        vague = _VAGUE.quantile_s(next(self._draws))
        return vague * (ahead + place) * _mean_s(self._house.law) / self._house.cap


def _mean_s(law: Law) -> float:
    return math.exp(law.mean + law.deviation**2 / 2)


def _draws(number: int) -> Iterator[float]:
    """Numbers in (0, 1), another sequence for each round: the mixer is splitmix64."""
    state = number * _GOLDEN
    while True:
        state = (state + _GOLDEN) & _WORD
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
        yield ((mixed ^ (mixed >> 31)) + 1) / (_WORD + 2)


def _at(ends: Sequence[float], part: float) -> float:
    return ends[min(int(part * len(ends)), len(ends) - 1)]
