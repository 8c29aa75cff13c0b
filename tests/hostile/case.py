"""What a file is for: how it is made, and how Talkie must answer it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """What no file may make Talkie touch: an address, and a file with a word in it."""

    url: str
    secret: Path
    word: bytes = b"opensesame-do-not-tell"


Write = Callable[[Path, Trap], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file; `refusal` is None where it must be taken.

    `either` says that taking it would do as well, if only it costs no more than it may.
    `seconds` and `channels` are what must be heard in the clean track of a sound.
    """

    write: Write
    refusal: Code | None = None
    seconds: float = 3.0
    channels: int = 1
    either: bool = False


def refused(code: Code, write: Write) -> Case:
    return Case(write=write, refusal=code)


def data(content: bytes) -> Write:
    """A file of exactly these bytes."""
    return lambda path, _: path.write_bytes(content)
