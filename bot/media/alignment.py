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
_STEP = RATE_HZ // 100
_RANGE_DB = 40.0
_SAME_WAVE = 0.5

Wave = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """`lag_s` is how much later the sound is than its reference (negative: earlier).

    `likeness` is about 1 for the same sound and below 0.4 for another; it is the better of how
    alike the waves and how alike the loudness curves are at that lag.
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
    waves, loudness = _likeness(one, other, lag)
    exact = Alignment(lag_s=lag / RATE_HZ, likeness=max(waves, loudness))
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
    """How alike the waves and how alike the loudness curves are where both overlap."""
    whole = round(lag)
    first, second = one[max(0, whole) :], other[max(0, -whole) :]
    count = min(len(first), len(second))
    first, second = first[:count], second[:count]
    return (
        abs(_correlation(first, second)),
        _correlation(_loudness_curve(first), _loudness_curve(second)),
    )


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
