"""The ffmpeg binary of Talkie's pinned wheel, and the one way it is ever started."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import imageio_ffmpeg

from bot.media.reasons import MediaError, Reason

_log = logging.getLogger(__name__)

_MAX_LOG_BYTES = 64 * 1024
_CHUNK_BYTES = 256 * 1024
# Two variables and nothing of ours: few arenas keep threads inside the memory limit.
_ENVIRONMENT = {"LC_ALL": "C", "MALLOC_ARENA_MAX": "2"}
# A shell's builtin, because preexec_fn is unsafe with threads; no untrusted text is in it.
_LIMITED = (
    "ulimit -c 0; ulimit -v {memory_kb}; ulimit -t {cpu_s}; ulimit -f {file_blocks};"
    ' ulimit -n 24; exec "$@"'
)
_FILE_BLOCK_BYTES = 512

DECODERS = (
    "opus,libopus,vorbis,mp3,mp3float,aac,flac,alac,pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,"
    "pcm_f32le,pcm_f64le,pcm_alaw,pcm_mulaw,pcm_s16be"
)
"""The sound decoders untrusted files may use."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one process may use; it is killed beyond any of them.

    `output_bytes` is what it may say on standard output, `file_bytes` the longest file it may
    write (none by default, so that reading a stranger's file cannot write one).
    """

    wall_s: float = 20.0
    cpu_s: int = 15
    memory_bytes: int = 1 << 30
    output_bytes: int = 1 << 20
    file_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a process left behind; `log` (its stderr) is for our log and parsers, never shown."""

    exit_code: int
    stdout: bytes
    log: str
    truncated: bool

    @property
    def ok(self) -> bool:
        """Whether it ended by itself and well."""
        return self.exit_code == 0 and not self.truncated


class Ffmpeg:
    """Starts ffmpeg under limits, at most as many at once as `slots` has places."""

    def __init__(self, binary: Path, *, slots: asyncio.Semaphore) -> None:
        self.slots = slots
        self._binary = binary

    async def run(
        self, arguments: Sequence[str | Path], *, stdin: IO[bytes] | None, limits: Limits
    ) -> Output:
        """Run to the end and return what it said; an exit code is the caller's to judge.

        The waiting time for a free slot does not count. Raises MediaError(BROKEN) when the time
        is over. Whatever happens, cancellation included, no process is left behind.
        """
        async with self.slots:
            process = await self._spawn(arguments, stdin, limits)
            try:
                async with asyncio.timeout(limits.wall_s):
                    return await _collect(process, limits.output_bytes)
            except TimeoutError as error:
                _log.warning("ffmpeg killed after %.1f s", limits.wall_s)
                raise MediaError(Reason.BROKEN, "ffmpeg took too long") from error
            finally:
                await _end(process)

    async def _spawn(
        self, arguments: Sequence[str | Path], stdin: IO[bytes] | None, limits: Limits
    ) -> asyncio.subprocess.Process:
        script = _LIMITED.format(
            memory_kb=limits.memory_bytes // 1024,
            cpu_s=limits.cpu_s,
            file_blocks=-(-limits.file_bytes // _FILE_BLOCK_BYTES),
        )
        return await asyncio.create_subprocess_exec(
            *("/bin/sh", "-c", script, "sh", str(self._binary), "-nostdin", "-hide_banner"),
            *("-nostats", "-max_alloc", "268435456"),
            *map(str, arguments),
            stdin=asyncio.subprocess.DEVNULL if stdin is None else stdin,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_ENVIRONMENT,
            start_new_session=True,
        )


async def _collect(process: asyncio.subprocess.Process, output_bytes: int) -> Output:
    assert process.stdout is not None
    assert process.stderr is not None
    async with asyncio.TaskGroup() as group:
        log = group.create_task(_read(process.stderr, _MAX_LOG_BYTES, drain=True))
        stdout, truncated = await _read(process.stdout, output_bytes, drain=False)
        if truncated:
            _kill(process)
    exit_code = await process.wait()
    text = log.result()[0].decode("utf-8", "replace")
    if exit_code != 0 or text:
        _log.debug("ffmpeg ended with %d: %s", exit_code, text)
    return Output(exit_code=exit_code, stdout=stdout, log=text, truncated=truncated)


async def _read(stream: asyncio.StreamReader, max_bytes: int, *, drain: bool) -> tuple[bytes, bool]:
    """At most max_bytes of a stream, and whether there was more; `drain` reads on to the end."""
    kept, size = bytearray(), 0
    while chunk := await stream.read(_CHUNK_BYTES):
        size += len(chunk)
        kept += chunk[: max_bytes - len(kept)]
        if size > max_bytes and not drain:
            break
    return bytes(kept), size > max_bytes


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Kill what still runs and reap it; reading on lets its pipes close."""
    _kill(process)
    await process.communicate()
