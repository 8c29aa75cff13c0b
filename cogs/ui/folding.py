"""Folds what members wrote into a few plain characters that mean nothing to Discord."""

import re

TWO_LINES = 140
ONE_LINE = 60

_PAUSES = " .,:;"
_SPACE = re.compile(r"\s+")
# The invisible characters that turn the direction of the words around them.
_TURNING = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# More than two signs above or below one letter are no writing: they blot out the lines around.
_PILE = re.compile(
    r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2})"
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_MARK = re.compile(r"[\\*_~|`<\[\]]|^(?:[#>+-]|\d{1,9}(?=[.)]\s))|(?<=@)(?=\w)")


def fold(words: str, length: int = TWO_LINES) -> str:
    """At most `length` characters in one paragraph, cut between words, then escaped."""
    return escape(clip(words, length))


def clip(words: str, length: int) -> str:
    """At most `length` characters in one line, cut between words, for where marks mean nothing."""
    calm = _PILE.sub(r"\1", _TURNING.sub("", words))
    return _cut(_SPACE.sub(" ", calm).strip(), length)


def escape(words: str) -> str:
    """Words that Discord shows as they are: no marks, no mentions, no emoji, no timestamps."""
    return _MARK.sub(_defused, words)


def _defused(found: re.Match[str]) -> str:
    mark = found[0]
    if mark.isdecimal():
        return f"{mark}\u200b"
    return f"\\{mark}" if mark else "\u200b"


def _cut(words: str, length: int) -> str:
    if len(words) <= length:
        return words
    start, space, _ = words[:length].rpartition(" ")
    # A word as long as the line is cut through.
    whole = start if space and len(start) > length // 2 else words[: length - 1]
    return f"{whole.rstrip(_PAUSES)}…"
