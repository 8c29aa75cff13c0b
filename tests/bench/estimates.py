"""Whether members are told honest times: how many videos arrive within the spread they were told.

A house with real rows is played through on a told clock: members ask, jobs are claimed fairly,
clips take lognormal times. `Estimates` is asked when a job is accepted and again when it has run
for a while; its laws are learnt on the way, as in the product.
"""

import asyncio
import heapq
import itertools
import random
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.timing import CLIP
from bot.services.estimates import Estimate, Estimates
from bot.services.times import DISTANT, Times
from storage import calls, jobs, lanes, migrate, people, timings
from storage.database import Body, Database, Store
from storage.records import Job, JobId, PersonId, Timing
from tests.builders import NOW, a_new_job
from tests.fakes.clock import StillClock
from tests.stateful import moves

MEMBERS = 12
JOBS = 600
AT_ONCE = 4
FINISHING_S = 5.0
"""From a clip's being done to the video's: found, fetched and finished."""
AGE_S = 20.0
SEEDS = (1, 2)
WARM = 30
LEAST, MOST = 0.80, 0.95


@dataclass(slots=True)
class Share:
    """How many of the times that were told came true."""

    met: int = 0
    told: int = 0
    off_s: list[float] = field(default_factory=list)

    def note(self, estimate: Estimate, ended_ms: int) -> None:
        self.told += 1
        self.met += estimate.earliest_at_ms <= ended_ms <= estimate.latest_at_ms
        self.off_s.append(abs(ended_ms - estimate.likely_at_ms) / 1000)


class Play:
    """One house from the first job to the last."""

    def __init__(self, store: Store, seed: int, a_minute: float) -> None:
        self._store = store
        self._random = random.Random(seed)
        self._a_minute = a_minute
        self._clock = StillClock()
        self._times = Times(store, {"deapi": DISTANT})
        self._estimates = Estimates(store, self._clock, self._times)
        self._events: list[tuple[int, int, str, JobId | Job | None]] = []
        self._order = itertools.count()
        self._accepted: dict[JobId, Estimate] = {}
        self._running: dict[JobId, Estimate] = {}
        self.waiting = Share()
        self.running = Share()

    async def run(self) -> None:
        members = [await self._store.write(_a_member(number)) for number in range(MEMBERS)]
        at_ms = NOW
        for _ in range(JOBS):
            at_ms += round(self._random.expovariate(self._a_minute / 60) * 1000)
            self._plan(at_ms, "asked", None)
        while self._events:
            self._clock.at_ms, _, what, about = heapq.heappop(self._events)
            if what == "asked":
                await self._ask(self._random.choice(members))
            elif what == "seen" and isinstance(about, int):
                await self._see(about)
            elif isinstance(about, Job):
                await self._end(about)
            await self._claim()

    def _plan(self, at_ms: int, what: str, about: JobId | Job | None) -> None:
        heapq.heappush(self._events, (at_ms, next(self._order), what, about))

    async def _ask(self, member: PersonId) -> None:
        new = a_new_job(member, hold=0, created_at=self._clock.at_ms)
        job = await self._store.write(moves.submit(new, queue_cap=10**6, frames_cap=10**12))
        estimate = await self._estimates.of(job)
        assert estimate is not None
        self._accepted[job] = estimate

    async def _claim(self) -> None:
        now = self._clock.at_ms
        while job := await self._store.write(jobs.claim(owner="me", lease_until=now, now=now)):
            await self._store.write(_begin(job, now))
            took_s = CLIP.quantile_s(self._random.uniform(1e-9, 1 - 1e-9))
            self._plan(now + round((took_s + FINISHING_S) * 1000), "ended", job)
            self._plan(now + round(AGE_S * 1000), "seen", job.id)

    async def _see(self, job: JobId) -> None:
        estimate = await self._estimates.of(job)
        if estimate is not None:
            self._running[job] = estimate

    async def _end(self, job: Job) -> None:
        now = self._clock.at_ms
        timing = await self._store.write(_finish(job, now))
        self._times.note(timing)
        if job.id <= WARM:
            return
        self.waiting.note(self._accepted[job.id], now)
        if job.id in self._running:
            self.running.note(self._running[job.id], now)


def _a_member(number: int) -> Body[PersonId]:
    return (yield from people.resolve(1_000 + number, NOW))


def _begin(job: Job, now: int) -> Body[None]:
    call = yield from moves.intend(job, f"hook-{job.id}")
    assert call is not None
    yield from calls.started(call, handle=f"handle-{job.id}", now=now)


def _finish(job: Job, now: int) -> Body[Timing]:
    call = yield from calls.latest(job.id)
    assert call is not None
    assert call.started_at is not None
    rendered = yield from calls.rendered(call, charged_micro=None)
    assert rendered is not None
    yield from calls.finished(rendered, now=now)
    yield from jobs.succeed(job, charge=0, now=now)
    whole_ms = now - call.started_at
    timing = Timing(
        engine=job.engine,
        mode=job.mode,
        frames=job.frames,
        took_ms=round(whole_ms - FINISHING_S * 1000),
        whole_ms=whole_ms,
    )
    yield from timings.note(timing)
    return timing


async def play(seed: int, a_minute: float) -> Play:
    """One course of events in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talkie.db"
        async with Database(path) as writer:
            await migrate.upgrade(writer)
            async with Database(path, readonly=True) as reader:
                store = Store(writer, reader)
                await store.write(lanes.set_caps(running=AT_ONCE, lane=1))
                house = Play(store, seed, a_minute)
                await house.run()
                return house


async def main() -> int:
    """Print the shares; 1 if one of them is not as promised."""
    bad = 0
    for name, a_minute in (("quiet", 1.0), ("busy", 3.0), ("crowded", 3.9)):
        for seed in SEEDS:
            house = await play(seed, a_minute)
            for what, share in (("accepted", house.waiting), ("running", house.running)):
                part = share.met / share.told
                is_met = LEAST <= part <= MOST
                bad += not is_met
                off_s = sorted(share.off_s)[len(share.off_s) // 2]
                sys.stdout.write(
                    f"{name:8} seed {seed}  told when {what:9} {part:6.1%} of {share.told} met,"
                    f" median off by {off_s:5.1f} s, goal 80-95 %"
                    f"  {'met' if is_met else 'MISSED'}\n"
                )
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
