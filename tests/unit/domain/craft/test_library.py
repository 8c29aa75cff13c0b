import pytest

from bot.domain.coach import rules
from bot.domain.coach.findings import Severity
from bot.domain.context import Context
from bot.domain.craft import builder, sketch
from bot.domain.craft.parts import Part
from bot.domain.craft.phrases import PART_OF, PHRASES, Purpose
from bot.domain.craft.sketch import Sketch
from bot.domain.craft.starts import STARTS, Start
from bot.domain.reading.reader import read
from bot.domain.shapes import Shape
from storage.records import Mode


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


FACES = (Start.DIALOGUE, Start.PORTRAIT, Start.SPEECH, Start.TALKING_PICTURE)
MUSIC = (Start.MUSIC_BEAT, Start.MUSIC_PICTURE)
FITTING = {
    Purpose.SHOT: (Start.ESTABLISHING, Start.DIALOGUE, Start.SPEECH),
    Purpose.LIP_SYNC: (*FACES, *MUSIC),
    Purpose.EXPRESSION: (*FACES, *MUSIC),
    Purpose.EYE_CONTACT: (*FACES, *MUSIC),
    Purpose.BEAT: MUSIC,
    Purpose.REACTION: (*FACES, *MUSIC),
}
"""The situations that a phrase makes sense in; all of them, where nothing is said."""


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("start", Start)
def test_the_coach_only_hints_at_a_prompt_with_any_of_the_phrases(
    start: Start, purpose: Purpose
) -> None:
    starting = STARTS[start]
    context = Context(
        mode=starting.mode, has_picture=starting.has_picture, shape=starting.shape, frames=121
    )
    if start not in FITTING.get(purpose, Start):
        return
    for phrase in PHRASES[purpose]:
        made = sketch.choose(sketch.begin(Sketch(), start), purpose, (phrase,))
        found = rules.review(sketch.weave(made).prompt, context)
        assert {each.severity for each in found} <= {Severity.HINT}, phrase


@pytest.mark.parametrize("mode", Mode)
def test_a_few_words_and_any_phrase_become_a_prompt_the_coach_only_hints_at(mode: Mode) -> None:
    context = Context(mode=mode, has_picture=mode is not Mode.TEXT, shape=Shape.WIDE, frames=121)
    for purpose, listed in PHRASES.items():
        for phrase in listed:
            few = Sketch(words="A woman tells a friend about her day")
            woven = sketch.weave(sketch.choose(few, purpose, (phrase,))).prompt
            whole = builder.complete(read(woven), context).prompt
            found = rules.review(whole, context)
            assert {each.severity for each in found} <= {Severity.HINT}, phrase


@pytest.mark.parametrize("start", Start)
def test_the_coach_has_nothing_to_say_about_a_starting_point(start: Start) -> None:
    starting = STARTS[start]
    context = Context(
        mode=starting.mode, has_picture=starting.has_picture, shape=starting.shape, frames=121
    )
    assert 60 <= len(starting.prompt.split()) <= 200
    assert rules.review(starting.prompt, context) == ()
    assert {Part.ACTION, Part.CAMERA, Part.SOUND} <= set(starting.parts)
