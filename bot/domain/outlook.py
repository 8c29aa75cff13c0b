"""When a video will be done: the house's queue, played through with the learnt times.

The draws come from a fixed sequence instead of chance, so that the same standing has the same
outlook.
"""

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.timing import Law

ROUNDS = 120
MOST_STARTS = 60
"""Further starts ahead are reckoned with their mean."""
EARLY, MIDDLE, LATE = 0.05, 0.5, 0.95
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
    """Everything that stands between a job and its start."""

    underway: Sequence[Underway]
    lanes: Sequence[Lane]
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
    starts = _Starts(house)
    ends = sorted(
        starts.play(person, place, draws) + law.quantile_s(next(draws))
        for draws in (_draws(number) for number in range(ROUNDS))
    )
    return Spread(earliest_s=_at(ends, EARLY), likely_s=_at(ends, MIDDLE), latest_s=_at(ends, LATE))


class _Starts:
    """Plays the claims: a free place goes to the member who was served longest ago."""

    def __init__(self, house: House) -> None:
        self._house = house

    def play(self, person: int, place: int, draws: Iterator[float]) -> float:
        """Seconds until the start of a member's job, in one possible course of events."""
        house = self._house
        busy = [(one.law.remaining_s(one.age_s, next(draws)), one.person) for one in house.underway]
        heapq.heapify(busy)
        running: dict[int, int] = {}
        for one in house.underway:
            running[one.person] = running.get(one.person, 0) + 1
        waiting = {lane.person: lane.queued for lane in house.lanes}
        line = [(lane.turn, lane.person, lane.cap) for lane in house.lanes]
        heapq.heapify(line)
        turn = max((lane.turn for lane in house.lanes), default=0)
        now_s, started = 0.0, 0
        while True:
            ready = len(busy) < house.cap and self._next(line, waiting, running)
            if not ready:
                if not busy:
                    return now_s
                now_s, who = heapq.heappop(busy)
                running[who] -= 1
                continue
            _, who, cap = ready
            if who == person:
                if place == 0:
                    return now_s
                place -= 1
            started += 1
            if started > MOST_STARTS:
                return now_s + self._rest_s(person, place, waiting)
            waiting[who] -= 1
            running[who] = running.get(who, 0) + 1
            heapq.heappush(busy, (now_s + house.law.quantile_s(next(draws)), who))
            turn += 1
            heapq.heappush(line, (turn, who, cap))

    def _next(
        self,
        line: list[tuple[int, int, int]],
        waiting: dict[int, int],
        running: dict[int, int],
    ) -> tuple[int, int, int] | None:
        """Take the first member in line who has a job that may start."""
        passed = []
        found = None
        while line and found is None:
            lane = heapq.heappop(line)
            if not waiting[lane[1]]:
                continue
            if running.get(lane[1], 0) < lane[2]:
                found = lane
            else:
                passed.append(lane)
        for lane in passed:
            heapq.heappush(line, lane)
        return found

    def _rest_s(self, person: int, place: int, waiting: dict[int, int]) -> float:
        """The mean wait for everybody whose turn comes before the job's."""
        ahead = sum(min(count, place + 1) for who, count in waiting.items() if who != person)
        mean_s = math.exp(self._house.law.mean + self._house.law.deviation**2 / 2)
        return (ahead + place) * mean_s / self._house.cap


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
