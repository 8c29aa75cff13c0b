"""Results: real MP4s of the asked size and length, rendered once and kept."""

import asyncio
import hashlib
import os
import tempfile
from pathlib import Path

from bot.media import ffmpeg

FPS = 24


def store() -> Path:
    """Where rendered clips are kept between tests: a directory of this user alone."""
    place = Path(tempfile.gettempdir()) / f"talkie-stand-in-clips-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


async def make(width: int, height: int, frames: int, sound: bytes | None = None) -> Path:
    """An H.264 and AAC clip of exactly these frames, with the posted sound muxed in."""
    even_width, even_height = width - width % 2, height - height % 2
    name = f"{even_width}x{even_height}-{frames}"
    silent = store() / f"{name}.mp4"
    if not silent.exists():
        await render(_picture_arguments(even_width, even_height, frames), silent)
    if sound is None:
        return silent
    digest = hashlib.sha256(sound).hexdigest()[:16]
    spoken = store() / f"{name}-{digest}.mp4"
    if not spoken.exists():
        await render(_mux_arguments(silent, frames), spoken, sound)
    return spoken


def _picture_arguments(width: int, height: int, frames: int) -> list[str]:
    return [
        "-f", "lavfi", "-i", f"testsrc=size={width}x{height}:rate={FPS}",
        "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000",
        "-map", "0:v", "-map", "1:a", "-frames:v", str(frames), "-t", f"{frames / FPS:.6f}",
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac",
        "-movflags", "+faststart",
    ]  # fmt: skip


def _mux_arguments(picture: Path, frames: int) -> list[str]:
    return [
        "-i", str(picture), "-i", "pipe:0", "-map", "0:v", "-map", "1:a",
        "-c:v", "copy", "-c:a", "aac", "-ar", "48000", "-t", f"{frames / FPS:.6f}",
        "-movflags", "+faststart",
    ]  # fmt: skip


async def render(arguments: list[str], target: Path, given: bytes | None = None) -> None:
    """Let ffmpeg write a file, whole or not at all."""
    partial = target.with_name(f".{os.getpid()}-{os.urandom(4).hex()}-{target.name}")
    process = await asyncio.create_subprocess_exec(
        str(ffmpeg.locate()), "-v", "error", "-y", *arguments, str(partial),
        stdin=asyncio.subprocess.DEVNULL if given is None else asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, complaint = await process.communicate(given)
    if process.returncode:
        raise RuntimeError(f"ffmpeg could not make a result: {complaint.decode()}")
    partial.replace(target)
