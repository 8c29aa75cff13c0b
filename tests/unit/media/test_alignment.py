import numpy as np
import pytest

from bot.media.alignment import align
from tests.fakes.sounds import RATE, Sound, silence, speech


def late(sound: Sound, samples: int) -> Sound:
    return np.concatenate([silence(samples / RATE), sound])[: len(sound)]


def made_anew(sound: Sound) -> Sound:
    """The same loudness in every band, with phases of its own, as a vocoder makes it."""
    random, window = np.random.default_rng(3), np.hanning(1024)
    made = np.zeros(len(sound) + 1024)
    for start in range(0, len(sound) - 1024, 256):
        spectrum = np.abs(np.fft.rfft(sound[start : start + 1024] * window))
        turned = spectrum * np.exp(2j * np.pi * random.random(len(spectrum)))
        made[start : start + 1024] += np.fft.irfft(turned) * window
    return np.asarray(made[: len(sound)], np.float32)


@pytest.mark.parametrize("samples", [0, 1, 480, 9600, 14_400])
@pytest.mark.parametrize("seconds", [1, 4, 10])
def test_a_lag_is_found_to_the_sample(samples: int, seconds: float) -> None:
    sound = np.concatenate([silence(0.1), speech(seconds), silence(0.3)])
    found = align(late(sound, samples)[:, None], sound[:, None])
    assert found.lag_s * RATE == pytest.approx(samples, abs=0.2)
    assert found.likeness > 0.95
    early = align(sound[:, None], late(sound, samples)[:, None])
    assert early.lag_s * RATE == pytest.approx(-samples, abs=0.2)


def test_half_a_sample_is_seen() -> None:
    sound = speech(2)
    spectrum = np.fft.rfft(sound)
    turn = np.exp(-1j * np.pi * np.arange(len(spectrum)) / len(sound))
    moved = np.fft.irfft(spectrum * turn, len(sound)).astype(np.float32)
    found = align(moved[:, None], sound[:, None])
    assert found.lag_s * RATE == pytest.approx(0.5, abs=0.05)


def test_a_sound_that_was_made_anew_is_found_by_its_loudness() -> None:
    sound = np.concatenate([silence(0.1), speech(4), silence(0.3)])
    found = align(late(made_anew(sound), 4800)[:, None], sound[:, None])
    assert found.lag_s == pytest.approx(0.1, abs=0.015)
    assert found.likeness > 0.7


def test_other_sounds_are_not_alike() -> None:
    sound = np.concatenate([silence(0.1), speech(4), silence(0.3)])
    time = np.arange(len(sound)) / RATE
    tone = np.asarray(0.1 * np.sin(2 * np.pi * 440 * time), np.float32)
    noise = np.random.default_rng(2).standard_normal(len(sound)).astype(np.float32)
    for other in (tone, noise, silence(4)):
        assert align(other[:, None], sound[:, None]).likeness < 0.3


def test_lengths_may_differ_and_be_tiny() -> None:
    sound = speech(2)[:, None]
    assert align(sound[: RATE // 2], sound).lag_s == pytest.approx(0, abs=1e-4)
    assert align(sound[:1], sound).likeness <= 1.001
    assert align(np.zeros((5, 1), np.float32), np.zeros((9, 1), np.float32)).likeness == 0


@pytest.mark.parametrize("seconds", [2, 3, 6])
def test_another_voice_in_the_same_place_is_not_alike(seconds: float) -> None:
    other = speech(seconds + 3, seed=5)[round(2.3 * RATE) :][: round(seconds * RATE)]
    first, second = (
        np.concatenate([silence(0.1), voice, silence(0.25)]) for voice in (other, speech(seconds))
    )
    assert align(first[:, None], second[:, None]).likeness < 0.4


def test_a_steady_sound_that_was_made_anew_is_found_by_where_it_begins() -> None:
    one, other = (
        np.concatenate([silence(0.1), 0.1 * random.standard_normal(3 * RATE), silence(0.3)])
        for random in (np.random.default_rng(1), np.random.default_rng(2))
    )
    found = align(late(one, 4800)[:, None].astype("f4"), other[:, None].astype("f4"))
    assert found.lag_s == pytest.approx(0.1, abs=0.015)
    assert found.likeness > 0.7


def test_another_steady_sound_in_the_same_place_is_not_alike() -> None:
    time = np.arange(round(2.3 * RATE)) / RATE
    kinds = {
        "low": 0.3 * np.sin(2 * np.pi * 440 * time),
        "high": 0.3 * np.sin(2 * np.pi * 660 * time),
        "hiss": 0.1 * np.random.default_rng(2).standard_normal(len(time)),
    }
    placed = {
        name: np.concatenate([silence(0.1), sound.astype(np.float32), silence(0.6)])
        for name, sound in kinds.items()
    }
    for name, sound in placed.items():
        for other, reference in placed.items():
            likeness = align(sound[:, None], reference[:, None]).likeness
            assert likeness > 0.95 if name == other else likeness < 0.4, (name, other)
