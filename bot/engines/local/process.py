"""One worker process for one clip: started, listened to, and killed with everything it started."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from bot.engines.local.job import Job

_ROOT = Path(__file__).resolve().parents[3]
_UNREADABLE = 3
"""The exit code of bot.engines.local.render for an input that will never do."""
_ERROR_BYTES = 4000
_LINE_LIMIT = 1000


class WorkerFailed(Exception):
    """No clip came out; `retryable` says whether another try makes sense."""

    def __init__(self, detail: str, *, retryable: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retryable = retryable


async def run(job: Job, *, time_limit_s: float, report: Callable[[float], None]) -> None:
    """Render a job in a process of its own; raises WorkerFailed. Cancelling kills the process."""
    try:
        async with asyncio.timeout(time_limit_s), _worker() as process:
            code, said = await _converse(process, job, report)
    except TimeoutError as error:
        raise WorkerFailed(f"not finished in {time_limit_s:g} s", retryable=True) from error
    except OSError as error:
        raise WorkerFailed(f"cannot start a worker: {error}", retryable=True) from error
    if code != 0:
        how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        raise WorkerFailed(f"worker {how}: {said}", retryable=code != _UNREADABLE)


@contextlib.asynccontextmanager
async def _worker() -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker in a process group of its own, which is gone afterwards."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.engines.local.render"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=_ROOT,
        # Nothing of Talkie's own environment: it holds the bot's token.
        env={"PYTHONPATH": str(_ROOT), "OPENBLAS_NUM_THREADS": "1", "LANG": "C.UTF-8"},
        start_new_session=True,
        limit=_LINE_LIMIT,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()


async def _converse(
    process: asyncio.subprocess.Process, job: Job, report: Callable[[float], None]
) -> tuple[int, str]:
    """Tell the job, hear the progress; the exit code and the end of what it complained about."""
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    with contextlib.suppress(ConnectionError):
        process.stdin.write(job.to_line())
        await process.stdin.drain()
    # Standard input stays open: a worker whose input closes ends itself.
    async with asyncio.TaskGroup() as group:
        said = group.create_task(_read_end(process.stderr))
        async for line in process.stdout:
            with contextlib.suppress(ValueError):
                report(min(max(float(line), 0.0), 1.0))
    return await process.wait(), said.result()


async def _read_end(stream: asyncio.StreamReader) -> str:
    """The last bytes of a stream, as text."""
    end = b""
    while chunk := await stream.read(_ERROR_BYTES):
        end = (end + chunk)[-_ERROR_BYTES:]
    return end.decode("utf-8", "replace").strip()
