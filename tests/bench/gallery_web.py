"""The gallery's pages with 10,000 videos of 200 servers against 1,000 of 20, and media.

The pages are asked over loopback, one at a time and in random order, of the product's own server.
Before each request both SQLite's cache and the system's cache of the database file are dropped.
Times are those of the whole answer. Both sizes take turns, and only their ratio is a verdict; a
server has as many videos in both, so that its pages are as long. Media are compared with nginx.
"""

import asyncio
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from storage import gallery
from storage.database import Body, Statement, Value, single
from storage.files import new_name, small_poster
from tests.builders import NOW
from tests.fakes import reel
from tests.fakes.reel import Reel

SMALL, LARGE, OF_SERVER, MEMBERS = 1_000, 10_000, 50, 500
ROUNDS, ASKED = 8, 150
GOAL = 2.0
MEDIA_S, MEDIA_TURNS, CONNECTIONS = 2, 3, 16
CLIP_BYTES = 2_000_000
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
NGINX = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error;
events {{}}
http {{ access_log off; sendfile on; client_body_temp_path {folder}; proxy_temp_path {folder};
fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
server {{ listen 127.0.0.1:{port}; root {root}; }} }}
"""


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


async def media() -> None:
    """A clip and a poster through the media route and through nginx, under the same load.

    Both take turns, since other work on the machine slows whoever is measured at the time. The
    route asks the database and looks at its limits for each part; nginx has only a file to send.
    """
    wrk, nginx = shutil.which("wrk"), shutil.which("nginx", path=os.defpath + ":/usr/sbin")
    if wrk is None or nginx is None:
        say("media: skipped, wrk and nginx are not both installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        async with reel.opened(Path(folder, "data")) as shelf:
            video = await shelf.add(content=os.urandom(CLIP_BYTES))
            ticks = iter(range(0, 10**12, 1_000))
            async with AsyncExitStack() as stack:
                ours = await stack.enter_async_context(
                    reel.shown(shelf, lambda: float(next(ticks)))
                )
                theirs = await stack.enter_async_context(served(nginx, Path(folder), shelf))
                page = f"{ours}/v/{video.slug}"
                small = small_poster(video.poster, 480)
                for name, path, file, header in (
                    ("whole clip", "video.mp4", video.file, "X-None: 1"),
                    ("64 kB of it", "video.mp4", video.file, "Range: bytes=0-65535"),
                    ("poster", "poster-480.webp", small, "X-None: 1"),
                ):
                    rates, urls = [0.0, 0.0], (f"{page}/{path}", f"{theirs}/{file}")
                    for _ in range(MEDIA_TURNS):
                        for at, url in enumerate(urls):
                            rates[at] += await loaded(wrk, url, header) / MEDIA_TURNS
                    say(
                        f"media, {name:12} {rates[0]:8.0f} a second,"
                        f" nginx {rates[1]:8.0f}: {rates[0] / rates[1]:.0%}"
                    )


@asynccontextmanager
async def served(nginx: str, folder: Path, shelf: Reel) -> AsyncIterator[str]:
    """The folder of videos behind nginx, on loopback."""
    place = folder / new_name()
    place.mkdir()
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    for path in (folder, shelf.files.videos.parent, shelf.files.videos):
        # Its workers are somebody else.
        path.chmod(0o755)
    config = place / "nginx.conf"
    config.write_text(NGINX.format(folder=place, port=port, root=shelf.files.videos))
    process = await asyncio.create_subprocess_exec(nginx, "-c", str(config), "-p", str(place))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def loaded(wrk: str, url: str, header: str) -> float:
    """Answers a second under load, once the server is there; raises if any of them is an error."""
    async with aiohttp.ClientSession() as session:
        for _ in range(100):
            try:
                async with session.get(url, headers={"Range": "bytes=0-0"}) as answer:
                    answer.raise_for_status()
                break
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)
    process = await asyncio.create_subprocess_exec(
        wrk, "-t1", f"-c{CONNECTIONS}", f"-d{MEDIA_S}s", "-H", header, url,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told = (await process.communicate())[0].decode()
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if rate is None or "Non-2xx" in told:
        raise RuntimeError(told)
    return float(rate[1])


def p95(seconds: list[float]) -> float:
    """The 95th percentile."""
    return sorted(seconds)[len(seconds) * 95 // 100]


def verdict(about: str, figure: str, met: bool) -> bool:
    """One line of the verdict."""
    say(f"{about:40} {figure:>10}  <= {GOAL} x  {'met' if met else 'MISSED'}")
    return met


async def main() -> None:
    """Print figures and verdicts."""
    await pages()
    await media()


def say(line: str) -> None:
    """One line of the table."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    asyncio.run(main())
