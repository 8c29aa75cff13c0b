"""What to keep of a sound and where it lies in its clip: pure arithmetic on samples."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.media.loudness import RATE_HZ, Samples
from bot.media.reasons import MediaError, Reason

HOP = RATE_HZ // 100
"""Levels are measured in steps of 10 ms."""

HEAD = RATE_HZ // 10
"""Room before the first sound: 100 ms, so that a mouth has time to open."""

TAIL = RATE_HZ // 4
"""Room after the last sound: 250 ms."""

_MAX_NOT_FINITE = 0.001
_MAX_AMPLITUDE = 1000.0
_LEAST_OFFSET = 1e-5
_CLIPPED_AT = 0.99
_CLIPPED_SHARE = 0.001
_CANCELS = 1 / 8
"""A mean of the channels with less than this part of their power has lost what cancels out."""
_SILENT_DB = -120.0
_PAUSE_HOPS = 17
"""How long the pause between two words is, at the least."""
_PAUSE_SEARCH = RATE_HZ * 3 // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The audible part of a sound: from sample `start` to before `stop`.

    `audible` counts the samples louder than the edge level, `noise_floor_db` is how far the
    quietest tenth of the part lies below its loud moments (negative).
    """

    start: int
    stop: int
    audible: int
    noise_floor_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A clip of `frames` whose track of `samples` holds the source from `first` to before `last`.

    `first` may lie before the source and `last` behind it: there is silence then, as there is
    in the rest of the track.
    """

    frames: int
    samples: int
    first: int
    last: int


def conditioned(samples: Samples) -> Samples:
    """Without a constant offset and without the odd sample that is no number; else BROKEN."""
    top = _top(samples)
    if not np.isfinite(top):
        finite = np.isfinite(samples)
        if 1.0 - np.count_nonzero(finite) / samples.size > _MAX_NOT_FINITE:
            raise MediaError(Reason.BROKEN, "samples that are no numbers")
        samples = np.where(finite, samples, np.float32(0))
        top = _top(samples)
    if top > _MAX_AMPLITUDE:
        raise MediaError(Reason.BROKEN, "samples far beyond full scale")
    offset = _offset(samples)
    return samples - offset if np.abs(offset).max() > _LEAST_OFFSET else samples


def _top(samples: Samples) -> float:
    """The largest amplitude; no number if one of the samples is none."""
    return float(max(samples.max(), -samples.min()))


def _offset(samples: Samples) -> npt.NDArray[np.float32]:
    """The constant offset of each channel: what the 10 ms steps mostly hover around.

    The mean of the whole would put an offset on the silence around a lopsided click.
    """
    whole = samples[: max(HOP, len(samples) // HOP * HOP)]
    steps = whole.reshape(-1, min(HOP, len(whole)), samples.shape[1])
    return np.asarray(np.median(steps.mean(axis=1, dtype=np.float64), axis=0), np.float32)


def is_clipped(samples: Samples) -> bool:
    """Whether one sample in a thousand stands at full scale."""
    return float(np.mean(np.abs(samples) >= _CLIPPED_AT)) > _CLIPPED_SHARE


def mono(samples: Samples) -> Samples:
    """One channel, shape (samples, 1); the louder side where both would cancel each other out."""
    if samples.shape[1] == 1:
        return samples
    middle = samples.mean(axis=1, dtype=np.float32)
    power = np.einsum("ij,ij->j", samples, samples, dtype=np.float64)
    if np.dot(middle, middle) < power.sum() * _CANCELS:
        middle = samples[:, int(power.argmax())]
    return np.ascontiguousarray(middle[:, None])


def levels_db(samples: Samples) -> npt.NDArray[np.float64]:
    """The level of each 10 ms in dB, over all channels; an unfinished last step counts."""
    missing = -len(samples) % HOP
    padded = np.pad(samples, ((0, missing), (0, 0))) if missing else samples
    hops = padded.reshape(-1, HOP * samples.shape[1])
    power = np.einsum("ij,ij->i", hops, hops).astype(np.float64) / HOP
    return np.asarray(np.maximum(10 * np.log10(power + 1e-30), _SILENT_DB))


def samples_of(frames: int, fps: int) -> int:
    """How many samples a clip lasts (2000 a frame at 24 frames a second)."""
    return round(frames * RATE_HZ / fps)


def place(heard: Heard, *, lengths: Sequence[int], fps: int) -> Place | None:
    """The shortest legal clip that holds what is heard with room around it; None if none does.

    In the longest clip the room shrinks, head and tail in proportion, before anything heard
    is cut. In a clip that is longer than needed the rest is silence at the end.
    """
    length = heard.stop - heard.start
    longest = samples_of(max(lengths), fps)
    room = min(HEAD + TAIL, longest - length)
    if room < 0:
        return None
    frames = min(count for count in lengths if samples_of(count, fps) >= length + room)
    head = room * HEAD // (HEAD + TAIL)
    return Place(
        frames=frames,
        samples=samples_of(frames, fps),
        first=heard.start - head,
        last=heard.stop + room - head,
    )


def first_part(
    heard: Heard, levels: npt.NDArray[np.float64], *, longest_frames: int, fps: int
) -> Heard:
    """The beginning that fits into the longest clip, cut in the quietest moment near its end."""
    limit = min(heard.stop, heard.start + samples_of(longest_frames, fps) - HEAD)
    last = limit // HOP
    first = max(heard.start, limit - _PAUSE_SEARCH) // HOP
    around = np.pad(levels, _PAUSE_HOPS // 2, mode="edge")
    calm = np.convolve(around, np.full(_PAUSE_HOPS, 1 / _PAUSE_HOPS), "valid")[first:last]
    # Where it is equally quiet the later cut keeps more.
    cut = last - int(np.argmin(calm[::-1].round(1))) - 1 if calm.size else last
    return Heard(
        start=heard.start,
        stop=max(cut * HOP, heard.start + HOP),
        audible=heard.audible,
        noise_floor_db=heard.noise_floor_db,
    )


def cut_out(samples: Samples, where: Place) -> Samples:
    """The part of the source that a place names, as far as the source reaches."""
    return samples[max(0, where.first) : max(0, where.last)]
