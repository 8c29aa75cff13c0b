"""Talkie's services on a data directory of their own, and jobs that ended without a worker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot import app
from bot.clock import Watch
from bot.domain.request import Source, Wish
from bot.services.submission import Origin, Ticket
from bot.settings import Settings
from storage import audit, deliveries, jobs, videos
from storage.database import Body, Statement, single
from storage.records import JobId, Mode, Video, VideoId

MIRA, JONAS = 11, 12


class Copies:
    """A fetcher that hands over files of this machine: the address is a path."""

    async def fetch(
        self,
        url: str,
        target: Path,
        *,
        max_bytes: int,
        timeout_s: float,
        declared_bytes: int | None,
    ) -> int:
        del max_bytes, timeout_s, declared_bytes
        return await asyncio.to_thread(lambda: target.write_bytes(Path(url).read_bytes()))


class Held(Copies):
    """Files that arrive when they are let go."""

    def __init__(self) -> None:
        self.asked = asyncio.Semaphore(0)
        self.go = asyncio.Event()

    async def fetch(self, url: str, target: Path, **limits: Any) -> int:
        self.asked.release()
        await self.go.wait()
        return await super().fetch(url, target, **limits)


@asynccontextmanager
async def opened(data: Path, clock: Watch) -> AsyncIterator[app.App]:
    """Talkie as it is after a start, with the free engine and without a worker."""
    settings = Settings().for_demo(data)
    async with app.opened(settings, clock=clock, fetcher=Copies()) as talkie:
        await talkie._janitor.sweep_orphans()
        yield talkie


def a_source(path: Path) -> Source:
    return Source(url=str(path), name=path.name, declared_bytes=0)


async def asked(
    talkie: app.App,
    wish: Wish | None = None,
    member: int = MIRA,
    *,
    guild: int | None = None,
    interaction: int | None = None,
    adult: bool = False,
) -> Ticket:
    """A job that waits."""
    wish = wish or Wish(mode=Mode.TEXT, prompt="A red kite over a field.")
    origin = Origin(
        discord_id=member, interaction_id=interaction, guild_id=guild, age_restricted=adult
    )
    return await talkie.services.intake.accept(wish, origin)


async def done(talkie: app.App, waiting: JobId) -> Video:
    """Let a job end in a video."""
    scratch = talkie.parts.files.new_scratch()
    for name in ("clip.mp4", "poster.jpg"):
        (scratch / name).write_bytes(b"pixels")
    files = talkie.parts.files
    now = talkie.parts.clock.now_ms()
    video = Video(
        id=VideoId(0),
        job_id=waiting,
        slug=f"page{waiting:018d}",
        file=files.publish(scratch / "clip.mp4", ".mp4"),
        poster=files.publish(scratch / "poster.jpg", ".jpg"),
        width=896,
        height=512,
        frames=121,
        bytes=6,
        created_at=now,
    )

    def body() -> Body[None]:
        job = yield from jobs.claim(owner="test", lease_until=now, now=now)
        assert job is not None
        assert job.id == waiting
        assert (yield from jobs.succeed(job, charge=0, now=now))
        yield from videos.keep(video)
        yield from deliveries.owe(job.id, now=now)

    await talkie.parts.store.write(body())
    return video


async def rows(talkie: app.App, sql: str) -> list[dict[str, object]]:
    return [dict(row) for row in await talkie.parts.store.read(single(Statement(sql)))]


async def execute(talkie: app.App, sql: str) -> None:
    await talkie.parts.store.write(single(Statement(sql)))


async def broken(talkie: app.App) -> list[str]:
    return await talkie.parts.store.read(audit.broken())
