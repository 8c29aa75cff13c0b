"""Honest times: when a video will be there, from what Talkie measured itself."""

import asyncio
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain import outlook
from bot.domain.outlook import House, Lane, Spread, Underway
from bot.services.times import Times
from storage import calls, house, jobs
from storage.database import Body, Store
from storage.house import Asked, Line, Running
from storage.records import Call, CallState, Job, JobId, JobState, Stage

LATE_PART = 0.9
RECENT, FEWEST = 30, 5
"""From so many of the latest jobs it is told how often anybody asks; not from fewer."""
_BEGUN = frozenset({CallState.STARTED, CallState.RENDERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Clock times (milliseconds): the middle of what is expected, and a spread around it.

    `late` says that nine of ten such videos were done by this age.
    """

    likely_at_ms: int
    earliest_at_ms: int
    latest_at_ms: int
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    job: Job
    call: Call | None
    running: list[Running]
    lines: list[Line]
    asked: list[Asked]
    place: int
    cap: int


class Estimates:
    """Tells when jobs will be done."""

    def __init__(self, store: Store, clock: Clock, times: Times) -> None:
        self._store = store
        self._clock = clock
        self._times = times
        self._one_by_one = asyncio.Lock()

    async def of(self, job: JobId) -> Estimate | None:
        """When an open job will be done; None where there is nothing to wait for."""
        standing = await self._store.read(_standing(job))
        if standing is None:
            return None
        now = self._clock.now_ms()
        if standing.job.state is JobState.ACTIVE:
            return await self._of_running(standing.job, standing.call, now)
        since = max(now, standing.job.due_at or now)
        laws = await self._times.of(standing.job.engine, standing.job.mode, standing.job.frames)
        line = await self._house(standing, now)
        # Milliseconds of reckoning, for which nobody else should wait: threads that reckon at the
        # same time end no sooner, and each of them slows the loop.
        async with self._one_by_one:
            spread = await asyncio.to_thread(
                outlook.of_queued, line, standing.job.person_id, standing.place, laws.whole
            )
        return _estimate(spread, since, late=False)

    async def _of_running(self, job: Job, call: Call | None, now: int) -> Estimate:
        laws = await self._times.of(job.engine, job.mode, job.frames)
        age_s = 0.0
        if (
            call is not None
            and call.stage is Stage.RENDER
            and call.state in _BEGUN
            and call.started_at is not None
        ):
            age_s = max(0.0, (now - call.started_at) / 1000)
        late = laws.whole.beyond(age_s) < 1 - LATE_PART
        return _estimate(outlook.of_running(laws.whole, age_s), now, late=late)

    async def _house(self, standing: _Standing, now: int) -> House:
        """The house as the job finds it; a job that waits for its time stands in line again."""
        underway = []
        for one in standing.running:
            laws = await self._times.of(one.engine, one.mode, one.frames)
            age_s = 0.0 if one.started_at is None else max(0.0, (now - one.started_at) / 1000)
            underway.append(Underway(person=one.person, law=laws.whole, age_s=age_s))
        lanes = [_lane(line) for line in standing.lines]
        if standing.job.state is JobState.WAITING:
            underway, lanes = [], []
        if all(lane.person != standing.job.person_id for lane in lanes):
            lanes.append(Lane(person=standing.job.person_id, queued=1, cap=1, turn=0))
        general = await self._times.of_engine(standing.job.engine)
        return House(
            underway=underway,
            lanes=lanes,
            askers=[_lane(asked.line) for asked in standing.asked],
            asked_a_s=_asked_a_s(standing.asked, now),
            cap=standing.cap,
            law=general.whole,
        )


def _lane(line: Line) -> Lane:
    return Lane(person=line.person, queued=line.queued, cap=line.cap, turn=line.turn)


def _asked_a_s(asked: list[Asked], now: int) -> float:
    """How often somebody asks, from the latest who did."""
    if len(asked) < FEWEST:
        return 0.0
    return (len(asked) - 1) / max(1.0, (now - asked[-1].at) / 1000)


def _standing(job_id: JobId) -> Body[_Standing | None]:
    job = yield from jobs.get(job_id)
    if job is None or job.state not in {JobState.QUEUED, JobState.WAITING, JobState.ACTIVE}:
        return None
    if job.state is JobState.ACTIVE:
        call = yield from calls.latest(job_id)
        return _Standing(job=job, call=call, running=[], lines=[], asked=[], place=0, cap=1)
    return _Standing(
        job=job,
        call=None,
        running=(yield from house.running()),
        lines=(yield from house.lines(job)),
        asked=(yield from house.asked(RECENT)),
        place=(yield from house.place(job)) if job.state is JobState.QUEUED else 0,
        cap=(yield from house.cap()),
    )


def _estimate(spread: Spread, since: int, *, late: bool) -> Estimate:
    return Estimate(
        likely_at_ms=since + round(spread.likely_s * 1000),
        earliest_at_ms=since + round(spread.earliest_s * 1000),
        latest_at_ms=since + round(spread.latest_s * 1000),
        late=late,
    )
