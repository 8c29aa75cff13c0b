"""The ffmpeg binary of Talkie's pinned wheel, and the one way it is ever started."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Self

import imageio_ffmpeg

from bot.media import process
from bot.media.process import Limits, Output

__all__ = ["Ffmpeg", "FfmpegMissing", "Limits", "Output", "locate"]

# Two variables and nothing of ours: few arenas keep threads inside the memory limit.
_ENVIRONMENT = {"LC_ALL": "C", "MALLOC_ARENA_MAX": "2"}
_DISK_TROUBLES = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_EVERY_RUN = ("-nostdin", "-hide_banner", "-nostats", "-max_alloc", "268435456")


class FfmpegMissing(Exception):
    """The wheel's ffmpeg is not where it belongs; the message says what to do."""


def locate() -> Path:
    """The wheel's own binary; a path outside the wheel raises FfmpegMissing.

    imageio-ffmpeg obeys IMAGEIO_FFMPEG_EXE and falls back to conda and PATH: whatever program
    stands there was never measured against hostile files, so it is refused.
    """
    home = Path(imageio_ffmpeg.__file__).resolve().parent / "binaries"
    try:
        found = Path(imageio_ffmpeg.get_ffmpeg_exe()).resolve()
    except RuntimeError as error:
        raise FfmpegMissing(
            "The imageio-ffmpeg wheel carries no ffmpeg for this machine."
        ) from error
    if not found.is_relative_to(home):
        raise FfmpegMissing("IMAGEIO_FFMPEG_EXE points outside the imageio-ffmpeg wheel; unset it.")
    return found


class Ffmpeg:
    """Starts ffmpeg under limits, at most as many at once as `slots` has places."""

    def __init__(self, binary: Path, *, slots: asyncio.Semaphore) -> None:
        self.slots = slots
        self._binary = binary

    @asynccontextmanager
    async def place(self) -> AsyncIterator[Self]:
        """One place for several steps in a row: what is started with it waits for nobody else.

        What the steps hand on is in memory only while there is a place for it.
        """
        async with self.slots:
            yield type(self)(self._binary, slots=asyncio.Semaphore(1))

    async def run(
        self, arguments: Sequence[str | Path], *, stdin: IO[bytes] | None, limits: Limits
    ) -> Output:
        """Run to the end and return what it said; an exit code is the caller's to judge.

        The waiting time for a free slot does not count. Raises Overdue when the time is over, and
        OSError if the disk did not take what was to be written. Whatever happens, cancellation
        included, no process is left behind.
        """
        command = [str(self._binary), *_EVERY_RUN, *map(str, arguments)]
        async with self.slots:
            output = await process.run(
                command, stdin=stdin, limits=limits, environment=_ENVIRONMENT
            )
        if limits.file_bytes and not output.ok:
            _raise_for_disk(output.log)
        return output


def _raise_for_disk(said: str) -> None:
    """A full disk is no fault of the file: what is already paid for can be made later."""
    for code in _DISK_TROUBLES:
        if os.strerror(code) in said:
            raise OSError(code, os.strerror(code))
