import asyncio

import pytest

from storage import audit, jobs, ledger, people
from storage.database import Body, Conflict, Statement, Store
from storage.records import Balance, EntryKind, JobId, PersonId, Receipt
from tests.builders import NOW, a_new_job


async def a_person(store: Store, credits: int, discord_id: int = 500) -> PersonId:
    def body() -> Body[PersonId]:
        person = yield from people.resolve(discord_id, NOW)
        yield from ledger.issue(
            person=person, ref=f"grant:{discord_id}", kind=EntryKind.GRANT, amount=credits, now=NOW
        )
        return person

    return await store.write(body())


async def a_held_job(store: Store, person: PersonId, hold: int) -> JobId:
    def body() -> Body[JobId]:
        job = yield from jobs.enqueue(
            a_new_job(person, hold=hold), queue_cap=1_000, frames_cap=10**9
        )
        assert job is not None
        if not (yield from ledger.hold(person=person, job=job, amount=hold, now=NOW)):
            raise LookupError("not enough")
        return job

    return await store.write(body())


async def test_of_200_concurrent_spends_on_10_credits_exactly_10_go_through(store: Store) -> None:
    person = await a_person(store, 10)
    results = await asyncio.gather(
        *(a_held_job(store, person, 1) for _ in range(200)), return_exceptions=True
    )
    assert sum(not isinstance(result, BaseException) for result in results) == 10
    assert sum(isinstance(result, LookupError) for result in results) == 190
    assert await store.read(ledger.balance(person)) == Balance(available=0, held=10)
    assert await store.read(audit.broken()) == []


async def test_a_charge_takes_from_the_hold_and_returns_the_rest(store: Store) -> None:
    person = await a_person(store, 20)
    job = await a_held_job(store, person, 12)
    await store.write(ledger.settle(person=person, job=job, held=12, charge=9, now=NOW))
    assert await store.read(ledger.receipt(job)) == Receipt(held=12, charged=9, returned=3)
    assert await store.read(ledger.balance(person)) == Balance(available=11, held=0)


async def test_a_release_returns_all_and_happens_once(store: Store) -> None:
    person = await a_person(store, 20)
    job = await a_held_job(store, person, 12)
    await store.write(ledger.release(person=person, job=job, amount=12, now=NOW))
    assert await store.read(ledger.receipt(job)) == Receipt(held=12, charged=0, returned=12)
    with pytest.raises((Conflict, ValueError)):
        await store.write(ledger.release(person=person, job=job, amount=12, now=NOW))
    assert await store.read(ledger.balance(person)) == Balance(available=20, held=0)


async def test_a_settled_job_cannot_be_released_with_another_job_s_hold(store: Store) -> None:
    person = await a_person(store, 20)
    first = await a_held_job(store, person, 6)
    await a_held_job(store, person, 6)
    await store.write(ledger.settle(person=person, job=first, held=6, charge=6, now=NOW))
    with pytest.raises(Conflict, match="more than was held"):
        await store.write(ledger.release(person=person, job=first, amount=6, now=NOW))
    assert await store.read(ledger.balance(person)) == Balance(available=8, held=6)


async def test_credits_are_issued_once_for_each_reason(store: Store) -> None:
    person = await a_person(store, 20)
    for _ in range(3):
        await a_person(store, 20)
    assert await store.read(ledger.balance(person)) == Balance(available=20, held=0)


async def test_nobody_can_be_charged_more_than_was_held(store: Store) -> None:
    person = await a_person(store, 20)
    job = await a_held_job(store, person, 5)
    with pytest.raises(ValueError, match="never more"):
        await store.write(ledger.settle(person=person, job=job, held=5, charge=6, now=NOW))


@pytest.mark.parametrize(
    "sql", ["UPDATE entry SET amount = 1", "DELETE FROM entry", "UPDATE entry SET at = 0"]
)
async def test_the_database_itself_refuses_to_change_the_past(store: Store, sql: str) -> None:
    await a_person(store, 20)
    with pytest.raises(Conflict, match="append-only"):
        await store.write(_run(sql))


@pytest.mark.parametrize("kind", ["available", "held"])
async def test_no_balance_of_a_person_can_go_below_zero(store: Store, kind: str) -> None:
    await a_person(store, 20)
    with pytest.raises(Conflict):
        await store.write(
            _run(f"UPDATE account SET balance = -1 WHERE kind = '{kind}' AND person_id > 1")
        )


def _run(sql: str) -> Body[None]:
    yield Statement(sql)
