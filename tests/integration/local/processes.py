"""What the local engine has running and lying about."""

import asyncio
import os
from pathlib import Path


def processes_of(handle: str) -> list[int]:
    """The ffmpeg processes that write a clip."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if handle.encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_file()]


def environment_of(process: int) -> bytes:
    return Path(f"/proc/{process}/environ").read_bytes()


async def until_gone(group: int, handle: str, timeout_s: float = 60) -> None:
    """Wait until a killed group has ended: the kernel takes a moment, and tells nobody."""
    async with asyncio.timeout(timeout_s):
        while not is_gone(group) and processes_of(handle):  # noqa: ASYNC110 nothing rings
            await asyncio.sleep(0.02)


def is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False
