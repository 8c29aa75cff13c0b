"""Short clips as an engine should deliver them, and what is to be seen of a clip."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot.media.clip import Wanted
from bot.media.probe import Clip
from tests.fakes import sounds

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
FAST = ("-movflags", "+faststart")
WANTED = Wanted(width=192, height=128, frames=49, fps=24)
SECONDS = 49 / 24


def filmed(path: Path, sound: sounds.Sound) -> Path:
    return sounds.film(path, sound, *H264, "-c:a", "aac", *FAST)


def names(folder: Path) -> list[str]:
    return [found.name for found in folder.iterdir()]


def content(path: Path) -> bytes:
    return path.read_bytes()


def pixels(path: Path) -> Any:
    with Image.open(path) as picture:
        return np.asarray(picture).astype(int)


def tags_of(clip: Path) -> str:
    data = clip.read_bytes()
    return data[data.index(b"moov") : data.index(b"mdat")].decode("utf-8", "replace")


def whole(clip: Clip, *, height: int = 128) -> bool:
    return (
        (clip.codec, clip.pix_fmt, clip.audio_codec) == ("h264", "yuv420p", "aac")
        and (clip.width, clip.height, clip.frames, clip.fps) == (192, height, 49, 24.0)
        and clip.audio_seconds == pytest.approx(SECONDS, abs=0.001)
        and (clip.video_start_s, clip.audio_start_s) == (0, 0)
        and clip.faststart
        and clip.steady
    )
