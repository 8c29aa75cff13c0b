"""The folder where finished clips wait: one file per handle, partial files beside them."""

import os
import re
import secrets
import shutil
from pathlib import Path

_HANDLE = re.compile(r"[0-9a-f]{32}")


class Shelf:
    """Blocking file work for the engine; a handle that could not be ours names no file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()

    def prepare(self) -> None:
        """Make the folder; raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)

    def sweep(self, handle: str = "*") -> None:
        """Remove what was left unfinished of one clip, or of all."""
        for path in self._folder.glob(f"{handle}.part.*"):
            path.unlink(missing_ok=True)

    def path(self, handle: str) -> Path:
        """Where a clip of ours stands when it is finished."""
        return self._folder / f"{handle}.mp4"

    def holds(self, handle: str) -> bool:
        """Whether a finished clip is there."""
        return bool(_HANDLE.fullmatch(handle)) and self.path(handle).is_file()

    def copy(self, handle: str, target: Path) -> None:
        """Copy a clip by a temporary name beside the target; raises OSError."""
        partial = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        try:
            with self.path(handle).open("rb") as original, partial.open("xb") as copy:
                shutil.copyfileobj(original, copy, 1 << 20)
                copy.flush()
                os.fsync(copy.fileno())
            partial.rename(target)
        finally:
            partial.unlink(missing_ok=True)
        sync_folder(target.parent)

    def drop(self, handle: str) -> None:
        """Delete all that is kept of a clip."""
        if _HANDLE.fullmatch(handle):
            self.sweep(handle)
            self.path(handle).unlink(missing_ok=True)


def new_handle() -> str:
    """A handle nobody can guess, fit to be a file name."""
    return secrets.token_hex(16)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
