"""One gain for the whole sound and a look-ahead limiter where that would pass the ceiling."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.media.loudness import MS, Samples, decibels, gated_lufs, peak_blocks, weighted_energy

_LOOK_AHEAD_BLOCKS = 5
_RELEASE_BLOCKS = 60.0
"""Blocks are milliseconds."""
_ROUNDS = 4
_NEAR = 0.35
"""Between its samples a wave stands at most 9 dB higher than in them, short of freaks."""
_AT_ONCE = 2048
_CLOSE_LU = 0.2
_MARGIN_DB = 0.05  # a peak between two samples of different gain may pass by less


@dataclass(frozen=True, slots=True, kw_only=True)
class Levelled:
    """A sound at its new level, and what was measured on it."""

    samples: Samples
    source_lufs: float
    loudness_lufs: float
    peak_dbtp: float


def level(samples: Samples, *, target_lufs: float, ceiling_dbtp: float) -> Levelled:
    """Bring a sound to a loudness without its true peak passing the ceiling.

    The gain is corrected until the limiter's own loss is made good or a further step would
    only squash. Silence comes back as it was.
    """
    energy = weighted_energy(samples)
    source_lufs = gated_lufs(energy)
    gain_db = target_lufs - source_lufs
    ceiling = 10 ** ((ceiling_dbtp - _MARGIN_DB) / 20)
    peaks = _near_peaks(samples, ceiling / 10 ** (gain_db / 20))
    curve, loudness = np.ones_like(peaks), source_lufs
    for _ in range(_ROUNDS):
        gain = 10 ** (gain_db / 20)
        curve = gain * limiter_curve(peaks * gain, ceiling)
        # The gain moves so slowly that it may be applied after the weighting.
        loudness = gated_lufs(energy * np.square(curve, dtype=np.float64))
        if abs(loudness - target_lufs) <= _CLOSE_LU:
            break
        gain_db += target_lufs - loudness
    peak = float((peaks * curve).max(initial=0.0))
    return Levelled(
        samples=_applied(samples, curve),
        source_lufs=source_lufs,
        loudness_lufs=loudness,
        peak_dbtp=decibels(peak),
    )


def _near_peaks(samples: Samples, limit: float) -> npt.NDArray[np.float32]:
    """Each millisecond's true peak where it might reach the limit or be the highest of all."""
    highest = float(max(samples.max(initial=0.0), -samples.min(initial=0.0)))
    return peak_blocks(samples, above=_NEAR * min(limit, highest))


def limiter_curve(peaks: npt.NDArray[np.float32], ceiling: float) -> npt.NDArray[np.float32]:
    """The gain of each millisecond: down ahead of a peak, slowly up after it, never above 1."""
    if not len(peaks) or peaks.max() <= ceiling:
        return np.ones_like(peaks)
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    padded = np.pad(wanted, (0, _LOOK_AHEAD_BLOCKS), constant_values=1.0)
    held = np.lib.stride_tricks.sliding_window_view(padded, _LOOK_AHEAD_BLOCKS + 1).min(axis=1)
    smoothed = np.pad(_released(held), (_LOOK_AHEAD_BLOCKS - 1, 0), mode="edge")
    window = np.lib.stride_tricks.sliding_window_view(smoothed, _LOOK_AHEAD_BLOCKS)
    return np.asarray(window.mean(axis=1), np.float32)


def _released(held: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Down at once, up by a share of what is missing to 1 with every block.

    What is missing, m, is the larger of 1 - held and r times the m before, so that it is the
    maximum of (1 - held[k]) r^(n-k) over all k up to n: a running maximum in logarithms.
    """
    per_block = np.log(1.0 - 1.0 / _RELEASE_BLOCKS) * np.arange(len(held))
    with np.errstate(divide="ignore"):
        missing = np.log(1.0 - held.astype(np.float64))
    return np.asarray(1.0 - np.exp(np.maximum.accumulate(missing - per_block) + per_block))


def _applied(samples: Samples, curve: npt.NDArray[np.float32]) -> Samples:
    """The sound times a straight line through each block between its gains at both borders.

    Each border has the lower of the two gains that meet there.
    """
    if curve.max(initial=1.0) == curve.min(initial=1.0):
        return samples * curve[:1]
    borders = np.pad(curve, 1, mode="edge")
    borders = np.minimum(borders[:-1], borders[1:])
    along = np.arange(MS, dtype=np.float32) / np.float32(MS)
    applied = np.empty_like(samples)
    for start in range(0, len(curve), _AT_ONCE):
        ends = borders[start : start + _AT_ONCE + 1]
        lines = (ends[1:] - ends[:-1])[:, None] * along
        lines += ends[:-1, None]
        part = slice(start * MS, min((start + len(lines)) * MS, len(samples)))
        np.multiply(
            samples[part], lines.reshape(-1, 1)[: part.stop - part.start], out=applied[part]
        )
    return applied
