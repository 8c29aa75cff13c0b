"""What a rendered file really holds, counted by decoding it."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from bot.media import ffmpeg


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A decoded clip: its size, its frames and the seconds of sound it carries."""

    width: int
    height: int
    frames: int
    sound_s: float


async def count(clip: Path) -> Counted:
    """Decode all of a clip and count."""
    pictures = await _decode(clip, "-map", "0:v:0", "-f", "framecrc")
    size = re.search(r"#dimensions 0: (\d+)x(\d+)", pictures.decode())
    assert size, "no picture"
    lines = [line for line in pictures.splitlines() if line and not line.startswith(b"#")]
    sound = await _decode(clip, "-map", "0:a:0?", "-f", "s16le", "-ac", "1", "-ar", "8000")
    return Counted(
        width=int(size[1]), height=int(size[2]), frames=len(lines), sound_s=len(sound) / 16_000
    )


async def _decode(clip: Path, *wanted: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        str(ffmpeg.locate()), "-v", "error", "-i", str(clip), *wanted, "pipe:1",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    decoded, _ = await process.communicate()
    return decoded
