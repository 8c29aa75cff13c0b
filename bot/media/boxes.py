"""The boxes an MP4 file is made of, found without trusting any of their sizes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_MAX_BOXES = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box: its name, and where in the file its content begins and ends."""

    name: bytes
    start: int
    stop: int


def boxes(file: IO[bytes], start: int, stop: int) -> Iterator[Box]:
    """The boxes that lie between two places of a file, in their order.

    Ends quietly where the sizes stop making sense. None reaches beyond `stop`, although the last
    may claim to.
    """
    at = start
    for _ in range(_MAX_BOXES):
        if at >= stop:
            return
        file.seek(at)
        head = file.read(min(16, stop - at))
        if len(head) < 8:
            return
        size, header = int.from_bytes(head[:4], "big"), 8
        if size == 1 and len(head) == 16:
            size, header = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = stop - at
        if size < header:
            return
        yield Box(name=head[4:8], start=at + header, stop=min(at + size, stop))
        at += size


def inside(file: IO[bytes], within: Box, *names: bytes) -> Box | None:
    """The box that is reached by these names, each inside the one before; None without it."""
    for name in names:
        # `meta` alone begins with four bytes of version and flags before its boxes.
        start = within.start + (4 if within.name == b"meta" else 0)
        found = next((box for box in boxes(file, start, within.stop) if box.name == name), None)
        if found is None:
            return None
        within = found
    return within
