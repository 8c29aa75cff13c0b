"""Files on disk: one data directory, one process on it, names that only Talkie makes."""

import fcntl
import os
import re
import secrets
import shutil
import stat
from collections.abc import Collection
from pathlib import Path
from typing import IO, Self

from storage.belongings import Leftover, Shelf
from storage.database import StorageError

POSTER_WIDTHS = (480, 960)
"""How wide the smaller copies of a poster are, for the slots of a page."""


class DirectoryInUse(StorageError):
    """Another process works on this data directory."""


class Files:
    """The data directory; holds its lock from `open` to `close`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock: IO[str] | None = None

    @classmethod
    def open(cls, root: Path) -> Self:
        """Make the directory if need be, lock and close it; raises DirectoryInUse or OSError."""
        files = cls(root.resolve())
        kept = [files.shelf(each) for each in Shelf]
        for folder in (files._root, *kept, files.scratch):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (files._root / "talkie.lock").open("a", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise DirectoryInUse(f"{root} is in use by another Talkie") from None
        files._lock = lock
        # What members sent is nobody else's business, even where the host made the folder.
        files._root.chmod(0o700)
        # Nobody else is alive here: what an earlier process left half-done is rubbish.
        for leftover in files.scratch.iterdir():
            _remove(leftover)
        return files

    def close(self) -> None:
        """Let another process have the directory."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self._root / "talkie.db"

    @property
    def jobs(self) -> Path:
        """One folder of prepared inputs for each job."""
        return self.shelf(Shelf.JOBS)

    @property
    def videos(self) -> Path:
        """Finished clips and posters."""
        return self.shelf(Shelf.VIDEOS)

    @property
    def portraits(self) -> Path:
        """The pictures that members keep."""
        return self.shelf(Shelf.PORTRAITS)

    @property
    def scratch(self) -> Path:
        """Work in progress; emptied at every start."""
        return self._root / "scratch"

    @property
    def local_engine(self) -> Path:
        """What the embedded engine has rendered and nobody fetched yet."""
        return self._root / "local"

    def new_scratch(self) -> Path:
        """A fresh, empty folder for work in progress."""
        folder = self.scratch / new_name()
        folder.mkdir(mode=0o700)
        return folder

    def adopt(self, scratch: Path) -> str:
        """Make a folder of prepared inputs permanent; answers its name below `jobs`."""
        for file in scratch.iterdir():
            _sync(file)
        _sync(scratch)
        target = self.jobs / scratch.name
        scratch.rename(target)
        _sync(self.jobs)
        return target.name

    def disown(self, name: str) -> None:
        """Make an adopted folder work in progress again, as it was before."""
        (self.jobs / name).rename(self.scratch / name)

    def join(self, folder: str, files: Collection[Path]) -> list[str]:
        """Put finished files into a job's folder; answers their names, which a row must tell.

        A file that a crash left there without a row is replaced. Raises FileNotFoundError where
        the folder is gone.
        """
        target = self.jobs / folder
        for file in files:
            _sync(file)
            file.rename(target / file.name)
        _sync(target)
        return [file.name for file in files]

    def publish(self, scratch: Path, suffix: str, *, place: Shelf = Shelf.VIDEOS) -> str:
        """Make a finished file permanent; answers its name below its place."""
        name = f"{new_name()}{suffix}"
        _sync(scratch)
        scratch.rename(self.shelf(place) / name)
        _sync(self.shelf(place))
        return name

    def read_video(self, name: str) -> IO[bytes]:
        """Open a file below `videos`: no link, no folder, nothing elsewhere. Raises OSError."""
        if name != Path(name).name:
            raise FileNotFoundError(f"no name of a file: {name!r}")
        # Without NONBLOCK a pipe would be waited for.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(self.videos / name, flags)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise FileNotFoundError(f"no regular file: {name!r}")
        return os.fdopen(descriptor, "rb")

    def shelf(self, place: Shelf) -> Path:
        """A folder of what is kept."""
        return self._root / place

    def share(self, folder: str, names: Collection[str], scratch: Path) -> None:
        """Let `scratch` hold the same inputs as a job's folder; raises FileNotFoundError.

        Prepared inputs are never written again, so both may be one file on the disk.
        """
        for name in names:
            source = self.jobs / folder / name
            try:
                (scratch / name).hardlink_to(source)
            except FileNotFoundError:
                raise
            except OSError:
                # Some file systems know no second name for a file.
                shutil.copyfile(source, scratch / name)

    def remove(self, leftover: Leftover) -> None:
        """Remove a file or folder that is kept no longer; one that is gone is removed already."""
        if not re.fullmatch(r"[0-9a-z]+(-[0-9]+)?(\.[0-9a-z]+)?", leftover.name):
            raise ValueError("this is no name of ours")
        path = self.shelf(leftover.place) / leftover.name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        _sync(path.parent)

    def discard(self, scratch: Path) -> None:
        """Remove work in progress, if it was not made permanent."""
        if scratch.exists():
            shutil.rmtree(scratch)

    def free_bytes(self) -> int:
        """Free space on the directory's disk."""
        return shutil.disk_usage(self._root).free


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError:
        # A child of the killed process may have written its last file meanwhile.
        shutil.rmtree(folder)


def small_poster(poster: str, width: int) -> str:
    """The name of a poster's smaller copy, beside it; it lives and dies with the poster."""
    return f"{Path(poster).stem}-{width}.webp"


def new_name() -> str:
    """A file name nobody can guess: 26 letters and digits that say nothing."""
    return secrets.token_hex(13)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
