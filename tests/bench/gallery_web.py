"""The gallery's pages with 10,000 videos of 200 servers against 1,000 videos of 20 servers.

The pages are asked over loopback, one at a time and in random order, of the product's own server.
Before each request both SQLite's cache and the system's cache of the database file are dropped.
Times are those of the whole answer. Both sizes take turns, and only their ratio is a verdict; a
server has as many videos in both, so that its pages are as long.
"""

import asyncio
import os
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from storage import gallery
from storage.database import Body, Statement, Value, single
from tests.builders import NOW
from tests.fakes import reel
from tests.fakes.reel import Reel

SMALL, LARGE, OF_SERVER, MEMBERS = 1_000, 10_000, 50, 500
ROUNDS, ASKED = 8, 150
GOAL = 2.0
WORDS = [
    "kite",
    "owl",
    "lake",
    "neon",
    "rain",
    "harbour",
    "tower",
    "bread",
    "lantern",
    "moss",
    "violin",
    "train",
    "snow",
    "market",
    "garden",
    "copper",
    "river",
    "fox",
    "glass",
    "bridge",
    "dune",
    "orchard",
    "comet",
    "piano",
]
FILTERS = ["mode=text", "mode=audio", "shape=tall", "shape=wide&mode=image", "period=week"]


def fill(count: int) -> Body[None]:
    """Shared videos in bulk, a tenth of the first server; then their shelves and words."""
    chance, servers = random.Random(count), count // OF_SERVER
    yield Statement(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :members)"
        " INSERT INTO person (discord_id, created_at) SELECT 10000 + i, 0 FROM n",
        {"members": MEMBERS},
    )
    for server in range(1, servers + 1):
        yield Statement(
            "INSERT INTO guild (guild_id, gallery) VALUES (:server, 'public')", {"server": server}
        )
        yield from gallery.name_guild(server, f"Server {server}")
    for number in range(1, count + 1):
        yield from hang(number, servers, chance)
    for server in range(1, servers + 1):
        yield from gallery.rearrange(server)


def hang(number: int, servers: int, chance: random.Random) -> Body[None]:
    """One shared video, as it is stored."""
    mode = chance.choice(["text", "text", "image", "audio"])
    shape = chance.choice(["wide", "wide", "tall", "square", "cinematic"])
    values: dict[str, Value] = {
        "n": number,
        "person": 2 + number % MEMBERS,
        "server": 1 if chance.random() < 0.1 else chance.randint(1, servers),
        "mode": mode,
        "shape": shape,
        "prompt": " ".join(chance.choices(WORDS, k=12)),
        "at": NOW + number * 60_000,
        "votes": min(40, int(chance.expovariate(0.3))),
        "lot": chance.randrange(1 << 31),
        "slug": f"{number:022d}",
    }
    yield Statement(
        "INSERT INTO job (id, person_id, guild_id, state, mode, prompt, shape, size, width, height,"
        " kept_height, frames, seed, engine, model, folder, price_micro, hold, created_at)"
        " VALUES (:n, :person, :server, 'queued', :mode, :prompt, :shape, 'standard', 896, 512,"
        " 512, 121, 7, 'deapi', 'model', 'f' || :n, 0, 0, :at)",
        {name: values[name] for name in ("n", "person", "server", "mode", "prompt", "shape", "at")},
    )
    yield Statement(
        "INSERT INTO video (job_id, slug, file, poster, width, height, frames, bytes, created_at)"
        " VALUES (:n, :slug, 'v' || :n || '.mp4', 'v' || :n || '.jpg', 896, 512, 121, 1, :at)",
        {name: values[name] for name in ("n", "slug", "at")},
    )
    yield Statement(
        "INSERT INTO share (job_id, guild_id, person_id, shared_by, shared_at, mode, shape,"
        " age_restricted, for_web, votes, lot)"
        " VALUES (:n, :server, :person, :person, :at, :mode, :shape, 0, 1, :votes, :lot)",
        {name: each for name, each in values.items() if name not in {"prompt", "slug"}},
    )


async def forget_caches(shelf: Reel, data: Path) -> None:
    """Let the next reader of the data fetch it from the disk."""
    await shelf.store.read(single(Statement("PRAGMA shrink_memory")))
    await asyncio.to_thread(drop_cache, data)


def drop_cache(data: Path) -> None:
    """Let the system forget what it read of the database."""
    for path in data.glob("talkie.db*"):
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


async def visit(data: Path, servers: int, seed: int) -> dict[str, list[float]]:
    """Seconds of answers by kind of page, each cold; links are followed as they are found."""
    chance, taken = random.Random(seed), dict[str, list[float]]()
    ticks = iter(range(0, 10**9, 1_000))
    async with (
        reel.opened(data) as shelf,
        reel.shown(shelf, lambda: float(next(ticks))) as origin,
        aiohttp.ClientSession(origin) as guest,
    ):
        link = ""
        for _ in range(ASKED):
            kind = chance.choice(["first", "server", "filter", "search", "order", "deep", "video"])
            path = link if kind == "deep" and link else a_path(kind, servers, chance)
            await forget_caches(shelf, data)
            began = time.perf_counter()
            async with guest.get(path) as answer:
                body = await answer.text()
                answer.raise_for_status()
            taken.setdefault(kind, []).append(time.perf_counter() - began)
            found = re.search(r'rel="next" href="([^"]+)"', body)
            link = found[1].replace("&amp;", "&") if found else ""
    return taken


def a_path(kind: str, servers: int, chance: random.Random) -> str:
    """An address of a kind."""
    place = chance.choice(["/", f"/g/{chance.randint(1, servers)}", "/g/1"])
    return {
        "server": f"/g/{chance.randint(1, servers)}",
        "filter": f"{place}?{chance.choice(FILTERS)}",
        "search": f"{place}?q={'+'.join(chance.sample(WORDS, chance.randint(1, 3)))}",
        "order": f"{place}?order={chance.choice(['top', 'random'])}",
        "deep": f"/?page=n.{chance.randint(30, SMALL)}",
        "video": f"/v/{chance.randint(1, SMALL):022d}",
    }.get(kind, "/")


async def pages() -> bool:
    """The table of pages, and whether the goal is met."""
    taken = {count: dict[str, list[float]]() for count in (SMALL, LARGE)}
    with tempfile.TemporaryDirectory() as folder:
        for count in taken:
            async with reel.opened(Path(folder, str(count))) as shelf:
                await shelf.store.write(fill(count))
        for seed in range(ROUNDS):
            for count, kinds in taken.items():
                for kind, seconds in (
                    await visit(Path(folder, str(count)), count // OF_SERVER, seed)
                ).items():
                    kinds.setdefault(kind, []).extend(seconds)
    say(
        f"{'answer, ms':12}{'p50 of 1,000':>14}{'of 10,000':>11}"
        f"{'p95 of 1,000':>14}{'of 10,000':>11}"
    )
    for kind in sorted(taken[SMALL]):
        show(kind, taken[SMALL][kind], taken[LARGE][kind])
    small, large = ([s for each in taken[count].values() for s in each] for count in taken)
    show("all", small, large)
    ratio = p95(large) / p95(small)
    return verdict("pages: p95 with ten times as many", f"{ratio:.2f} x", ratio <= GOAL)


def show(kind: str, small: list[float], large: list[float]) -> None:
    """One line of the table."""
    middle = [statistics.median(each) * 1e3 for each in (small, large)]
    tail = [p95(each) * 1e3 for each in (small, large)]
    say(f"{kind:12}{middle[0]:14.1f}{middle[1]:11.1f}{tail[0]:14.1f}{tail[1]:11.1f}")


def p95(seconds: list[float]) -> float:
    """The 95th percentile."""
    return sorted(seconds)[len(seconds) * 95 // 100]


def verdict(about: str, figure: str, met: bool) -> bool:
    """One line of the verdict."""
    say(f"{about:40} {figure:>10}  <= {GOAL} x  {'met' if met else 'MISSED'}")
    return met


async def main() -> None:
    """Print figures and the verdict."""
    await pages()


def say(line: str) -> None:
    """One line of the table."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    asyncio.run(main())
