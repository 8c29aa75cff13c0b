"""The easel: where a member's picture becomes a portrait, and a portrait what a video shows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.domain.request import Source
from bot.domain.shapes import Shape, Size, format_of
from bot.media import image
from bot.media.ffmpeg import Ffmpeg
from bot.media.reasons import MediaError
from bot.services import refusals
from bot.services.fetching import DOWNLOAD_S, MOST_BYTES, Fetcher
from storage.files import Files

LONGEST_SIDE = 2_048
"""Pixels; videos have up to 1,024, so a crop still has enough."""


class Easel:
    """Works in scratch folders, which are gone afterwards; raises UserError for bad pictures."""

    def __init__(self, files: Files, fetcher: Fetcher, ffmpeg: Ffmpeg) -> None:
        self._files = files
        self._fetcher = fetcher
        self._ffmpeg = ffmpeg

    @asynccontextmanager
    async def developed(self, source: Source) -> AsyncIterator[image.Picture]:
        """A picture upright, whole, not too large and without metadata, a JPG."""
        async with self._scratch() as scratch:
            raw = scratch / "portrait.raw"
            await self._fetcher.fetch(
                source.url,
                raw,
                max_bytes=MOST_BYTES,
                timeout_s=DOWNLOAD_S,
                declared_bytes=source.declared_bytes,
            )
            width, height = await image.measure(raw, slots=self._ffmpeg.slots)
            share = min(1.0, LONGEST_SIDE / max(width, height))
            size = (round(width * share), round(height * share))
            yield await self._fit(raw, scratch / "portrait.jpg", size)

    async def shown(self, portrait: Path, anchor: image.Anchor, shape: Shape) -> bytes:
        """A portrait as a video of this shape would begin with it, a JPG."""
        async with self._scratch() as scratch:
            pixels = format_of(shape, Size.STANDARD)
            rendered = scratch / "rendered.jpg"
            await self._fit(portrait, rendered, (pixels.width, pixels.height), anchor)
            # The flattest shape is rendered higher than it is shown; the middle of it is kept.
            kept = await self._fit(
                rendered, scratch / "kept.jpg", (pixels.width, pixels.kept_height)
            )
            return await asyncio.to_thread(kept.path.read_bytes)

    @asynccontextmanager
    async def _scratch(self) -> AsyncIterator[Path]:
        scratch = self._files.new_scratch()
        try:
            yield scratch
        except MediaError as error:
            raise refusals.of_media(error) from error
        finally:
            await asyncio.to_thread(self._files.discard, scratch)

    async def _fit(
        self,
        source: Path,
        target: Path,
        size: tuple[int, int],
        anchor: image.Anchor = image.Anchor.CENTRE,
    ) -> image.Picture:
        return await image.prepare(
            source,
            target,
            width=size[0],
            height=size[1],
            anchor=anchor,
            slots=self._ffmpeg.slots,
        )
