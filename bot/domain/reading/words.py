"""Prompts cut into words, clauses, sentences and quotes by one linear scan."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.reading.lists import listed

_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[.!?…]+|[,;:\n()|/+•·]|[\"“”„«»]|[–—]")  # noqa: RUF001 -- typed
_CONJUNCTIONS = listed(
    "and as while when then whereas until before und während dann als wobei indem bis bevor sowie"
)
_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")


class Word(NamedTuple):
    """One word: in small letters, where it stands, and in which clause and sentence."""

    text: str
    start: int
    stop: int
    clause: int
    sentence: int
    is_capital: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A prompt's own words and, apart from them, how many words somebody says in quotes."""

    own: tuple[Word, ...]
    quoted: int
    count: int


class _Scan:
    """The state of the scan: which clause and sentence we are in, and whether somebody speaks."""

    def __init__(self) -> None:
        self.own: list[Word] = []
        self.clause = 0
        self.sentence = 0
        self.quoted = 0
        self.spoken = 0
        self.in_quote = False

    def mark(self, piece: str, text: str, stop: int) -> None:
        """Take note of a mark that ends something or opens or closes a quote."""
        if piece in _OPENING and not (self.in_quote and piece == "“"):
            self.in_quote = True
        elif piece in _CLOSING or piece == "“":
            self.in_quote = False
        elif piece == '"':
            self.in_quote = not self.in_quote and '"' in text[stop:]
        elif piece == "\n" or (piece[0] in ".!?…" and text[stop : stop + 1] in _AFTER):
            self.clause += 1
            self.sentence += not self.in_quote
        elif piece[0] not in ".!?…/":
            self.clause += 1

    def word(self, text: str, start: int) -> None:
        """Take a word; what is quoted is only counted."""
        if self.in_quote:
            self.quoted += 1
            return
        lower = text.lower()
        if "'" in lower or "’" in lower:  # noqa: RUF001 -- people type it
            lower = lower.replace("’", "'").removesuffix("'s")  # noqa: RUF001 -- as above
        if lower in _CONJUNCTIONS:
            self.clause += 1
        stop = start + len(text)
        self.own.append(Word(lower, start, stop, self.clause, self.sentence, text[0].isupper()))


_AFTER = frozenset(("", " ", "\n", "\t", '"', "”", "“", "»", ")", "*", "_"))


def split(text: str) -> Words:
    """The words of a prompt."""
    scan = _Scan()
    for found in _PIECE.finditer(text):
        piece = found[0]
        if piece[0].isalnum():
            scan.word(piece, found.start())
        else:
            scan.mark(piece, text, found.end())
    return Words(own=tuple(scan.own), quoted=scan.quoted, count=count(text))


def count(text: str) -> int:
    """How many words a text has, as a person would count them."""
    words = text.split()
    if text.isascii() and text.replace(" ", "").isalpha():
        return len(words)
    return sum(word[0].isalnum() or any(map(str.isalnum, word)) for word in words)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its marks and without the space around it."""
    found: list[str] = []
    begin = 0
    for mark in _END.finditer(text):
        if mark.end() == len(text) or text[mark.end()].isspace():
            found.append(text[begin : mark.end()].strip())
            begin = mark.end()
    found.append(text[begin:].strip())
    return [sentence for sentence in found if sentence]


_END = re.compile(r"[.!?…]+[\"”“»')*_]*|\n")
