"""Single pictures out of a clip: a poster, and the last frame to go on from."""

import asyncio
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from bot.media.ffmpeg import Ffmpeg, Limits
from bot.media.files import opened, replacing
from bot.media.probe import READ_CLIP, Clip, probe
from bot.media.reasons import MediaError, Reason
from bot.media.threads import to_end

_LOOKED_AT = 8
_DARKEST = 24.0
_FLATTEST = 6.0
"""Mean and deviation, of 255, that the shades of a picture of something exceed."""
_SHADES = 32

Frames = npt.NDArray[np.uint8]


async def poster(clip: Path, target: Path, ffmpeg: Ffmpeg) -> Path:
    """Write the frame that stands for the clip as .jpg or .webp: like the others, never black."""
    about = await probe(clip, ffmpeg)
    step = max(1, about.frames // _LOOKED_AT)
    frames = await _decode(clip, about, f"not(mod(n\\,{step}))", ffmpeg)
    chosen = await asyncio.to_thread(_representative, frames)
    return await _write(frames[chosen], target)


async def last_frame(clip: Path, target: Path, ffmpeg: Ffmpeg) -> Path:
    """Write the last frame, without loss where `target` ends in .png."""
    about = await probe(clip, ffmpeg)
    frames = await _decode(clip, about, f"gte(n\\,{about.frames - 1})", ffmpeg)
    return await _write(frames[-1], target)


async def _decode(clip: Path, about: Clip, select: str, ffmpeg: Ffmpeg) -> Frames:
    """The selected frames, shape (frames, height, width, 3)."""
    frame_bytes = about.width * about.height * 3
    arguments = (
        *("-v", "error", *READ_CLIP, "-map", "0:v:0", "-vf"),
        *(f"select={select},format=rgb24", "-fps_mode", "passthrough"),
        *("-threads", "2", "-f", "rawvideo", "pipe:1"),
    )
    limits = Limits(output_bytes=frame_bytes * 2 * _LOOKED_AT, cpu_s=30)
    async with opened(clip) as file:
        output = await ffmpeg.run(arguments, stdin=file, limits=limits)
    count = len(output.stdout) // frame_bytes
    if not output.ok or count == 0:
        raise MediaError(Reason.WRONG_VIDEO, f"decoder ended with {output.exit_code}")
    flat = np.frombuffer(output.stdout, np.uint8, count * frame_bytes)
    return flat.reshape(count, about.height, about.width, 3)


def _representative(frames: Frames) -> int:
    """The frame whose shades are most like those of all, among those that show something."""
    green = frames[:, ::4, ::4, 1].astype(np.float32)
    shows = (green.mean(axis=(1, 2)) > _DARKEST) & (green.std(axis=(1, 2)) > _FLATTEST)
    if not shows.any():
        return int(green.mean(axis=(1, 2)).argmax())
    shades = np.stack([np.histogram(frame, _SHADES, (0, 256))[0] for frame in green])
    distance = np.square(shades - shades[shows].mean(axis=0)).sum(axis=1)
    return int(np.where(shows, distance, np.inf).argmin())


async def _write(frame: Frames, target: Path) -> Path:
    data = await asyncio.to_thread(_encoded, frame, target.suffix)
    async with replacing(target) as part:
        await to_end(part.write_bytes, data)
    return target


def _encoded(frame: Frames, suffix: str) -> bytes:
    written = io.BytesIO()
    picture = Image.fromarray(frame)
    if suffix == ".png":
        picture.save(written, "PNG", compress_level=1)
    elif suffix == ".webp":
        picture.save(written, "WEBP", quality=85)
    else:
        picture.save(written, "JPEG", quality=88)
    return written.getvalue()
