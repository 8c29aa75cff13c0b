"""A member's picture becomes a clean picture of exactly the wanted shape."""

import asyncio
import json
import logging
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.media import process
from bot.media.darkroom import MAX_BYTES, REFUSED, Job
from bot.media.files import opened, replacing
from bot.media.headers import PictureKind
from bot.media.process import Limits, Output
from bot.media.reasons import MediaError, Reason
from bot.media.threads import to_end

__all__ = ["MAX_BYTES", "Anchor", "Picture", "measure", "prepare"]

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_LIMITS = Limits(output_bytes=32 << 20)
# Nothing of ours but where this package lies: the bot's own environment holds its token.
_ENVIRONMENT = {"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
_KINDS = {".png": "PNG"}


class Anchor(StrEnum):
    """Which part stays when a picture is cropped; the other direction stays centred."""

    CENTRE = "centre"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"
    START = "start"
    """The left or the top, whichever direction is cut."""
    END = "end"
    """The right or the bottom."""

    @property
    def centring(self) -> tuple[float, float]:
        """The share of what is cut away that lies left and above."""
        return {
            Anchor.LEFT: (0.0, 0.5),
            Anchor.RIGHT: (1.0, 0.5),
            Anchor.TOP: (0.5, 0.0),
            Anchor.BOTTOM: (0.5, 1.0),
            Anchor.START: (0.0, 0.0),
            Anchor.END: (1.0, 1.0),
        }.get(self, (0.5, 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A prepared picture, and the kind and the upright size of the file it came from."""

    path: Path
    width: int
    height: int
    source_kind: PictureKind
    source_width: int
    source_height: int


async def prepare(
    source: Path,
    target: Path,
    *,
    width: int,
    height: int,
    anchor: Anchor = Anchor.CENTRE,
    slots: asyncio.Semaphore,
) -> Picture:
    """Check a picture, turn it upright, crop it to the shape and write it without metadata.

    `target` ends in .png or .jpg. It is decoded in a process of its own, under limits. Raises
    MediaError (EMPTY, TOO_BIG, NOT_PICTURE, BROKEN or PICTURE_TOO_SMALL, _LARGE, _NARROW); then
    `target` is not written.
    """
    job = Job(
        width=width,
        height=height,
        centring=anchor.centring,
        kind=_KINDS.get(target.suffix, "JPEG"),
    )
    about, clean = await _develop(source, job, slots)
    async with replacing(target) as part:
        await to_end(part.write_bytes, clean)
    return Picture(
        path=target,
        width=width,
        height=height,
        source_kind=PictureKind(about["kind"]),
        source_width=about["width"],
        source_height=about["height"],
    )


async def measure(source: Path, *, slots: asyncio.Semaphore) -> tuple[int, int]:
    """Width and height of a picture as it is seen upright; raises MediaError like `prepare`."""
    about, _ = await _develop(source, Job(), slots)
    return about["width"], about["height"]


async def _develop(
    source: Path, job: Job, slots: asyncio.Semaphore
) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-P", "-s", "-m", "bot.media.darkroom", job.to_line()]
    async with opened(source) as file, slots:
        output = await process.run(command, stdin=file, limits=_LIMITS, environment=_ENVIRONMENT)
    return _answer(output)


def _answer(output: Output) -> tuple[dict[str, Any], bytes]:
    line, _, clean = output.stdout.partition(b"\n")
    if output.truncated or output.exit_code not in (0, REFUSED):
        log.error("darkroom ended with %d: %s", output.exit_code, output.log)
        raise MediaError(Reason.BROKEN, f"decoder ended with {output.exit_code}")
    try:
        answer = json.loads(line)
        if "reason" in answer:
            raise MediaError(Reason(answer["reason"]), answer["detail"], **answer["facts"])
    except (ValueError, KeyError, TypeError) as error:
        raise MediaError(Reason.BROKEN, "decoder answered nonsense") from error
    return answer, clean
