"""Each rule with prompts it speaks up about and prompts it leaves in peace."""

from typing import Any

import pytest

from bot.domain.coach import camera, rules
from bot.domain.coach.findings import Rule, Severity
from bot.domain.context import Context, Sound, SoundKind
from bot.domain.shapes import Shape
from storage.records import Mode

TEXT = Context(frames=121, shape=Shape.WIDE)
IMAGE = Context(mode=Mode.IMAGE, has_picture=True, frames=121, shape=Shape.WIDE)
VOICE = Context(mode=Mode.AUDIO, frames=121, shape=Shape.WIDE)
BOTH = Context(mode=Mode.AUDIO, has_picture=True, frames=121, shape=Shape.WIDE)
SQUARE = Context(frames=121, shape=Shape.SQUARE)
TALL = Context(frames=121, shape=Shape.TALL)
MUSIC = Context(mode=Mode.AUDIO, frames=121, sound=Sound(kind=SoundKind.MUSIC))


def found(prompt: str, context: Context) -> dict[Rule, Severity]:
    return {finding.rule: finding.severity for finding in rules.review(prompt, context)}


BAD = [
    (Rule.LABELS, TEXT, "Subject - a cat. Camera: slow pan. Lighting: soft. Sound: rain."),
    (Rule.PARAGRAPHS, TEXT, "A cat sleeps.\nA dog barks."),
    (Rule.KEYWORDS, TEXT, "cat; sunglasses; beach; neon; vaporwave; 4k"),
    (Rule.TENSE, TEXT, "The man ran to the door and shouted."),
    (Rule.TENSE, TEXT, "Sie öffnete die Tür und lachte."),
    (Rule.LEAD, TEXT, "Film grain, 35mm, anamorphic. A cat sleeps on a chair."),
    (Rule.NO_ACTION, TEXT, "A red door in an old wall."),
    (Rule.NO_CUES, TEXT, "A gardener waters the roses."),
    (Rule.MANNEQUIN, TEXT, "A politician talks to the viewer with brown eyes and grey hair."),
    (Rule.MANNEQUIN, BOTH, "The cat talks to us."),
    (Rule.REDESCRIBES, IMAGE, "A girl with a red coat and blue eyes."),
    (Rule.WHO_NOT_HOW, BOTH, "A girl with a red coat and blue eyes."),
    (Rule.CAMERA_FAST, TEXT, "She tells a secret while the camera spins wildly around her."),
    (Rule.CAMERA_FAST, TEXT, "Er spricht, dann ein schneller Reißschwenk auf sein Gesicht."),
    (Rule.CAMERA_MANY, TEXT, "The camera pulls back, pans left and rises above the roofs."),
    (Rule.MANY_SPEAKERS, VOICE, "Both of them sing in the rain."),
    (Rule.TOO_MUCH, TEXT, 'She says, "' + "one two three four five six " * 6 + 'seven."'),
    (Rule.HEAD_IN_SQUARE, SQUARE, "A teacher speaks to the camera."),
    (Rule.LANDSCAPE_IN_TALL, TALL, "Clouds drift over a mountain range."),
]

GOOD = [
    (Rule.LABELS, TEXT, "A clock strikes: it is noon. Sound: bells."),
    (Rule.KEYWORDS, TEXT, "A cat, a dog and a bird walk along the road, and it rains softly."),
    (Rule.KEYWORDS, TEXT, "A man walks. Medium shot, static, 50mm, film grain."),
    (Rule.TENSE, TEXT, "A woman dressed in red sits in a room lit by candles and reads."),
    (Rule.TENSE, TEXT, 'The man laughs. "I was late. I ran," he says.'),
    (Rule.TENSE, TEXT, "Ein Mann steht im Regen und wartet. Der Platz wird hell beleuchtet."),
    (Rule.LEAD, TEXT, "A cinematic wide shot of a whale in a bay."),
    (Rule.NO_ACTION, TEXT, "A kettle whistles."),
    (Rule.NO_CUES, TEXT, "A gardener kneels, her hands deep in the soil."),
    (Rule.NO_CUES, TEXT, "A wide shot of a hiker crossing a glacier."),
    (Rule.MANNEQUIN, TEXT, "A politician talks to the viewer, his eyebrows climbing."),
    (Rule.MANNEQUIN, TEXT, "A train passes a village."),
    (Rule.REDESCRIBES, IMAGE, "The girl in the red coat turns and walks away."),
    (Rule.WHO_NOT_HOW, BOTH, "She smiles, blinks and tilts her head."),
    (Rule.CAMERA_FAST, TEXT, "A man talks in a fast car. The camera is static."),
    (Rule.CAMERA_FAST, TEXT, "A man talks about trains. No fast pans."),
    (Rule.CAMERA_FAST, TEXT, "A falcon dives and the camera follows it quickly."),
    (Rule.CAMERA_MANY, TEXT, "The camera tilts up while she pans for gold and a crane rises."),
    (Rule.CAMERA_MANY, TEXT, "She tilts her head, turns left and follows him. Static camera."),
    (Rule.MANY_SPEAKERS, VOICE, "A woman speaks while two dogs sleep behind her."),
    (Rule.MANY_SPEAKERS, TEXT, "A man and a woman talk at a table."),
    (Rule.TOO_MUCH, TEXT, "A man stands up and walks to the window."),
    (Rule.HEAD_IN_SQUARE, SQUARE, "A perfume bottle turns slowly."),
    (Rule.LANDSCAPE_IN_TALL, TALL, "A climber hangs on a rope above a valley."),
]


@pytest.mark.parametrize(("rule", "context", "prompt"), BAD)
def test_it_speaks_up(rule: Rule, context: Context, prompt: str) -> None:
    assert rule in found(prompt, context)


@pytest.mark.parametrize(("rule", "context", "prompt"), GOOD)
def test_it_leaves_in_peace(rule: Rule, context: Context, prompt: str) -> None:
    assert rule not in found(prompt, context)


def test_a_fast_camera_will_fail_with_a_voice_and_is_slowed_down() -> None:
    prompt = "A man speaks and nods. The camera spins quickly around him with fast zooms."
    assert found(prompt, VOICE)[Rule.CAMERA_FAST] is Severity.WILL_FAIL
    better = rules.improve(prompt, VOICE).prompt
    assert better.startswith("A man speaks and nods. The camera turns slowly around him with slow")
    assert Rule.CAMERA_FAST not in found(better, VOICE)
    assert Rule.CAMERA_FAST not in found(prompt, MUSIC)


@pytest.mark.parametrize(
    ("fast", "slow"),
    [
        ("The camera whips around her quickly.", "The camera moves around her slowly."),
        ("The camera whips past quickly.", "The camera moves past slowly."),
        (
            "The camera whips around her as a car drives by quickly.",
            "The camera moves slowly around her as a car drives by quickly.",
        ),
    ],
)
def test_a_camera_is_slowed_down_once_and_nothing_else(fast: str, slow: str) -> None:
    assert camera.calmed(f"A woman speaks. {fast}") == f"A woman speaks. {slow}"


def test_sections_become_sentences_without_their_names() -> None:
    better = rules.improve("Subject: a cat\nAction: it jumps\nCamera: static", TEXT)
    assert better.prompt.startswith("A cat. It jumps. Static.")
    assert Rule.LABELS in better.applied


def test_the_film_look_moves_behind_what_is_seen() -> None:
    better = rules.improve("35mm, film grain. A whale jumps in a bay.", TEXT)
    assert better.prompt.startswith("A whale jumps in a bay. 35mm, film grain.")


def test_sound_is_judged_as_it_was_measured() -> None:
    def told(**about: Any) -> set[Rule]:
        sound = Sound(**about)
        return set(found("", Context(mode=Mode.AUDIO, frames=121, sound=sound)))

    assert told(seconds=4.8) == set()
    assert told(seconds=5.5) == {Rule.FRAMES_OFF}
    assert told(seconds=2.0) == {Rule.FRAMES_OFF}
    assert told(clipped=True) == {Rule.SOUND_CLIPPED}
    assert told(noise_floor_db=-15.0) == {Rule.SOUND_NOISY}
    assert told(noise_floor_db=-40.0) == set()
    assert told(noise_floor_db=-15.0, kind=SoundKind.MUSIC) == set()
    assert told(speakers=2) == {Rule.MANY_SPEAKERS}


def test_the_way_of_a_talkie_sound_through_its_clip_is_no_mismatch() -> None:
    for frames in range(57, 242, 8):
        for spare_s in (0.0, 0.35, 0.68):
            sound = Sound(seconds=frames / 24 - spare_s)
            assert found("", Context(mode=Mode.AUDIO, frames=frames, sound=sound)) == {}
