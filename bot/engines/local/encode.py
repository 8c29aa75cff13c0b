"""Frames through a pipe into ffmpeg: H.264 High, yuv420p, AAC, faststart, exactly N frames."""

import contextlib
import fcntl
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO

from bot.domain.frames import FPS
from bot.engines.local.canvas import Chunk

_PIPE_BYTES = 1 << 20
_REPORT_EVERY = 6
_ERROR_BYTES = 2000

Report = Callable[[float], None]


class EncodeFailed(Exception):
    """ffmpeg gave up; the message is the beginning of what it said."""


def command(
    ffmpeg: str, size: tuple[int, int], frames: int, *, sound: Path, target: Path
) -> list[str]:
    """The call that reads yuv420p frames from its standard input and a WAV from disk."""
    return [
        *(ffmpeg, "-hide_banner", "-nostats", "-v", "error", "-y"),
        *("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{size[0]}x{size[1]}", "-r", str(FPS)),
        *("-color_range", "tv", "-colorspace", "bt709"),
        *("-color_primaries", "bt709", "-color_trc", "bt709", "-i", "pipe:0"),
        *("-f", "wav", "-i", f"file:{sound}", "-map", "0:v:0", "-map", "1:a:0"),
        *("-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf", "20"),
        *("-pix_fmt", "yuv420p", "-frames:v", str(frames)),
        *("-c:a", "aac", "-b:a", "128k", "-ar", "48000"),
        *("-af", f"apad=whole_dur={frames / FPS:.6f}", "-t", f"{frames / FPS:.6f}"),
        *("-map_metadata", "-1", "-fflags", "+bitexact"),
        *("-flags:v", "+bitexact", "-flags:a", "+bitexact"),
        *("-movflags", "+faststart", "-f", "mp4", f"file:{target}"),
    ]


def encode(
    arguments: Sequence[str], frames: int, pictures: Iterable[Sequence[Chunk]], report: Report
) -> None:
    """Run the command over the pictures; raises EncodeFailed."""
    # Complaints go to a file: a pipe that nobody empties would stop ffmpeg when it is full.
    with tempfile.TemporaryFile() as complaints:
        # It stays in the caller's process group: whoever kills the group kills it too.
        with subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints
        ) as process:
            assert process.stdin is not None
            with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
                _feed(pipe, frames, pictures, report)
        complaints.seek(0)
        said = complaints.read(_ERROR_BYTES).decode("utf-8", "replace")
    if process.returncode != 0:
        raise EncodeFailed(f"ffmpeg ended with {process.returncode}: {said.strip()}")


def _feed(
    pipe: IO[bytes], frames: int, pictures: Iterable[Sequence[Chunk]], report: Report
) -> None:
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    for index, chunks in enumerate(pictures):
        for chunk in chunks:
            pipe.write(chunk)
        if index % _REPORT_EVERY == 0:
            report(index / frames)
