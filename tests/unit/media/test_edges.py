import numpy as np
import pytest

from bot.media.edges import find_heard
from bot.media.loudness import RATE_HZ
from bot.media.track import HOP, Heard, levels_db
from tests.fakes import sounds
from tests.fakes.sounds import Sound


def found_in(*parts: Sound) -> Heard:
    sound = np.concatenate(parts)[:, None]
    found = find_heard(sound, levels_db(sound))
    assert found is not None
    return found


def coloured(seconds: float, level_db: float, exponent: float, *, lowest_hz: float = 40) -> Sound:
    """Noise whose power falls with the frequency: 0 white, 1 pink, 2 brown.

    Few microphones hear less than 40 Hz.
    """
    count = round(seconds * RATE_HZ)
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(count))
    spectrum[1:] /= np.arange(1, len(spectrum)) ** (exponent / 2)
    spectrum[: round(lowest_hz * seconds)] = 0
    noise = np.fft.irfft(spectrum, count)
    return np.asarray(noise * 10 ** (level_db / 20) / np.sqrt(np.mean(noise**2)), np.float32)


def strings(seconds: float, level_db: float) -> Sound:
    """Plucked strings, three a second, which ring out."""
    random = np.random.default_rng(11)
    sound = np.zeros(round((seconds + 1) * RATE_HZ))
    time = np.arange(RATE_HZ) / RATE_HZ
    for number in range(round(seconds * 3)):
        pitch = 110 * 2 ** (random.integers(0, 30) / 12)
        note = sum(
            np.sin(2 * np.pi * pitch * n * time) * np.exp(-4 * n * time) / n for n in range(1, 8)
        )
        at = number * RATE_HZ // 3
        sound[at : at + RATE_HZ] += note
    sound = sound[: round(seconds * RATE_HZ)]
    return np.asarray(sound * 10 ** (level_db / 20) / np.sqrt(np.mean(sound**2)), np.float32)


def test_silence_at_the_edges_is_trimmed_and_a_pause_inside_is_kept() -> None:
    found = found_in(
        sounds.silence(1.5),
        sounds.speech(2),
        sounds.silence(1),
        sounds.speech(1),
        sounds.silence(2),
    )
    assert found.start == pytest.approx(1.5 * RATE_HZ, abs=HOP)
    assert found.stop == pytest.approx(5.5 * RATE_HZ, abs=HOP)
    assert found.audible < 3.1 * RATE_HZ


def test_the_noise_of_a_room_is_trimmed_from_the_edges() -> None:
    noise = np.random.default_rng(5).standard_normal(RATE_HZ * 5).astype(np.float32) * 0.0007
    noise[RATE_HZ * 2 : RATE_HZ * 4] += sounds.speech(2, level_db=-20)
    found = found_in(noise)
    assert found.start == pytest.approx(2 * RATE_HZ, abs=2 * HOP)
    assert found.stop == pytest.approx(4 * RATE_HZ, abs=2 * HOP)


def test_music_keeps_an_intro_that_is_25_db_quieter() -> None:
    found = found_in(sounds.speech(3, level_db=-40), sounds.speech(4, level_db=-15))
    assert found.start == 0


def test_half_a_second_of_speech_is_found_in_two_minutes_of_faint_noise() -> None:
    sound = np.random.default_rng(5).standard_normal(RATE_HZ * 119).astype(np.float32) * 1e-4
    sound[RATE_HZ * 60 : RATE_HZ * 60 + RATE_HZ // 2] += sounds.speech(0.5)
    found = found_in(sound)
    assert found.stop - found.start <= 0.6 * RATE_HZ


def test_nothing_is_found_in_silence() -> None:
    silence = np.zeros((RATE_HZ, 2), np.float32)
    assert find_heard(silence, levels_db(silence)) is None


@pytest.mark.parametrize("exponent", [0, 1, 2])
@pytest.mark.parametrize("below_db", [26, 35, 45])
def test_steady_noise_of_any_colour_is_trimmed_where_it_is_far_below_the_voice(
    exponent: int, below_db: int
) -> None:
    noise = coloured(5, -20 - below_db, exponent)
    noise[RATE_HZ * 2 : RATE_HZ * 4] += sounds.speech(2, level_db=-20)
    found = found_in(noise)
    if below_db > 26:
        assert found.start == pytest.approx(2 * RATE_HZ, abs=11 * HOP)
        assert found.stop == pytest.approx(4 * RATE_HZ, abs=11 * HOP)
    else:
        assert found.stop - found.start >= 2 * RATE_HZ - 2 * HOP


@pytest.mark.parametrize("below_db", [34, 38, 42])
def test_music_keeps_an_intro_and_an_ending_that_are_very_quiet(below_db: int) -> None:
    found = found_in(
        sounds.silence(1),
        strings(3, -12 - below_db),
        strings(3, -12),
        strings(2, -12 - below_db),
        sounds.silence(1),
    )
    assert found.start == pytest.approx(1 * RATE_HZ, abs=10 * HOP)
    assert found.stop == pytest.approx(9 * RATE_HZ, abs=30 * HOP)


def test_a_quiet_intro_is_kept_above_the_hiss_of_its_recording_and_the_hiss_is_not() -> None:
    hiss = coloured(8, -62, 0)
    hiss[RATE_HZ * 2 : RATE_HZ * 5] += strings(3, -46)
    hiss[RATE_HZ * 5 : RATE_HZ * 7] += strings(2, -12)
    found = found_in(hiss)
    assert found.start == pytest.approx(2 * RATE_HZ, abs=11 * HOP)
    assert found.stop == pytest.approx(7 * RATE_HZ, abs=30 * HOP)


def test_a_fade_in_is_kept_from_50_db_under_the_full_level() -> None:
    fade = strings(4, -12) * np.geomspace(1e-4, 1, 4 * RATE_HZ).astype(np.float32)
    found = found_in(fade, strings(2, -12))
    assert found.start < 1.8 * RATE_HZ


def test_steady_noise_alone_is_heard_as_a_whole() -> None:
    found = found_in(coloured(3, -20, 1))
    assert found.stop - found.start > 2.9 * RATE_HZ


@pytest.mark.parametrize("level_db", [-42, -44])
def test_rumble_under_the_noise_of_a_room_does_not_hold_it(level_db: float) -> None:
    noise = coloured(6, level_db, 1, lowest_hz=5)
    noise[RATE_HZ * 2 : RATE_HZ * 4] += sounds.speech(2, level_db=-12)
    found = found_in(noise)
    assert found.start == pytest.approx(2 * RATE_HZ, abs=11 * HOP)
    assert found.stop == pytest.approx(4 * RATE_HZ, abs=11 * HOP)
