"""A provider in leaping time: jobs that take lognormal times, and limits in fixed windows."""

import asyncio
import math
import random
from collections import Counter
from dataclasses import dataclass, field

from bot.domain.timing import CLIP, Law
from bot.engines.base import Allowance, Ask

MIDNIGHT_S = 86_400.0 * 20_000


@dataclass(frozen=True, slots=True)
class Tier:
    """Requests a minute and a day for looks and starts; one bucket for both if `shared`."""

    looks: tuple[int, int | None]
    starts: tuple[int, int | None]
    shared: bool


PREMIUM = Tier(looks=(300, None), starts=(300, None), shared=True)
BASIC = Tier(looks=(50, 200), starts=(1, 15), shared=False)


@dataclass(slots=True, eq=False)
class Job:
    """One job: when it began and when it is done, in seconds of the loop."""

    began_s: float
    done_s: float
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Figures:
    """What a run came to."""

    delays_s: list[float] = field(default_factory=list)
    start_waits_s: list[float] = field(default_factory=list)
    looks: int = 0
    refused: int = 0
    jobs: int = 0

    @property
    def delay_s(self) -> float:
        """Mean seconds from done to found."""
        return math.fsum(self.delays_s) / len(self.delays_s)

    @property
    def start_wait_s(self) -> float:
        """Mean seconds a start waited for the limit."""
        return math.fsum(self.start_waits_s) / max(1, len(self.start_waits_s))

    @property
    def reads(self) -> float:
        """Looks for each job, refused ones included."""
        return self.looks / self.jobs


class Provider:
    """Counts requests as deAPI does and knows when jobs are done."""

    def __init__(self, tier: Tier, seed: int, law: Law = CLIP) -> None:
        self.figures = Figures()
        self._tier = tier
        self._law = law
        self._random = random.Random(seed)
        self._loop = asyncio.get_running_loop()
        self._taken: Counter[tuple[str, int, int]] = Counter()

    def utc_s(self) -> float:
        """The time of day; every run begins at midnight."""
        return MIDNIGHT_S + self._loop.time()

    def accept(self) -> Job:
        """A job that begins now."""
        now_s = self._loop.time()
        self.figures.jobs += 1
        return Job(now_s, now_s + self._law.quantile_s(self._random.uniform(1e-9, 1 - 1e-9)))

    def take(self, ask: Ask) -> Allowance | None:
        """Count a request and say what is left; None where it is refused (see `wait_s`)."""
        if ask is Ask.LOOK:
            self.figures.looks += 1
        a_minute, a_day = self._tier.looks if ask is Ask.LOOK else self._tier.starts
        name = "all" if self._tier.shared else ask.value
        keys = [(name, 60, int(self.utc_s() // 60)), (name, 86_400, int(self.utc_s() // 86_400))]
        sizes = (a_minute, a_day)
        for key, size in zip(keys, sizes, strict=True):
            if size is not None and self._taken[key] >= size:
                self.figures.refused += 1
                return None
        for key in keys:
            self._taken[key] += 1
        # As deAPI's documents have it: the minute on every answer, the day on refusals alone.
        left = a_minute - self._taken[keys[0]]
        return Allowance(a_minute=a_minute, left_minute=left, a_day=None, left_day=None)

    def wait_s(self) -> float:
        """What Retry-After would say."""
        return 60 - self.utc_s() % 60

    def found(self, job: Job) -> None:
        """Somebody knows now that a job is done."""
        self.figures.delays_s.append(self._loop.time() - job.done_s)
