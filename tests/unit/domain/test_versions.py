"""Very few words are completed; everything else stays what its member wrote."""

import pytest

from bot.domain.context import Context
from bot.domain.craft.defaults import FEW_WORDS
from bot.domain.craft.parts import Part
from bot.domain.versions import Words, completed
from storage.belongings import Author
from storage.records import Mode

CONTEXT = Context(mode=Mode.TEXT, frames=121)


@pytest.mark.parametrize("own", ["A cat in a garden.", "A cat", "Eine Katze im Garten"])
def test_few_words_come_first_and_are_completed(own: str) -> None:
    words = completed(own, CONTEXT)
    assert words.own == own
    assert words.better.startswith(own)
    assert words.author is Author.BUILDER
    assert Part.CAMERA in words.added
    assert Part.SOUND in words.added


@pytest.mark.parametrize(
    "own", ["", "🎈", "one " * (FEW_WORDS + 1), "Кошка сидит в саду", "猫の夢"]
)
def test_nothing_is_added_to_more_words_or_to_a_language_that_is_not_read(own: str) -> None:
    assert completed(own, CONTEXT) == Words()


def test_which_version_is_shown_is_known() -> None:
    words = Words(own="A cat.", better="A black cat.")
    assert words.is_better("A black cat.")
    assert not words.is_better("A cat.")
    assert not Words().is_better("")
