import pytest

from bot.domain.coach import rules
from bot.domain.context import Context
from bot.domain.craft import builder, phrases
from bot.domain.craft.parts import Part
from bot.domain.craft.phrases import PART_OF, PHRASES, Purpose
from bot.domain.craft.starts import STARTS, Start
from bot.domain.reading.reader import read


@pytest.mark.parametrize("purpose", Purpose)
def test_there_are_a_dozen_phrases_for_each_purpose(purpose: Purpose) -> None:
    assert len(set(PHRASES[purpose])) >= 12
    for phrase in PHRASES[purpose]:
        assert len(phrase) <= 100, "Discord shows no longer choices"
        assert phrase.strip(" .,") == phrase
        assert builder.weave({PART_OF[purpose]: phrase}).endswith(".")


def test_no_phrase_is_there_twice() -> None:
    everything = [phrase.lower() for listed in PHRASES.values() for phrase in listed]
    assert len(everything) == len(set(everything))


@pytest.mark.parametrize("purpose", [Purpose.CAMERA, Purpose.LIGHT, Purpose.EXPRESSION])
def test_the_coach_understands_the_phrases(purpose: Purpose) -> None:
    understood = [
        phrase
        for phrase in PHRASES[purpose]
        if PART_OF[purpose] not in builder.missing(read(f"A man. {phrase}"), Context())
    ]
    assert len(understood) >= 0.9 * len(PHRASES[purpose])


def test_phrases_are_found_by_any_of_their_words() -> None:
    assert phrases.matching(Purpose.CAMERA, "") == PHRASES[Purpose.CAMERA]
    found = phrases.matching(Purpose.CAMERA, "slowly Right")
    assert found
    assert all("slowly" in phrase and "right" in phrase for phrase in found)
    assert phrases.matching(Purpose.BEAT, "the s")[0].startswith("the s")
    assert phrases.matching(Purpose.BEAT, "(.*)") == ()


@pytest.mark.parametrize("start", Start)
def test_the_coach_has_nothing_to_say_about_a_starting_point(start: Start) -> None:
    starting = STARTS[start]
    context = Context(
        mode=starting.mode, has_picture=starting.has_picture, shape=starting.shape, frames=121
    )
    assert 60 <= len(starting.prompt.split()) <= 200
    assert rules.review(starting.prompt, context) == ()
    assert {Part.ACTION, Part.CAMERA, Part.SOUND} <= set(starting.parts)
