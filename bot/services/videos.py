"""Videos as the web shows them: whoever has the link sees one, until its owner takes it back."""

import asyncio
import logging
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.errors import Code, UserError
from bot.media import posters
from bot.media.files import opened_by
from storage import gallery, jobs, people, videos
from storage.database import Body, Store
from storage.files import POSTER_WIDTHS, Files, small_poster
from storage.records import Job, JobId, Video

log = logging.getLogger(__name__)

_SLUG = re.compile(r"[A-Za-z0-9_-]{22}")
_SLUG_BYTES = 16
_MOST_PAGES = 1_000
"""How many pages are remembered until the next write: players ask for a clip in many parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoPage:
    """What one page shows: a clip, and the job it came from. Its link is private."""

    slug: str
    video: Video
    job: Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An open file of a video."""

    file: IO[bytes]
    video: Video


class Videos:
    """Finds videos by the names of their pages; unknown, revoked and deleted are all None."""

    def __init__(self, store: Store, files: Files, *, public_url: str | None) -> None:
        self._store = store
        self._files = files
        self._public_url = public_url
        self._shrinking = asyncio.Lock()
        self._pages: dict[str, VideoPage] = {}
        self._pages_as_of = -1

    @property
    def have_pages(self) -> bool:
        """Whether the web is reachable for others than the host."""
        return self._public_url is not None

    def url_of(self, video: Video) -> str | None:
        """The link of a video's page; None if it has no page or the web is not reachable."""
        if self._public_url is None or video.slug is None:
            return None
        return f"{self._public_url}/v/{video.slug}"

    async def page(self, slug: str) -> VideoPage | None:
        """What the page of this name shows, if there is one."""
        if not _SLUG.fullmatch(slug):
            return None
        as_of = self._store.changes
        if as_of != self._pages_as_of:
            # Whatever was written, be it a hidden video: nothing is remembered beyond it.
            self._pages, self._pages_as_of = {}, as_of
        known = self._pages.get(slug)
        if known is not None:
            return known
        pages, found = self._pages, await self._store.read(_page(slug))
        if found is not None and len(pages) < _MOST_PAGES:
            pages[slug] = found
        return found

    @asynccontextmanager
    async def clip(self, slug: str) -> AsyncIterator[Reading | None]:
        """The clip of a page, open as long as the block lasts."""
        page = await self.page(slug)
        if page is None:
            yield None
            return
        async with self._reading(page.video, page.video.file) as reading:
            yield reading

    @asynccontextmanager
    async def poster(self, slug: str, width: int | None = None) -> AsyncIterator[Reading | None]:
        """The poster of a page: a JPEG, or in one of the POSTER_WIDTHS a WebP."""
        page = await self.page(slug)
        if page is None or (width is not None and width not in POSTER_WIDTHS):
            yield None
            return
        name = page.video.poster
        if width is not None:
            name = small_poster(name, width)
        async with self._reading(page.video, name, width) as reading:
            yield reading

    async def prepare(self, job: JobId) -> None:
        """Make the smaller posters of a video before the first page shows them."""
        video = await self._store.read(videos.of_job(job))
        if video is None:
            return
        try:
            for width in POSTER_WIDTHS:
                await self._shrink(video, width)
        except OSError as error:
            _warn("posters are left for whoever asks for them", video, error)

    async def revoke(self, discord_id: int, job: JobId) -> None:
        """Let the page of one's own private video be found by nobody; raises UserError."""
        await self._rename(discord_id, job, None)

    async def renew(self, discord_id: int, job: JobId) -> str | None:
        """Replace the link of one's own private video by a new one; raises UserError."""
        return self.url_of(await self._rename(discord_id, job, new_slug()))

    async def _rename(self, discord_id: int, job: JobId, slug: str | None) -> Video:
        def body() -> Body[Video]:
            person = yield from people.find(discord_id)
            owned = yield from jobs.get(job)
            video = yield from videos.of_job(job)
            if owned is None or video is None:
                raise UserError(Code.JOB_UNKNOWN, job=job)
            if person != owned.person_id:
                raise UserError(Code.NOT_YOURS)
            # Posts and feeds of the gallery lead to the page by the link it has.
            if (yield from gallery.of_job(job)) is not None:
                raise UserError(Code.STILL_SHARED)
            yield from videos.rename(video.id, slug)
            renamed = yield from videos.of_job(job)
            assert renamed is not None
            return renamed

        return await self._store.write(body())

    async def _shrink(self, video: Video, width: int) -> None:
        """Make a poster's smaller copy if nobody did meanwhile; raises OSError."""
        target = self._files.videos / small_poster(video.poster, width)
        # One at a time: pages that show many posters must not keep every core busy.
        async with self._shrinking:
            if not await asyncio.to_thread(target.exists):
                poster = await asyncio.to_thread(self._read, video.poster)
                await posters.shrink(poster, target, width=width)
                await self._leave_none(video, target)

    async def _leave_none(self, video: Video, copy: Path) -> None:
        """Remove a copy whose video was deleted while it was made: its files are swept already."""
        if await self._store.read(videos.of_job(video.job_id)) is None:
            await asyncio.to_thread(copy.unlink, missing_ok=True)

    def _read(self, name: str) -> bytes:
        with self._files.read_video(name) as file:
            return file.read()

    @asynccontextmanager
    async def _reading(
        self, video: Video, name: str, width: int | None = None
    ) -> AsyncIterator[Reading | None]:
        """A file of a video, open; a poster of this width is made where it is missing."""
        reading = None
        async with AsyncExitStack() as stack:
            try:
                try:
                    file = await self._opened(stack, name)
                except FileNotFoundError:
                    if width is None:
                        raise
                    await self._shrink(video, width)
                    file = await self._opened(stack, name)
                reading = Reading(file=file, video=video)
            except OSError as error:
                _warn("file of a video cannot be read", video, error)
            yield reading

    async def _opened(self, stack: AsyncExitStack, name: str) -> IO[bytes]:
        opening = opened_by(lambda: self._files.read_video(name))
        return await stack.enter_async_context(opening)


def _page(slug: str) -> Body[VideoPage | None]:
    video = yield from videos.by_slug(slug)
    if video is None:
        return None
    job = yield from jobs.get(video.job_id)
    return None if job is None else VideoPage(slug=slug, video=video, job=job)


def _warn(what: str, video: Video, error: OSError) -> None:
    log.warning(what, extra={"job_id": video.job_id, "detail": str(error)})


def new_slug() -> str:
    """A name of a page that nobody can guess."""
    return secrets.token_urlsafe(_SLUG_BYTES)
