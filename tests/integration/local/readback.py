"""Reads rendered clips back with ffmpeg: what is in the file, its pictures and its sound."""

import re
import struct
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.media import ffmpeg

Pictures = NDArray[np.uint8]
Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    video: str
    audio: str
    frames: int
    first_pts: dict[int, int]
    boxes: tuple[str, ...]


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    call = [ffmpeg.locate(), "-nostdin", "-hide_banner", *arguments]
    return subprocess.run(call, capture_output=True, check=False, timeout=120)


def read_contents(clip: Path) -> Contents:
    banner = _run("-i", clip).stderr.decode()
    streams = re.findall(r"Stream #0:\d.*?: (Video|Audio): (.*)", banner)
    packets = _run("-v", "error", "-i", clip, "-c", "copy", "-f", "framecrc", "-").stdout.decode()
    rows = [line.split(",") for line in packets.splitlines() if not line.startswith("#")]
    first = {stream: min(int(r[2]) for r in rows if int(r[0]) == stream) for stream in (0, 1)}
    return Contents(
        video=dict(streams)["Video"],
        audio=dict(streams)["Audio"],
        frames=sum(int(row[0]) == 0 for row in rows),
        first_pts=first,
        boxes=tuple(_boxes(clip.read_bytes())),
    )


def _boxes(data: bytes) -> list[str]:
    found, at = [], 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        found.append(kind.decode())
        at += size
    return found


def read_luma(clip: Path, size: tuple[int, int]) -> Pictures:
    """Frames x height x width, as they are coded: 16 is black, 235 is white."""
    raw = _run(
        *("-v", "error", "-i", clip, "-map", "0:v:0", "-pix_fmt", "yuv420p", "-f", "rawvideo", "-")
    ).stdout
    width, height = size
    frames = np.frombuffer(raw, dtype=np.uint8).reshape(-1, width * height * 3 // 2)
    return frames[:, : width * height].reshape(-1, height, width)


def read_sound(path: Path) -> Samples:
    raw = _run(
        *("-v", "error", "-i", path, "-map", "0:a:0", "-ac", "1", "-ar", "48000"),
        *("-f", "f32le", "-"),
    ).stdout
    return np.frombuffer(raw, dtype=np.float32)


def write_driving_track(path: Path, sound: Samples, frames: int) -> Samples:
    """Mono, 48 kHz, 16 bit, exactly frames/24 seconds; the samples that were written."""
    padded = np.zeros(frames * 2000, dtype=np.float32)
    padded[: min(len(sound), len(padded))] = sound[: len(padded)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes((padded * 32767).astype("<i2").tobytes())
    return padded
