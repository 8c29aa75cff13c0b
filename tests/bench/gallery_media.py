"""Clips, parts of them and posters through the media route and through nginx, under one load."""

import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from storage.files import new_name, small_poster
from tests.fakes import reel
from tests.fakes.reel import Reel

MEDIA_S, MEDIA_TURNS, CONNECTIONS = 2, 3, 16
CLIP_BYTES = 2_000_000
NGINX = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error;
events {{}}
http {{ access_log off; sendfile on; client_body_temp_path {folder}; proxy_temp_path {folder};
fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
server {{ listen 127.0.0.1:{port}; root {root}; }} }}
"""


async def main() -> None:
    """Print how many answers a second each gives.

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


def say(line: str) -> None:
    """One line of the table."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    asyncio.run(main())
