"""How long a page of the gallery takes to read, with a thousand videos and with ten thousand.

Both houses have 200 servers, of which each shows a public page. Queries are drawn at random over
servers, orders, modes, shapes, periods, searches and pages, deep ones included; each house is
asked the same ones, after its pages were dropped from SQLite's cache. Full pages are compared
with full pages: that a house with fewer videos fills fewer of them is no merit of its store.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from bot.domain.shapes import Shape
from bot.services import listings
from bot.services.listings import LOTS, Period, Query
from storage import gallery, migrate
from storage.database import Body, Database, Statement, Store, Value, single
from storage.exhibits import Order
from storage.records import Mode
from tests.builders import NOW

SERVERS = 200
MEMBERS = 500
SIZES = (1_000, 10_000)
QUERIES = 3_000
GOAL = 2.0
WORDS = [
    *("harbour", "gull", "kite", "lighthouse", "tram", "bakery", "violin", "heron", "orchard"),
    *("glacier", "market", "fox", "lantern", "bridge", "carousel", "snow", "river", "teapot"),
    *("comet", "accordion", "meadow", "ferry", "clock", "sparrow"),
]


async def main() -> int:
    """Print the figures; 1 if a page of the larger house takes more than twice as long."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = {}
        for size in SIZES:
            path = folder / f"{size}.db"
            writer = await stack.enter_async_context(Database(path))
            await migrate.upgrade(writer)
            reader = await stack.enter_async_context(Database(path, readonly=True))
            stores[size] = Store(writer, reader)
            began = time.perf_counter()
            await stores[size].write(fill(size))
            say(
                f"{size:6} videos: shared in {time.perf_counter() - began:.1f} s, "
                f"{path.stat().st_size / size:.0f} bytes each"
            )
        taken = {size: await measure(stores[size]) for size in SIZES}
    ratios = []
    for kind in taken[SIZES[0]]:
        small, large = (percentile(taken[size][kind], 95) for size in SIZES)
        medians = [statistics.median(taken[size][kind]) for size in SIZES]
        ratios.append(large / small)
        say(
            f"{kind:15} p50 {medians[0]:6.2f} and {medians[1]:6.2f} ms, "
            f"p95 {small:6.2f} and {large:6.2f} ms: {large / small:.2f} times"
        )
    return int(max(ratios) > GOAL)


async def measure(store: Store) -> dict[str, list[float]]:
    """Milliseconds of each query by kind; a walk of pages goes a few steps each time."""
    draw = random.Random(11)
    taken: dict[str, list[float]] = {}
    for _ in range(QUERIES):
        query = a_query(draw)
        kind = "search" if query.search else str(query.order)
        if kind == Order.TOP and query.period is not Period.EVER:
            kind = "top of a period"
        for _ in range(draw.randrange(1, 6)):
            await store.read(single(Statement("PRAGMA shrink_memory")))
            began = time.perf_counter()
            page = await store.read(listings.page(query, now=NOW, pivot=draw.randrange(LOTS)))
            took_ms = (time.perf_counter() - began) * 1000
            if len(page.items) == query.limit:
                taken.setdefault(kind, []).append(took_ms)
            if page.next is None:
                break
            query = replace(query, cursor=page.next)
    return taken


def a_query(draw: random.Random) -> Query:
    order = draw.choice((Order.NEW, Order.TOP, Order.RANDOM))
    words = " ".join(draw.sample(WORDS, draw.choice((1, 2))))
    return Query(
        guild_id=draw.choice((None, 1 + draw.randrange(3), 1 + draw.randrange(SERVERS))),
        order=order,
        mode=draw.choice((None, None, *Mode)),
        shape=draw.choice((None, None, *Shape)),
        period=draw.choice((Period.EVER, Period.EVER, *Period)),
        search=words if draw.random() < 0.3 else None,
        limit=24,
    )


def fill(count: int) -> Body[None]:
    """Shared videos of all servers, a year of them; the first servers have a tenth each."""
    yield Statement(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :members)"
        " INSERT INTO person (discord_id, created_at) SELECT 10000 + i, 0 FROM n",
        {"members": MEMBERS},
    )
    yield Statement(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :servers)"
        " INSERT INTO guild (guild_id, gallery) SELECT i, 'public' FROM n",
        {"servers": SERVERS},
    )
    draw = random.Random(3)
    for number in range(1, count + 1):
        yield from a_share(draw, number, NOW - (count - number) * (365 * 86_400_000 // count))
    for server in range(1, SERVERS + 1):
        yield from gallery.rearrange(server)


def a_share(draw: random.Random, number: int, at: int) -> Body[None]:
    server = 1 + (draw.randrange(3) if draw.random() < 0.3 else draw.randrange(SERVERS))
    values: dict[str, Value] = {
        "number": number,
        "person": 2 + draw.randrange(MEMBERS),
        "guild": server,
        "mode": draw.choice(tuple(Mode)),
        "shape": draw.choice(tuple(Shape)),
        "prompt": f"A {' and a '.join(draw.sample(WORDS, 6))}, seen from above at dawn.",
        "at": at,
        "votes": min(int(draw.paretovariate(1)), 400) - 1,
        "lot": draw.randrange(LOTS),
    }
    yield Statement(
        "INSERT INTO job (id, person_id, guild_id, state, mode, prompt, shape, size, width, height,"
        " kept_height, frames, seed, engine, model, folder, price_micro, hold, created_at, charge,"
        " ended_at) VALUES (:number, :person, :guild, 'done', :mode, :prompt, :shape, 'standard',"
        " 896, 512, 512, 121, 7, 'deapi', 'model', 'f' || :number, 0, 0, :at, 0, :at)",
        values,
    )
    yield Statement(
        "INSERT INTO video (job_id, slug, file, poster, width, height, frames, bytes, created_at)"
        " VALUES (:number, 's' || :number, 'v' || :number, 'p' || :number, 896, 512, 121, 9, :at)",
        values,
    )
    yield Statement(
        "INSERT INTO share (id, job_id, guild_id, person_id, shared_by, shared_at, mode, shape,"
        " age_restricted, for_web, votes, lot) VALUES (:number, :number, :guild, :person, :person,"
        " :at, :mode, :shape, 0, 1, :votes, :lot)",
        values,
    )


def percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
