"""What the local engine has running and lying about."""

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


def is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False
