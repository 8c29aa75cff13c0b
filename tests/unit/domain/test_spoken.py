"""What may be spoken, how long it may last, and what it costs with its clip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import frames, spoken
from bot.errors import Code, UserError


@pytest.mark.parametrize("text", ["", "  ", "…!?", "\u200b", "\x00\n"])
def test_a_line_needs_something_to_say(text: str) -> None:
    with pytest.raises(UserError) as caught:
        spoken.checked(text)
    assert caught.value.code is Code.LINE_EMPTY


def test_a_line_is_one_paragraph_of_plain_words() -> None:
    assert spoken.checked("  Good\n morning,\u202e world! ") == "Good morning, world!"


@pytest.mark.parametrize("text", ["a" * 161, "漢" * 54, "word " * 900])
def test_a_line_that_no_clip_holds_is_refused_with_the_limit(text: str) -> None:
    with pytest.raises(UserError) as caught:
        spoken.checked(text)
    assert caught.value.code is Code.LINE_TOO_LONG
    assert caught.value.facts["limit"] == spoken.LONGEST


@given(st.text(max_size=400))
def test_any_text_is_a_legal_clip_or_a_refusal(text: str) -> None:
    try:
        line = spoken.checked(text)
    except UserError:
        return
    assert 0 < spoken.characters(line) <= spoken.LONGEST
    assert spoken.most_frames(line) in frames.LEGAL


def test_a_longer_line_never_needs_fewer_frames() -> None:
    counts = [spoken.most_frames("a" * length) for length in range(1, spoken.LONGEST + 1)]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (frames.SHORTEST, frames.LONGEST)
