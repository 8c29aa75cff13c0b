"""What the store can do: durable jobs a second, what 32 clients do to the event loop, claims.

Every transaction is the product's own: enqueue with limits and hold; claim; and the end of a job
with intent, handle, charge, video and delivery. Figures are ratios within one run, from medians;
absolute ones depend on the disk. The claim is measured on houses of 10,000 members with a
thousand to a million jobs queued, in turns.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from storage import calls, jobs, lanes, migrate, people
from storage.database import Body, Database, Statement, Store
from storage.records import Job, PersonId
from tests.builders import NOW, a_new_job
from tests.stateful import moves

CLIENTS = 32
ROUNDS = 9
JOBS_A_CLIENT = 12
MEMBERS = 10_000
SIZES = (1_000, 10_000, 100_000, 1_000_000)
CLAIMS = 60
GOAL = 2.0


async def main() -> int:
    """Print the figures; 1 if the claim grows with the queue."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talkie.db"
        async with Database(path) as writer:
            await migrate.upgrade(writer)
            async with Database(path, readonly=True) as reader:
                store = Store(writer, reader)
                await store.write(lanes.set_caps(running=10**9, lane=10**6))
                await measure_clients(store)
    with tempfile.TemporaryDirectory() as folder:
        return await measure_claims(Path(folder))


async def measure_clients(store: Store) -> None:
    """Jobs a second from enqueue to end, and how late a sleeper of 1 ms wakes meanwhile."""
    members = [await store.write(a_rich_person(number)) for number in range(CLIENTS)]
    rates: list[float] = []
    p99_ms: dict[int, list[float]] = {0: [], 1: [], CLIENTS: []}
    for _ in range(ROUNDS):
        for clients, found in p99_ms.items():
            lags: list[float] = []
            sleeper = asyncio.create_task(note_lags(lags))
            began = time.perf_counter()
            if clients:
                await asyncio.gather(*(live(store, who) for who in members[:clients]))
            else:
                await asyncio.sleep(1.0)
            if clients == CLIENTS:
                rates.append(CLIENTS * JOBS_A_CLIENT / (time.perf_counter() - began))
            sleeper.cancel()
            found.append(percentile(lags, 99))
    say(f"{'clients':>10}{'lag p99 ms':>12}{'x idle':>8}   (a sleep of 1 ms, {ROUNDS} rounds)")
    idle_ms = statistics.median(p99_ms[0])
    for clients, found in p99_ms.items():
        lag_ms = statistics.median(found)
        say(f"{clients or 'idle':>10}{lag_ms:12.2f}{lag_ms / idle_ms:8.1f}")
    say(f"durable jobs, enqueue + claim + end, {CLIENTS} clients: {statistics.median(rates):.0f}/s")


async def live(store: Store, who: PersonId) -> None:
    """One client: asks, claims whatever is next, and ends it, each a transaction of its own."""
    for _ in range(JOBS_A_CLIENT):
        await store.write(moves.submit(a_new_job(who, hold=5), queue_cap=10**6, frames_cap=10**12))
        job = await store.write(jobs.claim(owner="me", lease_until=NOW, now=NOW))
        if job is not None:
            await store.write(end(job))


def end(job: Job) -> Body[None]:
    """From the intent to the end in one transaction."""
    call = yield from moves.intend(job, f"hook-{job.id}")
    started = (yield from moves.begin(job, call, f"handle-{job.id}")) if call else None
    done = (yield from calls.rendered(started, charged_micro=None)) if started else None
    if done is None:
        raise RuntimeError("a job was not this client's to end")
    yield from moves.finish(job, done)


def a_rich_person(number: int) -> Body[PersonId]:
    person = yield from people.resolve(1_000 + number, NOW)
    yield from moves.grant(person, number, 10**6)
    return person


async def note_lags(lags: list[float]) -> None:
    """How many milliseconds too late a sleep of one millisecond ends, again and again."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        lags.append((time.perf_counter() - began) * 1000 - 1.0)


async def measure_claims(folder: Path) -> int:
    """Claims at each size of the queue, in turns: the median of the rounds' ratios."""
    async with AsyncExitStack() as stack:
        houses = {}
        for size in SIZES:
            writer = await stack.enter_async_context(Database(folder / f"{size}.db"))
            await migrate.upgrade(writer)
            await writer.run(lanes.set_caps(running=10**9, lane=10**6))
            await writer.run(settle_members())
            await writer.run(fill(size))
            houses[size] = writer
        rounds = [{size: await claim_us(houses[size]) for size in SIZES} for _ in range(ROUNDS)]
    say(f"{'queued':>10}{'claim us':>10}{'x first':>9}   ({MEMBERS} members, {ROUNDS} rounds)")
    ratios = {}
    for size in SIZES:
        ratios[size] = statistics.median(each[size] / each[SIZES[0]] for each in rounds)
        typical_us = statistics.median(each[size] for each in rounds)
        say(f"{size:10}{typical_us:10.0f}{ratios[size]:9.2f}")
    say(f"worst ratio {max(ratios.values()):.2f}, goal {GOAL:.1f}")
    return int(max(ratios.values()) > GOAL)


async def claim_us(writer: Database) -> float:
    """The median of some claims, in microseconds."""
    found = []
    for _ in range(CLAIMS):
        began = time.perf_counter()
        await writer.run(claim_next())
        found.append((time.perf_counter() - began) * 1e6)
    return statistics.median(found)


def claim_next() -> Body[None]:
    job = yield from jobs.claim(owner="me", lease_until=NOW, now=NOW)
    if job is None:
        raise RuntimeError("nothing was queued")


def settle_members() -> Body[None]:
    """Members with a lane, in bulk."""
    yield Statement(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :members)"
        " INSERT INTO person (discord_id, created_at) SELECT 10000 + i, 0 FROM n",
        {"members": MEMBERS},
    )
    yield Statement(
        "INSERT INTO lane (person_id, running_cap)"
        " SELECT id, 1000000 FROM person WHERE discord_id IS NOT NULL"
    )


def fill(count: int) -> Body[None]:
    """Queued jobs in bulk: the first member has three tenths of them, the rest are spread."""
    yield Statement(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
        " INSERT INTO job (person_id, state, mode, prompt, shape, size, width, height,"
        " kept_height, frames, seed, engine, model, folder, price_micro, hold, created_at)"
        " SELECT iif(i % 10 < 3, 2, 2 + i % :members), 'queued', 'text', 'a quiet harbour',"
        " 'wide', 'standard', 896, 512, 512, 121, 7, 'deapi', 'model',"
        " 'f' || (i + (SELECT coalesce(max(id), 0) FROM job)), 0, 0, 0 FROM n",
        {"count": count, "members": MEMBERS},
    )
    yield Statement(
        "UPDATE lane SET queued = q.jobs, queued_frames = q.frames FROM (SELECT person_id,"
        " count(*) AS jobs, sum(frames) AS frames FROM job WHERE state = 'queued'"
        " GROUP BY person_id) AS q WHERE q.person_id = lane.person_id"
    )


def percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
