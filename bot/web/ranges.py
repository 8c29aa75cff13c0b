"""Which bytes of a file a Range header asks for (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.ASCII | re.IGNORECASE)
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `start` up to, but not with, `stop`."""

    start: int
    stop: int


class Unsatisfiable(ValueError):
    """The range is sound, and no byte of the file lies in it."""


def asked_for(header: str | None, size: int) -> Span | None:
    """The part of a file of `size` bytes to send; None: all of it. Raises Unsatisfiable.

    What is no range in bytes is ignored, and so are several ranges at once, as the standard
    allows: no player asks for them, and their answers can be made larger than the file.
    """
    match = _ONE.fullmatch(header or "")
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, stop = max(0, size - _number(last)), size
    else:
        start, stop = _number(first), min(_number(last) + 1, size) if last else size
        if last and _number(last) < start:
            return None
    if start >= size:
        raise Unsatisfiable(header)
    return Span(start, stop)


def _number(digits: str) -> int:
    """A number, or one beyond any file where it has too many digits to be worth reading."""
    short = digits.lstrip("0")
    return int(short or "0") if len(short) <= _MOST_DIGITS else 10**_MOST_DIGITS
