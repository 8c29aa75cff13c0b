"""Making a clip small enough for a byte limit, and leaving it alone if it already is."""

import asyncio
import logging
import shutil
import tempfile
from pathlib import Path

from bot.media.ffmpeg import Ffmpeg, Limits
from bot.media.files import opened, replacing
from bot.media.probe import READ_CLIP, Clip, probe
from bot.media.reasons import MediaError, Reason
from bot.media.threads import to_end

log = logging.getLogger(__name__)

_LIMITS = Limits(cpu_s=40, file_bytes=256 << 20)
_SHARES = (0.965, 0.9)
_LEAST_BITS_PER_S = 40_000


async def fit(clip: Path, target: Path, *, max_bytes: int, ffmpeg: Ffmpeg) -> int:
    """Write a version of at most `max_bytes` and return its size; tags and sound stay as they are.

    A clip that fits is copied untouched, another is encoded in two passes. Raises
    MediaError(TOO_BIG) if no watchable picture would fit.
    """
    size = (await asyncio.to_thread(clip.stat)).st_size
    async with replacing(target) as part:
        if size <= max_bytes:
            await to_end(shutil.copyfile, clip, part)
            return size
        about = await probe(clip, ffmpeg)
        for share in _SHARES:
            await _encode(clip, part, _bits_per_s(about, max_bytes * share), ffmpeg)
            size = (await asyncio.to_thread(part.stat)).st_size
            if size <= max_bytes:
                return size
        raise MediaError(Reason.TOO_BIG, "does not fit", bytes=size, limit_bytes=max_bytes)


def _bits_per_s(clip: Clip, max_bytes: float) -> int:
    bits_per_s = int((max_bytes - clip.audio_bytes) * 8 * clip.fps / clip.frames)
    if bits_per_s < _LEAST_BITS_PER_S:
        raise MediaError(Reason.TOO_BIG, "too little room for a picture", limit_bytes=max_bytes)
    return bits_per_s


async def _encode(clip: Path, part: Path, bits_per_s: int, ffmpeg: Ffmpeg) -> None:
    folder = await asyncio.to_thread(tempfile.mkdtemp, prefix=".fit-", dir=part.parent)
    try:
        for arguments in _passes(part, f"{folder}/pass", bits_per_s):
            async with opened(clip) as file:
                output = await ffmpeg.run(arguments, stdin=file, limits=_LIMITS)
            if not output.ok:
                log.error("encoder ended with %d: %s", output.exit_code, output.log)
                raise MediaError(Reason.WRONG_VIDEO, f"encoder ended with {output.exit_code}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _passes(part: Path, passlog: str, bits_per_s: int) -> tuple[list[str], list[str]]:
    common = [
        *("-v", "error", "-y", *READ_CLIP, "-map", "0:v:0", "-c:v", "libx264", "-threads", "2"),
        *("-preset", "veryfast", "-pix_fmt", "yuv420p", "-b:v", str(bits_per_s)),
        *("-passlogfile", passlog),
    ]
    first = ["-pass", "1", "-f", "null", "pipe:1"]
    second = ["-pass", "2", "-map", "0:a:0?", "-c:a", "copy", "-movflags", "+faststart"]
    return [*common, *first], [*common, *second, "-f", "mp4", f"file:{part.absolute()}"]
