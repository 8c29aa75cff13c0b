"""The phrase library while a member types a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.craft.phrases import PHRASES, Purpose
from cogs.ui import phrasing
from cogs.ui import workbench_texts as texts
from storage.records import Mode


@pytest.mark.parametrize("mode", Mode)
def test_without_a_word_some_of_every_purpose_are_suggested(mode: Mode) -> None:
    found = phrasing.matching(mode, "")
    assert len(found) == 25
    assert {purpose for purpose, _ in found} == set(Purpose)


@pytest.mark.parametrize("purpose", Purpose)
def test_the_name_of_a_purpose_lists_all_of_its_phrases(purpose: Purpose) -> None:
    found = phrasing.matching(Mode.TEXT, f"{texts.NAMES[purpose]}:")
    assert [phrase for each, phrase in found if each is purpose] == list(PHRASES[purpose])


def test_phrases_are_found_by_any_of_their_words() -> None:
    found = phrasing.matching(Mode.TEXT, "camera SLOWLY right")
    assert found
    assert all("slowly" in phrase and "right" in phrase for _, phrase in found)
    assert phrasing.matching(Mode.TEXT, "(.*)") == []


def test_a_phrase_stands_behind_the_words_of_a_member() -> None:
    assert phrasing.added("a cat sleeps", None) == "a cat sleeps"
    assert phrasing.added("a cat sleeps", " ") == "a cat sleeps"
    assert phrasing.added("a cat sleeps", "natural blinks between sentences") == (
        "A cat sleeps. Natural blinks between sentences."
    )
    assert phrasing.added("a cat", "the waves on the shore and a few gulls") == (
        "A cat. The audio is the waves on the shore and a few gulls."
    )
    assert phrasing.added("", "it **snows**") == "It snows."


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_typed_becomes_words(words: str, phrase: str) -> None:
    assert phrasing.added(words, phrase).startswith(words[:0])
    assert len(phrasing.added("", phrase)) <= phrasing.LONGEST + 20
    assert len(phrasing.matching(Mode.AUDIO, phrase)) <= 25
