import pytest

from bot.domain.coach import rules
from bot.domain.coach.findings import Severity
from bot.domain.context import Context
from bot.domain.craft import defaults
from bot.domain.craft.builder import Built
from bot.domain.craft.parts import Part
from bot.domain.shapes import Shape
from storage.records import Mode

SCENE = Context(frames=121, shape=Shape.WIDE)
VOICE = Context(mode=Mode.AUDIO, frames=121, shape=Shape.WIDE)
FACE = Context(mode=Mode.AUDIO, has_picture=True, frames=121, shape=Shape.TALL)


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("a cat", SCENE),
        ("a perfume bottle", SCENE),
        ("make it glow", Context(mode=Mode.IMAGE, frames=121)),
        ("Ein Hund bellt im Hof", SCENE),
        ("waves at dawn", SCENE),
        ("happy and a little shy", VOICE),
        ("happy and a little shy", FACE),
        ("warm smile, slow nods", FACE),
    ],
)
def test_a_few_words_become_a_prompt_the_coach_only_hints_at(words: str, context: Context) -> None:
    built = defaults.of_few(words, context)
    assert built.added
    assert words[1:] in built.prompt
    assert {each.severity for each in rules.review(built.prompt, context)} <= {Severity.HINT}


def test_words_about_a_manner_are_about_the_voice() -> None:
    built = defaults.of_few("happy and a little shy", VOICE)
    assert "medium close-up" in built.prompt
    assert Part.CUES in built.added
    assert "The one in the picture speaks" in defaults.of_few("happy, static camera", FACE).prompt


@pytest.mark.parametrize("words", ["a singer on a stage", "He greets the viewer warmly."])
def test_a_scene_for_a_sound_is_left_to_the_coach(words: str) -> None:
    assert defaults.of_few(words, VOICE) == Built(prompt=words)


@pytest.mark.parametrize("words", ["a cat and a dog " * 3, "un gato negro", "", "…", "日本"])
def test_enough_words_and_unknown_ones_stay_alone(words: str) -> None:
    assert defaults.of_few(words, SCENE) == Built(prompt=words)
    assert defaults.of_few(words, VOICE) == Built(prompt=words)


@pytest.mark.parametrize("words", ["old woman", "ein Ritter", "newsreader"])
def test_a_bare_name_with_a_voice_is_a_portrait_whose_lips_follow(words: str) -> None:
    built = defaults.of_few(words, VOICE)
    assert {Part.ACTION, Part.CUES, Part.SHOT} <= set(built.added)
    assert "of the recording" in built.prompt or "der Aufnahme" in built.prompt


@pytest.mark.parametrize("words", ["a singing frog", "a talking cat"])
def test_an_animal_has_no_eyebrows_to_raise(words: str) -> None:
    assert "eyebrow" not in defaults.of_few(words, SCENE).prompt


def test_a_face_that_says_nothing_gets_no_voice() -> None:
    prompt = defaults.of_few("a bride, close-up", SCENE).prompt
    assert "voice" not in prompt
    assert "important words" not in prompt


@pytest.mark.parametrize("words", ["empty street, no people", "a valley without humans"])
def test_nobody_moves_where_nobody_is(words: str) -> None:
    assert "Whoever" not in defaults.of_few(words, SCENE).prompt


@pytest.mark.parametrize("words", ["grandpa fixing his old radio in a garage", "samurai duel"])
def test_somebody_in_view_who_moves_is_not_taken_for_the_camera(words: str) -> None:
    better = rules.improve(words, SCENE)
    assert {Part.CUES, Part.CAMERA} <= set(better.added)
    assert "The camera" in better.prompt
