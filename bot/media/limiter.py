"""One gain for the whole sound and a look-ahead limiter where that would pass the ceiling."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.media.loudness import Samples, decibels, integrated_lufs, peak_blocks

_BLOCK = 48  # one millisecond, as in peak_blocks
_LOOK_AHEAD_BLOCKS = 5
_RELEASE_BLOCKS = 60.0
_ROUNDS = 4
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
    peaks = peak_blocks(samples)
    source_lufs = loudness = integrated_lufs(samples)
    ceiling = 10 ** ((ceiling_dbtp - _MARGIN_DB) / 20)
    gain_db, levelled, curve = 0.0, samples, np.ones_like(peaks)
    for _ in range(_ROUNDS):
        gain_db += target_lufs - loudness
        gain = 10 ** (gain_db / 20)
        if peaks.max(initial=0.0) * gain <= ceiling:
            curve = np.full_like(peaks, gain)
            levelled, loudness = samples * np.float32(gain), target_lufs
            break
        curve = gain * limiter_curve(peaks * gain, ceiling)
        levelled = samples * _per_sample(curve, len(samples))[:, None]
        loudness = integrated_lufs(levelled)
        if abs(loudness - target_lufs) <= _CLOSE_LU:
            break
    peak = float((peaks * curve).max(initial=0.0))
    return Levelled(
        samples=levelled,
        source_lufs=source_lufs,
        loudness_lufs=loudness,
        peak_dbtp=decibels(peak),
    )


def limiter_curve(peaks: npt.NDArray[np.float32], ceiling: float) -> npt.NDArray[np.float32]:
    """The gain of each millisecond: down ahead of a peak, slowly up after it, never above 1."""
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    padded = np.pad(wanted, (0, _LOOK_AHEAD_BLOCKS), constant_values=1.0)
    held = np.lib.stride_tricks.sliding_window_view(padded, _LOOK_AHEAD_BLOCKS + 1).min(axis=1)
    released = np.empty_like(held)
    current, back = 1.0, 1.0 / _RELEASE_BLOCKS
    for index, least in enumerate(held.tolist()):
        current = min(least, current + (1.0 - current) * back)
        released[index] = current
    smoothed = np.pad(released, (_LOOK_AHEAD_BLOCKS - 1, 0), mode="edge")
    window = np.lib.stride_tricks.sliding_window_view(smoothed, _LOOK_AHEAD_BLOCKS)
    return np.asarray(window.mean(axis=1), np.float32)


def _per_sample(curve: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.float32]:
    """A straight line through each block, between the lower of the gains at its two borders."""
    borders = np.pad(curve, 1, mode="edge")
    borders = np.minimum(borders[:-1], borders[1:])
    along = np.arange(_BLOCK, dtype=np.float32) / _BLOCK
    lines = borders[:-1, None] + (borders[1:] - borders[:-1])[:, None] * along
    return np.asarray(lines.reshape(-1)[:count], np.float32)
