"""One short-lived program under hard limits: the only way untrusted bytes meet a decoder."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.media.reasons import MediaError, Reason

_log = logging.getLogger(__name__)

_MAX_LOG_BYTES = 64 * 1024
_CHUNK_BYTES = 256 * 1024
# A shell's builtin, because preexec_fn is unsafe with threads; no untrusted text is in it.
_LIMITED = (
    "ulimit -c 0; ulimit -v {memory_kb}; ulimit -t {cpu_s}; ulimit -f {file_blocks};"
    ' ulimit -n 24; exec "$@"'
)
_FILE_BLOCK_BYTES = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one process may use; it is killed beyond any of them.

    `memory_bytes` is address space, so its resident memory is always less. `output_bytes` is
    what it may say on standard output, `file_bytes` the longest file it may write (none by
    default, so that reading a stranger's file cannot write one).
    """

    wall_s: float = 20.0
    cpu_s: int = 15
    memory_bytes: int = 600_000_000
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


async def run(
    command: Sequence[str],
    *,
    stdin: IO[bytes] | None,
    limits: Limits,
    environment: Mapping[str, str],
) -> Output:
    """Run a program to its end and return what it said; an exit code is the caller's to judge.

    It sees `environment` and nothing of ours. Raises MediaError(BROKEN) when the time is over.
    Whatever happens, cancellation included, nothing of its process group is left behind.
    """
    process = await _spawn(command, stdin, limits, environment)
    try:
        async with asyncio.timeout(limits.wall_s):
            return await _collect(process, limits.output_bytes)
    except TimeoutError as error:
        _log.warning("%s killed after %.1f s", Path(command[0]).name, limits.wall_s)
        raise MediaError(Reason.BROKEN, "the decoder took too long") from error
    finally:
        await _end(process)


async def _spawn(
    command: Sequence[str], stdin: IO[bytes] | None, limits: Limits, environment: Mapping[str, str]
) -> asyncio.subprocess.Process:
    script = _LIMITED.format(
        memory_kb=limits.memory_bytes // 1024,
        cpu_s=limits.cpu_s,
        file_blocks=-(-limits.file_bytes // _FILE_BLOCK_BYTES),
    )
    return await asyncio.create_subprocess_exec(
        *("/bin/sh", "-c", script, "sh", *command),
        stdin=asyncio.subprocess.DEVNULL if stdin is None else stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
        start_new_session=True,
        limit=2 * _CHUNK_BYTES,
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
        _log.debug("process ended with %d: %s", exit_code, text)
    return Output(exit_code=exit_code, stdout=stdout, log=text, truncated=truncated)


async def _read(stream: asyncio.StreamReader, max_bytes: int, *, drain: bool) -> tuple[bytes, bool]:
    """At most max_bytes of a stream, and whether there was more; `drain` reads on to the end."""
    kept: list[bytes] = []
    size = 0
    while chunk := await stream.read(_CHUNK_BYTES):
        if size < max_bytes:
            kept.append(chunk[: max_bytes - size])
        size += len(chunk)
        if size > max_bytes and not drain:
            break
    return b"".join(kept), size > max_bytes


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Kill what still runs and reap it; reading on lets its pipes close."""
    _kill(process)
    await process.communicate()
