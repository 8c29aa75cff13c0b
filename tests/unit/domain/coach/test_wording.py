"""What the fixes write, word for word, where a careless change would show."""

import pytest

from bot.domain.coach import rules
from bot.domain.context import Context, Sound, SoundKind
from storage.records import Mode

VOICE = Context(mode=Mode.AUDIO, frames=121, sound=Sound(kind=SoundKind.SPEECH, seconds=5.0))


@pytest.mark.parametrize(
    ("prompt", "better"),
    [
        (
            "The camera whip-pans to a woman who speaks.",
            "The camera slowly pans to a woman who speaks.",
        ),
        (
            "A man talks while the camera spins around him really fast.",
            "A man talks while the camera turns around him really slowly.",
        ),
        (
            "Schneller Reißschwenk auf die Moderatorin, während sie spricht.",
            "Langsamer Schwenk auf die Moderatorin, während sie spricht.",
        ),
        (
            "She speaks and the camera does a quick zoom on her face.",
            "She speaks and the camera does a slow zoom on her face.",
        ),
    ],
)
def test_a_calmer_camera_is_said_in_good_words(prompt: str, better: str) -> None:
    assert rules.improve(prompt, VOICE).prompt.startswith(better)


@pytest.mark.parametrize(
    "prompt",
    [
        "[Visual] a train crosses a bridge\n[Audio] the wheels rumble\n[Camera] static",
        "VISUAL - a train crosses a bridge\nAUDIO - the wheels rumble\nCAMERA - static",
        "## Visual\na train crosses a bridge\n## Audio\nthe wheels rumble\n## Camera\nstatic",
        "Visual -> a train crosses a bridge\nAudio -> the wheels rumble\nCamera -> static",
        "1) Visual: a train crosses a bridge\n2) Audio: the wheels rumble\n3) Camera: static",
        "visual = a train crosses a bridge; audio = the wheels rumble; camera = static",
    ],
)
def test_sections_of_any_fashion_become_sentences(prompt: str) -> None:
    better = rules.improve(prompt, Context(frames=121)).prompt
    assert better.startswith("A train crosses a bridge. The wheels rumble. Static.")
