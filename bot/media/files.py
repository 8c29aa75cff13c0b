"""Files opened and written so that nothing is left half-done, whoever is cancelled."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Literal

from bot.media.threads import to_end

PART = ".part"
"""How unfinished files end; what is found under such a name after a crash may be removed."""


@asynccontextmanager
async def opened(path: Path, mode: Literal["rb", "wb"] = "rb") -> AsyncIterator[IO[bytes]]:
    """A file opened in a thread; closed at the end, also if that comes while it opens."""
    async with opened_by(lambda: path.open(mode)) as file:
        yield file


@asynccontextmanager
async def opened_by(opener: Callable[[], IO[bytes]]) -> AsyncIterator[IO[bytes]]:
    """The same for a file that is opened in another way; raises what that raises."""
    opening = asyncio.create_task(asyncio.to_thread(opener))
    try:
        file = await asyncio.shield(opening)
    except asyncio.CancelledError:
        await asyncio.wait({opening})
        if opening.exception() is None:
            opening.result().close()
        raise
    with file:
        yield file


@asynccontextmanager
async def replacing(target: Path) -> AsyncIterator[Path]:
    """A temporary name beside `target`, which takes its place when the block ends well."""
    part = target.with_name(f".{target.name}{PART}")
    try:
        yield part
        await to_end(_settle, part, target)
    finally:
        part.unlink(missing_ok=True)


def _settle(part: Path, target: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
