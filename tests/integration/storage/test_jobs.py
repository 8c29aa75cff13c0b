import dataclasses

import pytest

from bot.services.pauses import Pauses
from storage import audit, calls, jobs, lanes, limits, pauses, people, versions
from storage.belongings import RewritingState
from storage.database import Body, Conflict, Store
from storage.records import Call, CallState, Job, JobId, JobState, PersonId
from tests.builders import NOW, a_new_job
from tests.fakes.clock import Clock


def intended(job: Job) -> Body[Call | None]:
    hook = f"hook-{job.id}-{job.fence}"
    return calls.intend(job, hook=hook, hook_secret="s" * 32, balance_before=None, now=NOW)


async def a_person(store: Store, discord_id: int) -> PersonId:
    return await store.write(people.resolve(discord_id, NOW))


async def queue(store: Store, person: PersonId, count: int = 1) -> list[JobId]:
    ids = []
    for _ in range(count):
        job = await store.write(
            jobs.enqueue(
                a_new_job(person, hold=0, price_micro=0), queue_cap=1_000, frames_cap=10**9
            )
        )
        assert job is not None
        ids.append(job)
    return ids


async def claim(store: Store, owner: str = "me") -> Job | None:
    return await store.write(jobs.claim(owner=owner, lease_until=NOW + 60_000, now=NOW))


async def finish(store: Store, job: Job) -> None:
    assert await store.write(jobs.fail(job, reason="x", incident=None, now=NOW))


async def test_members_take_turns_and_a_flood_delays_others_by_one_job(store: Store) -> None:
    await store.write(lanes.set_caps(running=1, lane=1))
    flooder, other = await a_person(store, 501), await a_person(store, 502)
    await queue(store, flooder, 50)
    first = await claim(store)
    assert first is not None
    [wanted] = await queue(store, other)
    await finish(store, first)
    served = []
    for _ in range(3):
        job = await claim(store)
        assert job is not None
        served.append(job.person_id)
        await finish(store, job)
    assert served == [other, flooder, flooder]
    assert wanted


async def test_a_member_s_own_jobs_keep_their_order(store: Store) -> None:
    person = await a_person(store, 501)
    ids = await queue(store, person, 3)
    claimed = [await claim(store), await claim(store)]
    assert [job.id for job in claimed if job] == ids[:2]


async def test_caps_hold_for_a_member_and_for_the_whole_house(store: Store) -> None:
    for discord_id in (501, 502, 503):
        await queue(store, await a_person(store, discord_id), 5)
    claimed = [await claim(store) for _ in range(10)]
    running = [job for job in claimed if job is not None]
    assert len(running) == 4
    assert max(sum(job.person_id == p for job in running) for p in (2, 3, 4)) == 2
    assert await store.read(audit.broken()) == []


async def test_a_full_queue_refuses_and_writes_nothing(store: Store) -> None:
    person = await a_person(store, 501)
    await queue(store, person, 2)
    assert await store.write(jobs.enqueue(a_new_job(person), queue_cap=2, frames_cap=10**9)) is None
    assert len(await store.read(jobs.of_person(person, 10))) == 2


async def test_one_interaction_makes_one_job(store: Store) -> None:
    person = await a_person(store, 501)
    new = a_new_job(person)
    first = await store.write(jobs.enqueue(new, queue_cap=9, frames_cap=10**9))
    again = dataclasses.replace(new, folder="another")
    with pytest.raises(Conflict):
        await store.write(jobs.enqueue(again, queue_cap=9, frames_cap=10**9))
    assert new.interaction_id is not None
    assert await store.read(jobs.by_interaction(new.interaction_id)) == first


async def test_a_delayed_job_leaves_the_lane_until_it_is_due(store: Store) -> None:
    await store.write(lanes.set_caps(running=1, lane=1))
    person = await a_person(store, 501)
    first, second = await queue(store, person, 2)
    job = await claim(store)
    assert job is not None
    assert job.id == first
    delay = jobs.delay(job, until=NOW + 5_000, reason="engine_busy", now=NOW)
    assert await store.write(delay)
    following = await claim(store)
    assert following is not None
    assert following.id == second
    await finish(store, following)
    assert await store.write(jobs.wake(NOW + 4_999)) == 0
    assert await store.read(jobs.next_due()) == NOW + 5_000
    assert await store.write(jobs.wake(NOW + 5_000)) == 1
    back = await claim(store)
    assert back is not None
    assert (back.id, back.attempts) == (first, 2)


async def test_what_a_clock_put_off_that_was_set_back_since_is_due(store: Store) -> None:
    await queue(store, await a_person(store, 501), 1)
    job = await claim(store)
    assert job is not None
    until = NOW + 5_000
    await store.write(jobs.delay(job, until=until, reason="engine_busy", now=NOW))
    pause = {"engine": "deapi", "mode": "*", "reason": "engine_key"}
    await store.write(pauses.begin(**pause, until=until, now=NOW))
    assert await store.write(jobs.wake(NOW)) == 0
    assert await store.read(pauses.of("deapi", "text", NOW)) is not None
    assert await store.write(jobs.wake(NOW - 1)) == 1
    assert await store.read(pauses.of("deapi", "text", NOW - 1)) is None
    renewed = await store.write(pauses.begin(**pause, until=NOW + 99, now=NOW - 1))
    assert (renewed.until, renewed.failures) == (NOW + 99, 2)


async def test_a_start_tries_an_account_at_once_and_hurries_nothing_else(store: Store) -> None:
    person, until = await a_person(store, 501), NOW + 600_000
    await store.write(lanes.set_caps(running=2, lane=2))
    await queue(store, person, 2)
    for reason in ("engine_key", "engine_down"):
        job = await claim(store)
        assert job is not None
        await store.write(jobs.delay(job, until=until, reason=reason, now=NOW))
    for mode in ("*", "text"):
        pause = pauses.begin(engine="deapi", mode=mode, until=until, reason="engine_key", now=NOW)
        await store.write(pause)
    clock = Clock()
    clock.set_by((NOW + 1_000 - clock.now_ms()) / 1000)
    await Pauses(store, clock).lift()
    assert await store.write(jobs.wake(NOW + 10_000)) == 1
    assert await store.read(pauses.of("deapi", "image", NOW + 10_000)) is None
    assert await store.read(pauses.of("deapi", "text", NOW + 10_000)) is not None
    assert len(await store.read(pauses.untold())) == 1


async def test_a_worker_that_lost_its_lease_can_write_nothing(store: Store) -> None:
    await queue(store, await a_person(store, 501))
    late = await claim(store, "late")
    assert late is not None
    call = await store.write(intended(late))
    assert call is not None
    taken = await store.write(
        jobs.take_over(owner="new", lease_until=NOW + 120_000, before=NOW + 60_001)
    )
    assert [job.id for job in taken] == [late.id]
    assert not await store.write(jobs.succeed(late, charge=0, now=NOW))
    assert not await store.write(jobs.fail(late, reason="x", incident=None, now=NOW))
    assert not await store.write(jobs.delay(late, until=NOW, reason="x", now=NOW))
    assert await store.write(calls.started(call, handle="h", now=NOW)) is None
    assert await store.write(intended(late)) is None
    current = await store.read(calls.latest(late.id))
    assert current is not None
    assert await store.write(calls.started(current, handle="h", now=NOW)) is not None


async def test_a_living_worker_keeps_its_lease(store: Store) -> None:
    await queue(store, await a_person(store, 501))
    assert await claim(store, "alive") is not None
    await store.write(jobs.renew(owner="alive", lease_until=NOW + 120_000))
    assert await store.write(jobs.take_over(owner="new", lease_until=0, before=NOW + 60_001)) == []


async def test_a_job_has_at_most_one_call_under_way(store: Store) -> None:
    await queue(store, await a_person(store, 501))
    job = await claim(store)
    assert job is not None
    assert await store.write(intended(job)) is not None
    with pytest.raises(Conflict):
        await store.write(intended(job))


async def test_no_two_calls_share_a_handle(store: Store) -> None:
    await queue(store, await a_person(store, 501), 2)
    started = []
    for _ in range(2):
        job = await claim(store)
        assert job is not None
        call = await store.write(intended(job))
        assert call is not None
        started.append(call)
    assert await store.write(calls.started(started[0], handle="same", now=NOW)) is not None
    with pytest.raises(Conflict):
        await store.write(calls.started(started[1], handle="same", now=NOW))


async def test_a_call_only_moves_along_its_table(store: Store) -> None:
    await queue(store, await a_person(store, 501))
    job = await claim(store)
    assert job is not None
    call = await store.write(intended(job))
    assert call is not None
    assert await store.write(calls.rendered(call, charged_micro=None)) is None
    assert await store.write(calls.finished(call, now=NOW)) is None
    doubt = await store.write(calls.in_doubt(call, detail="lost answer"))
    assert doubt is not None
    assert doubt.state is CallState.DOUBT
    assert await store.write(calls.not_started(doubt, detail="", now=NOW)) is None
    assert await store.write(calls.started(doubt, handle="h", now=NOW)) is None


async def test_a_started_job_cannot_be_cancelled(store: Store) -> None:
    person = await a_person(store, 501)
    [number] = await queue(store, person)
    queued = await store.read(jobs.get(number))
    assert queued is not None
    assert await claim(store) is not None
    assert not await store.write(jobs.cancel(queued, now=NOW))
    now = await store.read(jobs.get(number))
    assert now is not None
    assert now.state is JobState.ACTIVE


async def test_a_cancelled_job_frees_its_place(store: Store) -> None:
    person = await a_person(store, 501)
    [number] = await queue(store, person)
    job = await store.read(jobs.get(number))
    assert job is not None
    assert await store.write(jobs.cancel(job, now=NOW))
    assert not await store.write(jobs.cancel(job, now=NOW))
    assert await store.read(limits.waiting_of(person)) == 0
    assert await claim(store) is None


async def test_what_was_promised_counts_calls_and_jobs_to_come(store: Store) -> None:
    person = await a_person(store, 501)

    def enqueue(price: int) -> Body[JobId | None]:
        return jobs.enqueue(
            a_new_job(person, price_micro=price, hold=0), queue_cap=9, frames_cap=10**9
        )

    await store.write(enqueue(100))
    await store.write(enqueue(30))
    job = await claim(store)
    assert job is not None
    assert await store.write(intended(job)) is not None
    assert await store.read(limits.promised_micro(engine="deapi", since=NOW - 1)) == 130
    assert await store.read(limits.promised_micro(engine="deapi", since=NOW + 1)) == 30
    assert await store.read(limits.promised_micro(engine="local", since=0)) == 0


async def test_cancelling_a_revived_job_ends_its_call_too(store: Store) -> None:
    [number] = await queue(store, await a_person(store, 501))
    job = await claim(store)
    assert job is not None
    call = await store.write(intended(job))
    assert call is not None
    assert await store.write(calls.in_doubt(call, detail="lost answer")) is not None
    assert await store.write(jobs.fail(job, reason="engine_doubt", incident=None, now=NOW))
    assert await store.write(jobs.revive(number, reason="engine_doubt"))
    assert await store.write(calls.found(call, handle="h", now=NOW)) is not None
    revived = await store.read(jobs.get(number))
    assert revived is not None
    assert await store.write(jobs.cancel(revived, now=NOW))
    ended = await store.read(calls.latest(number))
    assert ended is not None
    assert ended.state is CallState.FAILED


async def test_a_rewriting_is_counted_and_hides_what_a_lost_request_did(store: Store) -> None:
    person = await a_person(store, 502)
    await queue(store, person)
    job = await claim(store)
    assert job is not None
    call = await store.write(intended(job))
    assert call is not None
    assert not await store.read(calls.others_under_way(call))
    number = await store.write(
        versions.intend(
            person, draft=1, words="A gull.", engine="deapi", model="m", price_micro=7, now=NOW
        )
    )
    assert await store.read(calls.others_under_way(call)), "it may move the account as well"
    assert await store.read(limits.promised_micro(engine="deapi", since=NOW)) == 7
    await store.write(versions.end(number, RewritingState.REFUSED, now=NOW - 1))
    assert not await store.read(calls.others_under_way(call))
    assert await store.read(limits.promised_micro(engine="deapi", since=NOW)) == 0
    assert await store.read(versions.latest(1, "A gull.")) is None
    await store.write(versions.sweep(NOW + 1))
    assert await store.read(versions.asked(person, 0)) == 0
