"""How much memory work takes, in this process and in the programs it starts."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.01


@dataclass(slots=True)
class Peak:
    """In kilobytes: the largest program, and by how much this process grew at most."""

    child_kb: int = 0
    grown_kb: int = 0


@contextmanager
def watched() -> Iterator[Peak]:
    """Watch everything that runs below this process until the block ends."""
    peak, over = Peak(), threading.Event()
    own = Path("/proc/self/cmdline").read_bytes()

    def watch() -> None:
        while not over.wait(_EVERY_S):
            for child in _descendants(os.getpid()):
                # Between fork and exec a child still has our memory and our name.
                if _read(child, "cmdline") not in (own, b""):
                    peak.child_kb = max(peak.child_kb, _field(child, "VmHWM"))

    thread = threading.Thread(target=watch)
    Path("/proc/self/clear_refs").write_text("5")
    before = _field(os.getpid(), "VmRSS")
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()
        peak.grown_kb = _field(os.getpid(), "VmHWM") - before


def _descendants(process: int) -> list[int]:
    """The programs below a process; those that end while they are counted do not count."""
    found: list[int] = []
    try:
        tasks = [task.name for task in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return []
    for task in tasks:
        children = [int(number) for number in _read(process, f"task/{task}/children").split()]
        for child in children:
            found += [child, *_descendants(child)]
    return found


def _read(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""


def _field(process: int, name: str) -> int:
    """A figure of a process in kilobytes; 0 if it has ended."""
    for line in _read(process, "status").decode().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0
