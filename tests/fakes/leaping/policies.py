"""Ways to watch jobs in leaping time: the product's own, and loops that each job runs."""

import asyncio
import itertools
import random
from collections.abc import Callable, Iterator

from bot.domain import timing
from bot.domain.timing import CLIP, Law
from bot.engines.base import Ask
from bot.services.pulse import Pulse
from bot.worker import watcher
from bot.worker.budget import Budget
from bot.worker.lookout import Lookout
from bot.worker.watcher import Watched, Watcher
from tests.fakes.leaping.provider import Job, Provider

LOST_PART, REPORT_S = 0.01, 0.3
Gaps = Callable[[random.Random], Iterator[float]]


class Ours:
    """The product's watcher at this provider."""

    def __init__(
        self, provider: Provider, law: Law = CLIP, *, reports: bool = False, learns: bool = False
    ) -> None:
        loop = asyncio.get_running_loop()
        self._provider = provider
        self._law = law
        self._learnt_s: list[float] | None = [] if learns else None
        self._reports = reports
        self._random = random.Random(7)
        self.reports_lost = LOST_PART
        """Which part of the reports never arrives."""
        self.pulse = Pulse()
        self.budget = Budget(pace_s=loop.time, utc_s=provider.utc_s)
        self.lookout = Lookout(
            Watcher(budget=self.budget, pulse=self.pulse, chance=self._random.random),
            self.budget,
            clock_s=provider.utc_s,
        )

    async def start(self) -> Job:
        """Start a job as soon as the budget allows it."""
        asked_s = asyncio.get_running_loop().time()
        while True:
            with self.lookout.start() as turn:
                await turn.wait()
            allowance = self._provider.take(Ask.START)
            if allowance is not None:
                break
            self.budget.refused(self._provider.wait_s())
        self.budget.told(Ask.START, allowance)
        waited_s = asyncio.get_running_loop().time() - asked_s
        self._provider.figures.start_waits_s.append(waited_s)
        return self._provider.accept()

    async def follow(self, job: Job) -> None:
        """Look at a job when it is its turn, until it is found done."""
        if self._reports:
            self._report(job)
        law = self._law if self._learnt_s is None else timing.learn(self._learnt_s[-300:], CLIP)
        age_s = asyncio.get_running_loop().time() - job.began_s
        failures = 0
        with self.lookout.watch(law, age_s=age_s, hooked=self._reports) as watched:
            while True:
                await self._turn(job, watched)
                allowance = self._provider.take(Ask.LOOK)
                if allowance is None:
                    failures += 1
                    pause_s = watcher.next_try_s(failures, self.lookout.retry_s)
                    self.lookout.failed(watched, pause_s, refused_s=self._provider.wait_s())
                    continue
                self.budget.told(Ask.LOOK, allowance)
                if asyncio.get_running_loop().time() >= job.done_s:
                    took_ms = self.lookout.done(watched)
                    if self._learnt_s is not None and took_ms is not None:
                        self._learnt_s.append(took_ms / 1000)
                    self._provider.found(job)
                    return
                self.lookout.answered(watched)

    async def _turn(self, job: Job, watched: Watched) -> None:
        while not watched.turn.is_set():
            waits = [asyncio.create_task(event.wait()) for event in (watched.turn, job.news)]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()
            if job.news.is_set():
                job.news.clear()
                self.lookout.nudge(watched)

    def _report(self, job: Job) -> None:
        """Let a webhook come a moment after the end, if it is not lost."""

        def arrive() -> None:
            self.pulse.heard()
            job.news.set()

        if self._random.random() >= self.reports_lost:
            delay_s = job.done_s - job.began_s + self._random.expovariate(1 / REPORT_S)
            asyncio.get_running_loop().call_later(delay_s, arrive)


class Rival:
    """Every job looks for itself."""

    def __init__(self, provider: Provider, gaps: Gaps) -> None:
        self._provider = provider
        self._gaps = gaps
        self._random = random.Random(7)

    async def start(self) -> Job:
        """Start a job, asking every two seconds."""
        asked_s = asyncio.get_running_loop().time()
        while self._provider.take(Ask.START) is None:  # noqa: ASYNC110 that is how they do it
            await asyncio.sleep(2)
        waited_s = asyncio.get_running_loop().time() - asked_s
        self._provider.figures.start_waits_s.append(waited_s)
        return self._provider.accept()

    async def follow(self, job: Job) -> None:
        """Look again and again."""
        for gap_s in self._gaps(self._random):
            await asyncio.sleep(gap_s)
            allowed = self._provider.take(Ask.LOOK) is not None
            if allowed and asyncio.get_running_loop().time() >= job.done_s:
                self._provider.found(job)
                return


def fixed(gap_s: float) -> Gaps:
    """The same gap each time, the first one shifted so that jobs are not in step."""
    return lambda _: itertools.repeat(gap_s)


def growing(first_s: float, factor: float, longest_s: float) -> Gaps:
    """Gaps that grow by a factor, a tenth of each by chance."""

    def gaps(chance: random.Random) -> Iterator[float]:
        gap_s = first_s
        while True:
            yield gap_s * chance.uniform(0.9, 1.1)
            gap_s = min(gap_s * factor, longest_s)

    return gaps
