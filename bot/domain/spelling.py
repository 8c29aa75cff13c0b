"""Spelling: what a search reads as words, also in scripts that put no spaces between theirs."""

import re
import unicodedata

_UNSPACED = re.compile(
    "([\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003ffff])"
)
"""Han and kana: each of them is a word by itself, and a word of several is a phrase of them."""
_WORD = re.compile(r"\w+")


def spaced(prompt: str) -> str | None:
    """A prompt in composed letters, each that is a word apart; None if it is fine as it is."""
    found = _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFC", prompt))
    return None if found == prompt else " ".join(found.split())


def words(search: str) -> list[str]:
    """The words of a search; one of Han or kana is a phrase of its characters."""
    found = _WORD.findall(unicodedata.normalize("NFC", search))
    return [spaced(word) or word for word in found]
