"""Small real files that tests post: pictures by Pillow, sounds by ffmpeg."""

import functools
import io
import subprocess
from pathlib import Path

from PIL import Image

import bot
from bot.media import ffmpeg

DEMO = Path(bot.__file__).parent / "assets" / "demo"


@functools.cache
def picture(width: int = 640, height: int = 640, kind: str = "PNG") -> bytes:
    """A plain picture of this size."""
    held = io.BytesIO()
    Image.new("RGB", (width, height), (40, 90, 160)).save(held, kind)
    return held.getvalue()


@functools.cache
def sound(seconds: float = 2.0, kind: str = "mp3") -> bytes:
    """A tone of this length, as mp3, ogg or wav."""
    tone = f"sine=frequency=330:sample_rate=48000:duration={seconds}"
    return _made("-f", "lavfi", "-i", tone, "-f", kind)


@functools.cache
def voice(seconds: float) -> bytes:
    """The first part of the demonstration's voice note, as Ogg with Opus."""
    return _made("-i", str(DEMO / "voice.ogg"), "-t", str(seconds), "-c", "copy", "-f", "ogg")


def _made(*arguments: str) -> bytes:
    command = [str(ffmpeg.locate()), "-v", "error", *arguments, "pipe:1"]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


@functools.cache
def portrait() -> bytes:
    """The demonstration's portrait."""
    return (DEMO / "portrait.jpg").read_bytes()
