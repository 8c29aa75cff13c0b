"""Cards are composed from rows of the moment, and trouble with one costs only that one."""

from dataclasses import replace

import pytest

from bot.domain.notice import Stage
from bot.services.estimates import Estimate, Estimates
from bot.services.events import Bus, Ended, Progressed, Queued, Started
from bot.services.times import Times
from bot.services.waiting import Waiting
from storage import jobs, lanes, people, replies
from storage.database import Store
from storage.records import Job, JobId, PersonId, Reply
from tests.builders import A_REPLY, NOW, a_new_job
from tests.fakes.clock import StillClock


class Fickle(Estimates):
    """Estimates that fail for one job."""

    async def of(self, job: JobId) -> Estimate | None:
        if job == 1:
            raise ArithmeticError("no time for this one")
        return await super().of(job)


class Desk:
    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.bus = store, StillClock(), Bus()
        estimates = Fickle(store, self.clock, Times(store, {}))
        self.waiting = Waiting(store, self.clock, self.bus, estimates)

    async def queue(self, person: PersonId, reply: Reply = A_REPLY) -> JobId:
        order = a_new_job(person, hold=0, price_micro=0)
        job = await self.store.write(jobs.enqueue(order, queue_cap=99, frames_cap=10**9))
        assert job is not None
        await self.store.write(replies.keep(job, reply, offer_at=reply.token_until))
        self.bus.publish(Queued(job))
        return job

    async def claim(self) -> Job:
        until = self.clock.at_ms + 60_000
        job = await self.store.write(jobs.claim(owner="me", lease_until=until, now=NOW))
        assert job is not None
        self.bus.publish(Started(job.id))
        return job

    async def due(self, seconds: float = 10) -> list[JobId]:
        self.clock.at_ms += round(seconds * 1000)
        return await self.waiting.due()

    async def show(self, job: JobId) -> Stage | None:
        bulletin = await self.waiting.bulletin(job)
        if bulletin is None:
            return None
        self.waiting.shown(bulletin)
        return bulletin.notice.stage


@pytest.fixture
async def desk(store: Store) -> Desk:
    await store.write(lanes.set_caps(running=1, lane=1))
    return Desk(store)


@pytest.fixture
async def person(desk: Desk) -> PersonId:
    return await desk.store.write(people.resolve(501, NOW))


async def test_a_job_without_a_time_still_tells_its_stage(desk: Desk, person: PersonId) -> None:
    first = await desk.queue(person)
    second = await desk.queue(person, replace(A_REPLY, channel_id=9))
    assert await desk.due() == [first, second]
    for job, has_time in ((first, False), (second, True)):
        bulletin = await desk.waiting.bulletin(job)
        assert bulletin is not None
        assert bulletin.notice.stage is Stage.IN_LINE
        assert (bulletin.notice.forecast is not None) is has_time


async def test_the_text_is_that_of_the_moment_not_of_the_decision(
    desk: Desk, person: PersonId
) -> None:
    job = await desk.queue(person)
    assert await desk.due() == [job]
    await desk.claim()
    assert await desk.show(job) is Stage.MAKING


async def test_nothing_is_said_of_a_job_that_ended_meanwhile(desk: Desk, person: PersonId) -> None:
    job = await desk.queue(person)
    assert await desk.due() == [job]
    claimed = await desk.claim()
    await desk.store.write(jobs.fail(claimed, reason="x", incident=None, now=NOW))
    desk.bus.publish(Ended(job))
    assert await desk.show(job) is None
    assert await desk.due() == []


async def test_a_second_attempt_begins_without_the_progress_of_the_first(
    desk: Desk, person: PersonId
) -> None:
    job = await desk.queue(person)
    claimed = await desk.claim()
    for fraction in (0.5, 0.3):
        desk.bus.publish(Progressed(job, fraction))
    bulletin = await desk.waiting.bulletin(job)
    assert bulletin is not None
    assert bulletin.notice.percent == 50, "late news do not turn a bar back"
    await desk.store.write(jobs.delay(claimed, until=NOW, reason="engine_failed", now=NOW))
    await desk.store.write(jobs.wake(NOW))
    await desk.claim()
    bulletin = await desk.waiting.bulletin(job)
    assert bulletin is not None
    assert bulletin.notice.bar is None


async def test_the_token_is_left_before_it_dies_and_without_a_route_nothing_is_tried(
    desk: Desk, person: PersonId
) -> None:
    here = await desk.queue(person)
    away = await desk.queue(person, replace(A_REPLY, bot_is_present=False, channel_id=9))
    assert await desk.due() == [here, away]
    bulletin = await desk.waiting.bulletin(here)
    assert bulletin is not None
    assert bulletin.by_token
    desk.clock.at_ms = A_REPLY.token_until - 10_000
    bulletin = await desk.waiting.bulletin(here)
    assert bulletin is not None
    assert not bulletin.by_token
    assert await desk.waiting.bulletin(away) is None


async def test_a_button_that_is_the_last_way_to_a_video_is_left_alone(
    desk: Desk, person: PersonId
) -> None:
    alone = replace(A_REPLY, bot_is_present=False, offered=True)
    resting, moving = await desk.queue(person, alone), await desk.queue(person)
    assert await desk.due() == [moving]
    assert await desk.waiting.bulletin(resting) is None


async def test_a_token_that_died_early_is_not_tried_again(desk: Desk, person: PersonId) -> None:
    job = await desk.queue(person)
    assert await desk.due() == [job]
    desk.waiting.lost_token(job)
    assert await desk.due() == [job]
    bulletin = await desk.waiting.bulletin(job)
    assert bulletin is not None
    assert not bulletin.by_token
