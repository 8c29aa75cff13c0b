"""A data directory with real videos in it, and their pages on loopback."""

import functools
import io
import random
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from bot.domain.shapes import Shape, Size, format_of
from bot.media import ffmpeg
from bot.services.bell import Bell
from bot.services.gallery import Gallery
from bot.services.hooks import Outcome
from bot.services.listings import LOTS
from bot.services.reports import Reports
from bot.services.videos import Videos
from bot.web.app import make_app
from bot.web.keys import Site
from bot.web.server import serving
from storage import jobs, migrate, people, videos
from storage.database import Body, Database, Store
from storage.files import Files, new_name
from storage.records import Video, VideoId
from tests.builders import NOW, a_new_job
from tests.fakes.clock import Clock

PICTURE = Path(__file__).parents[2] / "bot" / "assets" / "demo" / "picture.jpg"
PUBLIC = "https://talkie.example.com"
OWNER = 7
SECONDS = 2


class Reel:
    """Videos that can be added, and the service that shows them."""

    def __init__(self, store: Store, files: Files, public_url: str | None) -> None:
        self.store = store
        self.files = files
        self.public_url = public_url
        self.videos = Videos(store, files, public_url=public_url)
        self.clock = Clock()
        self.gallery = Gallery(store, self.clock, draw_lot=lambda: random.randrange(LOTS))
        self.reports = Reports(store, self.clock, Bell())

    async def add(
        self, shape: Shape = Shape.WIDE, *, content: bytes | None = None, **changes: Any
    ) -> Video:
        """A finished video of OWNER with a real clip or this content; `changes` are the job's."""
        look = format_of(shape, Size.STANDARD)
        names = [f"{new_name()}.mp4", f"{new_name()}.jpg"]
        data = [clip(shape) if content is None else content, poster(shape)]
        for name, each in zip(names, data, strict=True):
            (self.files.videos / name).write_bytes(each)

        def body() -> Body[Video]:
            person = yield from people.resolve(OWNER, NOW)
            new = a_new_job(person, shape=shape, **changes)
            job = yield from jobs.enqueue(new, queue_cap=1_000, frames_cap=10**6)
            assert job is not None
            made = Video(
                id=VideoId(0),
                job_id=job,
                slug=f"{job:04d}-slug_of_a_video-"[:22].ljust(22, "x"),
                file=names[0],
                poster=names[1],
                width=look.width,
                height=look.kept_height,
                frames=new.frames,
                bytes=len(data[0]),
                created_at=NOW,
            )
            yield from videos.keep(made)
            kept = yield from videos.of_job(job)
            assert kept is not None
            return kept

        return await self.store.write(body())


@asynccontextmanager
async def opened(folder: Path, *, public_url: str | None = PUBLIC) -> AsyncIterator[Reel]:
    """An empty reel in a folder."""
    async with AsyncExitStack() as stack:
        files = Files.open(folder)
        stack.callback(files.close)
        writer = await stack.enter_async_context(Database(files.database))
        await migrate.upgrade(writer)
        reader = await stack.enter_async_context(Database(files.database, readonly=True))
        yield Reel(Store(writer, reader), files, public_url)


@asynccontextmanager
async def shown(reel: Reel, clock_s: Callable[[], float] = time.monotonic) -> AsyncIterator[str]:
    """The origin at which a reel's pages are."""
    site = Site(
        videos=reel.videos,
        gallery=reel.gallery,
        reports=reel.reports,
        public_url=reel.public_url,
    )
    app = make_app(ready=_ready, receive=_refuse, site=site, clock_s=clock_s)
    async with serving(app, host="127.0.0.1", port=0) as origin:
        yield origin


@functools.cache
def poster(shape: Shape) -> bytes:
    """The picture of the demonstration in a shape."""
    look = format_of(shape, Size.STANDARD)
    held = io.BytesIO()
    with Image.open(PICTURE) as picture:
        fitted = ImageOps.fit(picture.convert("RGB"), (look.width, look.kept_height))
    fitted.save(held, "JPEG", quality=90)
    return held.getvalue()


@functools.cache
def clip(shape: Shape) -> bytes:
    """The same picture for SECONDS, with a tone: H.264 and AAC, as Talkie makes them."""
    made = subprocess.run(
        [
            str(ffmpeg.locate()), "-v", "error",
            "-f", "image2pipe", "-framerate", "24", "-loop", "1", "-i", "pipe:0",
            "-f", "lavfi", "-i", "sine=frequency=220:sample_rate=48000",
            "-t", str(SECONDS), "-vf", "hue=h=t*20,format=yuv420p",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac",
            "-movflags", "frag_keyframe+empty_moov", "-f", "mp4", "pipe:1",
        ],
        input=poster(shape),
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip
    return made.stdout


async def _ready() -> bool:
    return True


async def _refuse(token: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    return Outcome.REFUSED
