"""The guide's own examples and mistakes, read from the reference text where it is at hand."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.coach import rules
from bot.domain.coach.findings import Rule, Severity
from bot.domain.context import Context, Sound
from bot.domain.shapes import Shape
from storage.records import Mode

INSIDE = Path("shared") / "reference" / "ltx-2.3-guide.txt"
ROOT = Path(__file__).resolve().parents[4]
TEXT = (Mode.TEXT, False)
IMAGE = (Mode.IMAGE, True)
VOICE = (Mode.AUDIO, False)
BOTH = (Mode.AUDIO, True)


def guide() -> str | None:
    named = os.environ.get("TALKIE_GUIDE")
    beside = [parent / INSIDE for parent in ROOT.parents]
    for path in (*([Path(named)] if named else []), *beside):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


GUIDE = guide()
needs_guide = pytest.mark.skipif(GUIDE is None, reason="the guide is not beside the checkout")


def examples() -> Iterator[tuple[str, tuple[Mode, bool]]]:
    lines = (GUIDE or "").splitlines()
    told = [lines[at + 2] for at, line in enumerate(lines) if line.strip() == "Prompt:"]
    told += [line for line in lines if line.startswith("The character from the reference image")]
    yield from zip(told, [TEXT, TEXT, IMAGE, IMAGE, VOICE, BOTH], strict=True)
    code = re.findall(r'"prompt": ((?:"[^"]*"\s*)+)', GUIDE or "")
    joined = ["".join(re.findall(r'"([^"]*)"', each)) for each in code]
    yield from zip(joined, [TEXT, IMAGE, BOTH], strict=True)


@needs_guide
@pytest.mark.parametrize("frames", [49, 121, 241])
@pytest.mark.parametrize("shape", [Shape.WIDE, Shape.CINEMATIC])
def test_its_examples_get_nothing_worse_than_a_hint(frames: int, shape: Shape) -> None:
    found = list(examples())
    assert len(found) == 9
    for prompt, (mode, has_picture) in found:
        context = Context(mode=mode, has_picture=has_picture, frames=frames, shape=shape)
        told = rules.review(prompt, context)
        if frames == 49:  # two seconds are too short for the longer sequences
            told = tuple(finding for finding in told if finding.rule is not Rule.TOO_MUCH)
        assert {finding.severity for finding in told} <= {Severity.HINT}, prompt


@needs_guide
def test_its_examples_have_all_elements_the_guide_asks_for() -> None:
    full = list(examples())[:6]
    for prompt, (mode, has_picture) in full:
        told = rules.review(prompt, Context(mode=mode, has_picture=has_picture, frames=121))
        assert told == (), prompt


@needs_guide
def test_its_examples_as_keyword_lists_or_sections_are_found() -> None:
    quoted = re.search(r"works better than “([^”]+)”", GUIDE or "")
    assert quoted is not None
    assert Rule.KEYWORDS in found_in(quoted[1])


def found_in(prompt: str, **about: Any) -> set[Rule]:
    context = Context(frames=121, shape=Shape.WIDE, **about)
    return {finding.rule for finding in rules.review(prompt, context)}


def test_a_mannequin_face_is_found() -> None:
    prompt = "A woman in a grey suit talks to the camera in an office, close-up, static."
    assert Rule.MANNEQUIN in found_in(prompt, mode=Mode.AUDIO)


@pytest.mark.parametrize("seconds", [3.0, 8.0])
def test_a_mismatch_of_frames_and_sound_is_found(seconds: float) -> None:
    told = found_in("A man speaks.", mode=Mode.AUDIO, sound=Sound(seconds=seconds))
    assert Rule.FRAMES_OFF in told


@pytest.mark.parametrize(
    "camera", ["Fast pans across his face.", "The camera whips around him.", "Quick whip pans."]
)
def test_a_camera_too_fast_for_dialogue_is_found(camera: str) -> None:
    assert Rule.CAMERA_FAST in found_in(f"A man talks about his day, nodding. {camera}")


def test_several_voices_in_one_sound_are_found() -> None:
    prompt = "A man and a woman talk over each other in a kitchen."
    assert Rule.MANY_SPEAKERS in found_in(prompt, mode=Mode.AUDIO)


def test_ten_seconds_without_a_sound_are_found() -> None:
    told = rules.review("A woman walks along a beach.", Context(frames=241))
    assert Rule.DRIFT in {finding.rule for finding in told}
