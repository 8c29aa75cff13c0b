"""Places in line are the order in which jobs are really taken up."""

import random
from dataclasses import replace

import pytest

from storage import jobs, lanes, people, replies, waiting
from storage.database import Statement, Store, single
from storage.records import CallState, JobId, JobState, PersonId, Reply
from tests.builders import A_REPLY, NOW, a_new_job


async def queue(store: Store, person: PersonId, reply: Reply = A_REPLY) -> JobId:
    order = a_new_job(person, hold=0, price_micro=0)
    job = await store.write(jobs.enqueue(order, queue_cap=99, frames_cap=10**9))
    assert job is not None
    await store.write(replies.keep(job, reply, offer_at=reply.token_until))
    return job


async def places(store: Store) -> list[JobId]:
    found = await store.read(waiting.posted())
    line = {one.ahead: one.job for one in found if one.state is JobState.QUEUED}
    assert sorted(line) == list(range(len(line)))
    return [line[place] for place in sorted(line)]


@pytest.mark.parametrize("seed", range(4))
async def test_jobs_are_taken_up_in_the_order_of_their_places(store: Store, seed: int) -> None:
    await store.write(lanes.set_caps(running=1, lane=1))
    draw = random.Random(seed)
    members = [await store.write(people.resolve(500 + n, NOW)) for n in range(5)]
    for _ in range(6):
        await queue(store, draw.choice(members))
    for _ in range(30):
        if draw.random() < 0.6:
            await queue(store, draw.choice(members))
        expected = await places(store)
        job = await store.write(jobs.claim(owner="me", lease_until=NOW + 60_000, now=NOW))
        assert (job.id if job else None) == (expected[0] if expected else None)
        if job is not None:
            assert await store.write(jobs.fail(job, reason="x", incident=None, now=NOW))
    left = await places(store)
    served = []
    for _ in left:
        job = await store.write(jobs.claim(owner="me", lease_until=NOW + 60_000, now=NOW))
        assert job is not None
        served.append(job.id)
        assert await store.write(jobs.fail(job, reason="x", incident=None, now=NOW))
    assert served == left


async def test_a_member_whose_video_is_being_made_comes_a_round_later(store: Store) -> None:
    await store.write(lanes.set_caps(running=1, lane=1))
    first, second = [await store.write(people.resolve(500 + n, NOW)) for n in range(2)]
    mine = [await queue(store, first) for _ in range(2)]
    assert await store.write(jobs.claim(owner="me", lease_until=NOW + 60_000, now=NOW))
    other = await queue(store, second)
    assert await places(store) == [other, mine[1]]


async def test_only_open_jobs_with_a_message_are_posted(store: Store) -> None:
    person = await store.write(people.resolve(501, NOW))
    shown = await queue(store, person)
    hidden = await queue(store, person, replace(A_REPLY, message_id=None))
    job = await store.read(jobs.get(hidden))
    assert job is not None
    found = await store.read(waiting.posted())
    assert [(one.job, one.ahead, one.channel_id) for one in found] == [(shown, 0, 7)]
    shown_job = await store.read(jobs.get(shown))
    assert shown_job is not None
    assert await store.write(jobs.cancel(shown_job, now=NOW))
    assert await store.read(waiting.posted()) == []
    assert await store.read(waiting.posted_of(shown)) is None


@pytest.mark.parametrize(
    ("reply", "has_token", "bot_may_edit"),
    [
        (A_REPLY, True, True),
        (replace(A_REPLY, token=None), False, True),
        (replace(A_REPLY, ephemeral=True), True, False),
        (replace(A_REPLY, bot_is_present=False), True, False),
    ],
)
async def test_the_routes_to_a_message_are_told(
    store: Store, reply: Reply, has_token: bool, bot_may_edit: bool
) -> None:
    person = await store.write(people.resolve(501, NOW))
    one = await store.read(waiting.posted_of(await queue(store, person, reply)))
    assert one is not None
    assert (one.has_token, one.bot_may_edit, one.call) == (has_token, bot_may_edit, None)


async def test_the_latest_call_is_told_with_its_job(store: Store) -> None:
    person = await store.write(people.resolve(501, NOW))
    job = await queue(store, person)
    for attempt, state in ((1, CallState.FAILED), (2, CallState.STARTED)):
        values: dict[str, str | int | bytes | float | None] = {
            "job": job,
            "attempt": attempt,
            "state": state,
            "hook": f"hook-{attempt}",
        }
        await store.write(
            single(
                Statement(
                    "INSERT INTO call (job_id, stage, attempt, engine, model, state, fence,"
                    " price_micro, hook, hook_secret, intent_at) VALUES (:job, 'render', :attempt,"
                    " 'deapi', 'm', :state, 0, 0, :hook, 's', 0)",
                    values,
                )
            )
        )
    one = await store.read(waiting.posted_of(job))
    assert one is not None
    assert one.call is CallState.STARTED
