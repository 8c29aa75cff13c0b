import numpy as np
import pytest

from bot.media.limiter import level, limiter_curve
from bot.media.loudness import (
    RATE_HZ,
    SILENCE_LUFS,
    Samples,
    decibels,
    integrated_lufs,
    peak_blocks,
)
from tests.fakes import sounds


def sine(hertz: float, seconds: float, amplitude: float, phase: float = 0.0) -> Samples:
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.asarray(amplitude * np.sin(2 * np.pi * hertz * time + phase), np.float32)[:, None]


def test_the_standard_s_calibration_tone_reads_as_the_standard_says() -> None:
    # EBU Tech 3341: 1 kHz at -23 dBFS in both channels is -23 LUFS, in one 3 dB less.
    tone = sine(1000, 5, 10 ** (-23 / 20))
    assert integrated_lufs(np.hstack([tone, tone])) == pytest.approx(-23.0, abs=0.1)
    assert integrated_lufs(tone) == pytest.approx(-26.0, abs=0.1)


def test_silence_around_a_tone_does_not_make_it_quieter() -> None:
    tone = sine(1000, 5, 0.1)
    padded = np.pad(tone, ((RATE_HZ * 5, RATE_HZ * 5), (0, 0)))
    assert integrated_lufs(padded) == pytest.approx(integrated_lufs(tone), abs=0.4)


def test_silence_has_a_figure_and_a_moment_of_sound_has_one_too() -> None:
    assert integrated_lufs(np.zeros((RATE_HZ, 1), np.float32)) == SILENCE_LUFS
    assert integrated_lufs(sine(1000, 0.1, 0.5)) > -30


def test_a_peak_between_two_samples_is_found() -> None:
    # A quarter of the sample rate, sampled at 45 degrees: no sample is higher than 0.707.
    between = sine(RATE_HZ / 4, 1, 1.0, phase=np.pi / 4)
    assert np.abs(between).max() < 0.708
    assert decibels(float(peak_blocks(between)[20:-20].max())) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("seconds", [1, 2, 3, 5, 8, 11])
@pytest.mark.parametrize("level_db", [-38, -24, -10])
def test_speech_comes_out_at_the_target_and_under_the_ceiling(
    seconds: float, level_db: float
) -> None:
    speech = sounds.speech(seconds, level_db=level_db)[:, None]
    done = level(speech, target_lufs=-16, ceiling_dbtp=-1.5)
    assert integrated_lufs(done.samples) == pytest.approx(-16, abs=0.5)
    assert done.loudness_lufs == pytest.approx(integrated_lufs(done.samples), abs=0.1)
    assert decibels(float(peak_blocks(done.samples).max())) <= -1.4
    assert done.source_lufs == pytest.approx(integrated_lufs(speech))


def test_a_click_ten_times_louder_than_the_speech_is_held_under_the_ceiling() -> None:
    speech = sounds.speech(4)[:, None]
    speech[RATE_HZ * 2 : RATE_HZ * 2 + 30] = 1.0
    done = level(speech, target_lufs=-16, ceiling_dbtp=-1.5)
    assert decibels(float(peak_blocks(done.samples).max())) <= -1.4
    assert done.loudness_lufs == pytest.approx(-16, abs=1)


def test_both_channels_of_a_stereo_sound_get_the_same_gain() -> None:
    speech = sounds.speech(3, level_db=-12)
    stereo = np.stack([speech, speech * np.float32(0.25)], axis=1)
    done = level(stereo, target_lufs=-16, ceiling_dbtp=-1.5).samples
    np.testing.assert_allclose(done[:, 1], done[:, 0] * 0.25, atol=1e-6)


def test_music_that_gets_louder_is_measured_and_raised_as_exactly() -> None:
    time = np.arange(8 * RATE_HZ) / RATE_HZ
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220, 277, 330, 4400, 9000))
    music = np.asarray(0.02 * chord * np.geomspace(0.05, 8, len(time)), np.float32)[:, None]
    done = level(music, target_lufs=-16, ceiling_dbtp=-1.5)
    assert integrated_lufs(done.samples) == pytest.approx(-16, abs=0.5)
    assert decibels(float(peak_blocks(done.samples).max())) <= -1.4


def test_peaks_are_sought_only_where_they_could_matter() -> None:
    speech = sounds.speech(2)[:, None]
    everywhere = peak_blocks(speech)
    highest = float(np.abs(speech).max())
    near = peak_blocks(speech, above=highest * 0.5)
    loud = near >= highest * 0.5
    np.testing.assert_array_equal(near[loud], everywhere[loud])
    assert (near <= everywhere + 1e-7).all()


def test_silence_stays_silence() -> None:
    done = level(np.zeros((RATE_HZ, 1), np.float32), target_lufs=-16, ceiling_dbtp=-1.5)
    assert not done.samples.any()


def test_a_limiter_s_gain_holds_every_block_under_the_ceiling() -> None:
    peaks = np.random.default_rng(3).exponential(0.5, 4000).astype(np.float32)
    curve = limiter_curve(peaks, 0.8)
    assert curve.shape == peaks.shape
    assert curve.max() <= 1.0
    assert (curve * peaks).max() <= 0.8 + 1e-6
