"""One short-lived program under hard limits: the only way untrusted bytes meet a decoder."""

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.media.reasons import Overdue

log = logging.getLogger(__name__)

_MAX_LOG_BYTES = 64 * 1024
_PIPE_BYTES = 1 << 20
_STDOUT, _STDERR = 1, 2
_NICENESS = 5
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

    It sees `environment` and nothing of ours. Raises Overdue when the time is over.
    Whatever happens, cancellation included, nothing of its process group is left behind.
    """
    transport, listener = await _start(command, stdin, limits, environment)
    try:
        async with asyncio.timeout(limits.wall_s):
            await asyncio.shield(listener.ended)
    except TimeoutError as error:
        log.warning("%s killed after %.1f s", Path(command[0]).name, limits.wall_s)
        raise Overdue from error
    finally:
        _kill(transport)
        await listener.ended
        transport.close()
    return listener.output(transport.get_returncode())


async def _start(
    command: Sequence[str], stdin: IO[bytes] | None, limits: Limits, environment: Mapping[str, str]
) -> "tuple[asyncio.SubprocessTransport, _Listener]":
    script = _LIMITED.format(
        memory_kb=limits.memory_bytes // 1024,
        cpu_s=limits.cpu_s,
        file_blocks=-(-limits.file_bytes // _FILE_BLOCK_BYTES),
    )
    loop = asyncio.get_running_loop()
    return await loop.subprocess_exec(
        lambda: _Listener(loop.create_future(), limits.output_bytes),
        *("/bin/sh", "-c", script, "sh", *command),
        stdin=asyncio.subprocess.DEVNULL if stdin is None else stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )


class _Listener(asyncio.SubprocessProtocol):
    """Keeps what a process says, and kills it when that is too much.

    asyncio's own streams would copy each megabyte of sound three times on the event loop.
    """

    def __init__(self, ended: asyncio.Future[None], output_bytes: int) -> None:
        self.ended = ended
        self._kept: dict[int, list[bytes]] = {_STDOUT: [], _STDERR: []}
        self._room = {_STDOUT: output_bytes, _STDERR: _MAX_LOG_BYTES}
        self._transport: asyncio.SubprocessTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.SubprocessTransport)
        self._transport = transport
        _yield_to_us(transport.get_pid())
        _widen(transport.get_pipe_transport(_STDOUT))

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        room = self._room[fd]
        if room > 0:
            self._kept[fd].append(data[:room])
        self._room[fd] = room - len(data)
        if fd == _STDOUT and self._room[fd] < 0 and self._transport is not None:
            _kill(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended and both pipes are closed."""
        del exc
        if not self.ended.done():
            self.ended.set_result(None)

    def output(self, exit_code: int | None) -> Output:
        """All that was kept."""
        assert exit_code is not None
        stderr = b"".join(self._kept[_STDERR]).decode("utf-8", "replace")
        if exit_code != 0 or stderr:
            log.debug("process ended with %d: %s", exit_code, stderr)
        return Output(
            exit_code=exit_code,
            stdout=b"".join(self._kept[_STDOUT]),
            log=stderr,
            truncated=self._room[_STDOUT] < 0,
        )


def _yield_to_us(process: int) -> None:
    """Let the event loop go first wherever both want a core: it has people waiting."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, _NICENESS)


def _widen(transport: asyncio.BaseTransport | None) -> None:
    """A wider pipe wakes both ends less often; where it may not be widened it works as it is.

    Whoever was cancelled while it started has closed it already, which is a ValueError.
    """
    if transport is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError, ValueError):
            fcntl.fcntl(transport.get_extra_info("pipe"), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _kill(transport: asyncio.SubprocessTransport) -> None:
    """Kill the whole process group, unless its leader was reaped already."""
    if transport.get_returncode() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(transport.get_pid(), signal.SIGKILL)
