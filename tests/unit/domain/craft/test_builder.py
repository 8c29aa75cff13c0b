import pytest

from bot.domain.coach import rules
from bot.domain.coach.findings import Severity
from bot.domain.context import Context
from bot.domain.craft import builder, defaults, fills
from bot.domain.craft.fills import Subject
from bot.domain.craft.parts import Part
from bot.domain.reading.reader import read
from bot.domain.shapes import Shape
from storage.records import Mode

TEXT = Context(frames=121, shape=Shape.WIDE)
PICTURE = Context(mode=Mode.IMAGE, has_picture=True, frames=121, shape=Shape.WIDE)


def test_parts_become_one_paragraph_in_the_order_of_the_guide() -> None:
    parts = {
        Part.LOOK: "grainy film",
        Part.SOUND: "a quiet room",
        Part.CAMERA: "the camera stays still,",
        Part.CUES: "she blinks",
        Part.LIGHT: "soft window light",
        Part.PLACE: " a small\n kitchen ",
        Part.SHOT: "medium close-up",
    }
    assert builder.weave(parts, "a woman reads a letter") == (
        "Medium close-up. A small kitchen. Soft window light. A woman reads a letter. She blinks. "
        "The camera stays still. The audio is a quiet room. Grainy film."
    )
    assert builder.weave({}) == ""
    assert builder.weave({Part.LIGHT: "  "}, "a cat!") == "A cat!"


def test_a_sound_that_is_told_as_one_gets_no_second_introduction() -> None:
    assert builder.weave({Part.SOUND: "we hear rain"}) == "We hear rain."


@pytest.mark.parametrize(
    ("prompt", "context"),
    [
        ("a cat on the moon", TEXT),
        ("woman talking in an office", TEXT),
        ("cyberpunk city with flying cars", TEXT),
        ("Ein Hund rennt im Garten", TEXT),
        ("Eine Frau spricht im Büro", TEXT),
        ("my dog", TEXT),
        ("make the water flow", PICTURE),
    ],
)
def test_five_words_become_a_full_prompt_that_says_what_was_added(
    prompt: str, context: Context
) -> None:
    built = builder.complete(read(prompt), context)
    assert built.prompt.lower().startswith(prompt.lower())
    assert len(built.added) >= 3
    assert 45 <= len(built.prompt.split()) <= 200
    told = rules.review(built.prompt, context)
    assert {finding.severity for finding in told} <= {Severity.HINT}
    again = builder.complete(read(built.prompt), context)
    assert again.added == ()
    assert again.prompt == built.prompt


def test_what_is_complete_or_in_another_language_stays_as_it_is() -> None:
    for prompt in ("un gato negro en la playa", "猫", "", defaults.of_sound(has_picture=False)):
        assert builder.complete(read(prompt), TEXT) == builder.Built(prompt=prompt)


def test_nothing_is_added_when_there_is_no_room() -> None:
    full = "A cat and a dog sleep. " * 33
    built = builder.complete(read(full), TEXT)
    assert built.prompt == full
    long = "Donaudampfschifffahrtsgesellschaft und " * 102
    assert builder.complete(read(long), TEXT).prompt == long


@pytest.mark.parametrize("is_german", [True, False])
@pytest.mark.parametrize("subject", Subject)
@pytest.mark.parametrize("part", Part)
def test_a_fill_is_understood_as_the_part_it_fills(
    part: Part, subject: Subject, is_german: bool
) -> None:
    sentence = fills.sentence(part, subject, is_german=is_german)
    assert builder.sentence(sentence) == sentence
    assert part not in builder.missing(read(sentence), TEXT)


def test_a_fill_does_not_hide_that_nothing_happens() -> None:
    for is_german in (True, False):
        for part in (Part.SHOT, Part.PLACE, Part.LIGHT, Part.CAMERA, Part.SOUND, Part.LOOK):
            sentence = fills.sentence(part, Subject.SCENE, is_german=is_german)
            assert Part.ACTION in builder.missing(read(sentence), TEXT)


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("mode", [Mode.IMAGE, Mode.AUDIO])
@pytest.mark.parametrize("has_picture", [True, False])
def test_a_file_without_words_gets_a_prompt_the_coach_has_nothing_to_say_about(
    shape: Shape, mode: Mode, has_picture: bool
) -> None:
    prompt = defaults.for_mode(mode, has_picture=has_picture, shape=shape)
    if mode is Mode.IMAGE and not has_picture:
        assert prompt is None
        return
    assert prompt in defaults.EVERY
    context = Context(mode=mode, has_picture=has_picture, shape=Shape.WIDE, frames=121)
    assert rules.review(prompt, context) == ()


def test_the_prompt_of_a_voice_note_is_a_portrait_that_lives() -> None:
    prompt = defaults.of_sound(has_picture=False)
    for said in ("medium close-up", "static", "viewer", "eyebrows", "blinks", "audio is"):
        assert said in prompt


def test_pictures_of_different_shapes_move_differently() -> None:
    assert len({defaults.of_picture(shape) for shape in Shape}) == len(Shape)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("A ticking clock", "The audio is a ticking clock."),
        ("wind", "The audio is wind."),
        ("Regen auf dem Dach", "Zu hören ist Regen auf dem Dach."),
        ("Man hört Regen", "Man hört Regen."),
        ("Rain patters on the roof", "Rain patters on the roof."),
        ("the sound of rain", "The sound of rain."),
        ("", ""),
    ],
)
def test_what_is_only_named_is_said_to_be_heard(written: str, told: str) -> None:
    assert builder.told(Part.SOUND, written) == told


def test_a_letter_that_becomes_two_stays_as_it_is() -> None:
    assert builder.sentence("ßen") == "ßen."
