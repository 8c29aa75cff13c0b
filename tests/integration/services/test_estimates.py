"""What members are told about when their video will be there, over real rows."""

from dataclasses import dataclass

import pytest

from bot.services.estimates import Estimate, Estimates
from bot.services.times import DISTANT, Times
from storage import calls, jobs, lanes, people, timings
from storage.database import Body, Store
from storage.records import Job, JobId, Mode, Timing
from tests.builders import NOW, a_new_job
from tests.fakes.clock import StillClock
from tests.stateful import moves


@dataclass(slots=True)
class House:
    store: Store
    clock: StillClock
    times: Times
    estimates: Estimates

    async def ask(self, discord_id: int) -> JobId:
        person = await self.store.write(people.resolve(discord_id, NOW))
        new = a_new_job(person, hold=0)
        return await self.store.write(moves.submit(new, queue_cap=100, frames_cap=10**9))

    async def begin(self) -> Job:
        def body() -> Body[Job]:
            job = yield from jobs.claim(owner="me", lease_until=NOW, now=NOW)
            assert job is not None
            call = yield from moves.intend(job, f"hook-{job.id}")
            assert call is not None
            yield from calls.started(call, handle=f"handle-{job.id}", now=self.clock.at_ms)
            return job

        return await self.store.write(body())

    async def told(self, job: JobId) -> Estimate:
        estimate = await self.estimates.of(job)
        assert estimate is not None
        assert estimate.earliest_at_ms <= estimate.likely_at_ms <= estimate.latest_at_ms
        return estimate


@pytest.fixture
async def house(store: Store) -> House:
    await store.write(lanes.set_caps(running=1, lane=1))
    clock, times = StillClock(), Times(store, {"deapi": DISTANT})
    return House(store, clock, times, Estimates(store, clock, times))


async def test_there_is_nothing_to_tell_of_a_job_that_is_unknown_or_over(house: House) -> None:
    assert await house.estimates.of(JobId(99)) is None
    await house.ask(1)
    job = await house.begin()
    await house.store.write(jobs.fail(job, reason="unexpected", incident=None, now=NOW))
    assert await house.estimates.of(job.id) is None


async def test_whoever_waits_behind_others_is_told_so(house: House) -> None:
    told = []
    for member in range(1, 4):
        told.append(await house.told(await house.ask(member)))
    likely_s = [(one.likely_at_ms - NOW) / 1000 for one in told]
    assert likely_s[0] == pytest.approx(50, rel=0.3)
    assert likely_s[1] > likely_s[0] + 40
    assert likely_s[2] > likely_s[1] + 40


async def test_a_running_job_moves_on_and_is_late_past_nine_of_ten(house: House) -> None:
    job = await house.ask(1)
    await house.begin()
    fresh = await house.told(job)
    assert not fresh.late
    house.clock.at_ms += 60_000
    older = await house.told(job)
    assert older.likely_at_ms > fresh.likely_at_ms
    assert not older.late
    house.clock.at_ms += 60_000
    late = await house.told(job)
    assert late.late
    assert late.likely_at_ms > house.clock.at_ms


async def test_a_job_that_was_put_off_is_reckoned_from_its_time(house: House) -> None:
    await house.ask(1)
    job = await house.begin()
    until = NOW + 600_000
    await house.store.write(jobs.delay(job, until=until, reason="engine_busy", now=NOW))
    assert (await house.told(job.id)).earliest_at_ms > until


async def test_measured_times_change_what_is_told_at_once_and_after_a_restart(
    house: House,
) -> None:
    job = await house.ask(1)
    before = await house.told(job)
    quick = Timing(engine="deapi", mode=Mode.TEXT, frames=121, took_ms=9_000, whole_ms=10_000)
    for _ in range(60):
        await house.store.write(timings.note(quick))
        house.times.note(quick)
    after = await house.told(job)
    assert after.likely_at_ms < before.likely_at_ms - 25_000
    reopened = Estimates(house.store, house.clock, Times(house.store, {"deapi": DISTANT}))
    assert await reopened.of(job) == after


async def test_only_the_latest_few_hundred_times_of_a_kind_are_kept(house: House) -> None:
    def body() -> Body[list[Timing]]:
        for number in range(timings.MOST + 20):
            yield from timings.note(
                Timing(engine="deapi", mode=Mode.TEXT, frames=49, took_ms=1 + number, whole_ms=9)
            )
        yield from timings.note(
            Timing(engine="deapi", mode=Mode.AUDIO, frames=49, took_ms=5, whole_ms=9)
        )
        return (yield from timings.of_engine("deapi"))

    kept = await house.store.write(body())
    text = [one.took_ms for one in kept if one.mode is Mode.TEXT]
    assert text == list(range(21, timings.MOST + 21))
    assert len(kept) == timings.MOST + 1
