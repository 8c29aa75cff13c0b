"""How far a clip's own sound lags the sound the model was given: pure numpy.

The picture follows the sound in its clip. Where that begins late, the clean sound must begin as
late, or the lips are out of time.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.media.loudness import RATE_HZ, Samples

_REACH_S = 0.6
_BAND_HZ = (100.0, 6000.0)
_WHITEST = 0.01
"""Frequencies weaker than this part of the mean count for less: they are noise."""
_STEP = RATE_HZ // 100
_RANGE_DB = 40.0
_SAME_WAVE = 0.5
"""Waves as alike as this are the same recording, so the lag is exact."""
_BORDERS_HZ = (100.0, 300.0, 600.0, 1200.0, 2400.0, 6000.0)
_BAND_RANGE_DB = 25.0
_WINDOW = 2 * _STEP
_STEADY_DB = 3.0
"""Noise and tones move by 2 dB, plucked strings by 5, voices by 6 to 8."""

Wave = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """`lag_s` is how much later the sound is than its reference (negative: earlier).

    `likeness` is about 1 for the same sound and below 0.4 for another; it is the better of how
    alike the waves are at that lag and how alike their bands rise and fall.
    """

    lag_s: float
    likeness: float


def align(sound: Samples, reference: Samples) -> Alignment:
    """Find a sound in its reference, both mono at 48 kHz, at most 0.6 s apart.

    The lag comes from the whitened cross-correlation, to a fraction of a sample. A sound that
    was made anew, so that only its loudness is like the reference's, is found by that: to about
    two milliseconds.
    """
    one, other = sound[:, 0], reference[:, 0]
    lag = _whitened_lag(one, other)
    waves, bands = _likeness(one, other, lag)
    exact = Alignment(lag_s=lag / RATE_HZ, likeness=max(waves, bands))
    if waves >= _SAME_WAVE:
        return exact
    lag = _loudness_lag(one, other)
    rough = Alignment(lag_s=lag / RATE_HZ, likeness=max(_likeness(one, other, lag)))
    return max(exact, rough, key=lambda found: found.likeness)


def _whitened_lag(one: Wave, other: Wave) -> float:
    """The lag in samples at which the phases agree best, whatever the colour of the sounds."""
    size = _fft_size(len(one) + len(other))
    cross = np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size))
    hertz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    cross[(hertz < _BAND_HZ[0]) | (hertz > _BAND_HZ[1])] = 0
    strength = np.abs(cross)
    cross /= strength + _WHITEST * strength.mean() + 1e-20
    return _peak(np.fft.irfft(cross, size), round(_REACH_S * RATE_HZ))


def _loudness_lag(one: Wave, other: Wave) -> float:
    first, second = _loudness_curve(one), _loudness_curve(other)
    size = _fft_size(len(first) + len(second))
    cross = np.fft.rfft(first, size) * np.conj(np.fft.rfft(second, size))
    return _peak(np.fft.irfft(cross, size), round(_REACH_S * RATE_HZ / _STEP)) * _STEP


def _peak(correlation: npt.NDArray[np.floating], reach: int) -> float:
    """The lag of the highest value, refined by the parabola through it and its neighbours."""
    near = np.concatenate((correlation[-reach:], correlation[: reach + 1]))
    top = int(near[1:-1].argmax()) + 1
    before, height, after = (float(value) for value in near[top - 1 : top + 2])
    bend = before - 2 * height + after
    return top - reach + (0.5 * (before - after) / bend if bend else 0.0)


def _likeness(one: Wave, other: Wave, lag: float) -> tuple[float, float]:
    """How alike the waves are where both overlap, and how alike their bands rise and fall."""
    whole = round(lag)
    first, second = one[max(0, whole) :], other[max(0, -whole) :]
    count = min(len(first), len(second))
    first, second = first[:count], second[:count]
    return abs(_correlation(first, second)), _bands_likeness(first, second)


def _bands_likeness(one: Wave, other: Wave) -> float:
    """How alike the bands of two sounds rise and fall while the second is heard.

    The silence around it does not count: any other voice in its place would share that. Of a
    steady sound, in which nothing moves, there is nothing to compare but its beginning and end
    and how high it is.
    """
    if len(other) < _WINDOW:
        return 0.0
    wanted = _bands(other)
    power = wanted.sum(axis=1)
    heard = np.flatnonzero(power > power.max() * 10 ** (-_RANGE_DB / 10))
    if not heard.size:
        return 0.0
    part = slice(int(heard[0]), int(heard[-1]) + 1)
    movement, found = _movement(wanted[part]), _bands(one)
    if movement.std() < _STEADY_DB:
        edges = _correlation(_loudness_curve(one), _loudness_curve(other))
        return edges * _correlation(_amplitudes(found[part]), _amplitudes(wanted[part]))
    return _correlation(_movement(found[part]), movement)


def _bands(wave: Wave) -> Wave:
    """The power of each band in steps of 10 ms, shape (steps, bands)."""
    frames = np.lib.stride_tricks.sliding_window_view(wave, _WINDOW)[::_STEP]
    spectra = np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32), axis=1)
    hertz = np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ)
    power = np.cumsum(np.square(np.abs(spectra)), axis=1, dtype=np.float64)
    return np.asarray(np.diff(power[:, np.searchsorted(hertz, _BORDERS_HZ)], axis=1), np.float32)


def _amplitudes(bands: Wave) -> Wave:
    """How strong each band is on the whole."""
    return np.asarray(np.sqrt(bands.sum(axis=0)), np.float32)


def _movement(bands: Wave) -> Wave:
    """The level of each band in dB around its mean, one band after the other in one row."""
    levels = 10 * np.log10(bands + 1e-12)
    levels = np.maximum(levels, levels.max(axis=0) - _BAND_RANGE_DB)
    return np.asarray((levels - levels.mean(axis=0)).ravel(), np.float32)


def _loudness_curve(wave: Wave) -> Wave:
    """The level of each 10 ms in dB, down to 40 dB under the loudest, around its mean."""
    steps = wave[: len(wave) // _STEP * _STEP].reshape(-1, _STEP)
    if not len(steps):
        return np.zeros(1, np.float32)
    levels = 10 * np.log10(np.einsum("ij,ij->i", steps, steps) + 1e-12)
    levels = np.maximum(levels, levels.max() - _RANGE_DB)
    return np.asarray(levels - levels.mean(), np.float32)


def _correlation(first: Wave, second: Wave) -> float:
    power = float(np.dot(first, first)) * float(np.dot(second, second))
    return float(np.dot(first, second)) / power**0.5 if power > 0 else 0.0


def _fft_size(count: int) -> int:
    return 1 << max(1, count - 1).bit_length()
