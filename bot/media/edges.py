"""Where a sound begins and ends: the noise of a room is trimmed, the faint intro of music is not.

Whatever is 32 dB below the loud moments might be either. It is told apart by its spectrum: noise
fills its bands, voices and instruments stand out of them.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.media.loudness import RATE_HZ, Samples
from bot.media.track import HOP, Heard

_SURE_BELOW_LOUD_DB = 32.0
_FAINT_BELOW_LOUD_DB = 50.0
_LOWEST_DB = -60.0
_DIGITAL_SILENCE_DB = -90.0
_LOUD_HOPS = 30

_FRAME_HOPS = 10
_FRAME = _FRAME_HOPS * HOP
_FLOOR_SHARE = 10
"""Per cent of the frames."""
_ABOVE_FLOOR_DB = 6.0
_NOISE_FLATNESS = 0.35
"""White to brown noise has 0.37 and more in 99 of 100 frames, plucked strings 0.2 and less."""
_BANDS_HZ = 200 * 2 ** (np.arange(9) / 2)


def find_heard(samples: Samples, levels: npt.NDArray[np.float64]) -> Heard | None:
    """Where the sound begins and ends; None if nothing in it is audible.

    Loud is what the loudest hundredth (at most 0.3 s) reaches. What comes within 32 dB of that is
    heard for sure. Around it up to 50 dB count, unless they are the steady noise under
    everything. Nothing under -60 dB counts.
    """
    loud_hops = max(1, min(_LOUD_HOPS, len(levels) // 100))
    loud_db = float(np.partition(levels, -loud_hops)[-loud_hops])
    sure_db = max(loud_db - _SURE_BELOW_LOUD_DB, _LOWEST_DB)
    sure = np.flatnonzero((levels > sure_db) & (_around(levels) > sure_db))
    if not sure.size:
        return None
    faint_db = max(loud_db - _FAINT_BELOW_LOUD_DB, _LOWEST_DB)
    first, last = int(sure[0]), int(sure[-1]) + 1
    channel = samples[:, int(np.einsum("ij,ij->j", samples, samples).argmax())]
    floor_db = _floor_db(levels) + _ABOVE_FLOOR_DB
    before, after = channel[: first * HOP][::-1], channel[last * HOP :]
    start = first - _faint_hops(before, levels[:first][::-1], faint_db, floor_db)
    stop = last + _faint_hops(after, levels[last:], faint_db, floor_db)
    quiet_db = float(np.percentile(levels[start:stop], 10))
    return Heard(
        start=start * HOP,
        stop=stop * HOP,
        audible=sure.size * HOP,
        noise_floor_db=quiet_db - loud_db,
    )


def _floor_db(levels: npt.NDArray[np.float64]) -> float:
    """What the quietest tenth of all frames reaches, digital silence aside."""
    count = len(levels) // _FRAME_HOPS
    frames = _average(levels[: count * _FRAME_HOPS].reshape(count, _FRAME_HOPS))
    recorded = frames[frames > _DIGITAL_SILENCE_DB]
    return float(np.percentile(recorded, _FLOOR_SHARE)) if recorded.size else _LOWEST_DB


def _average(frames: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The level of each frame from the levels of its hops."""
    return np.asarray(10 * np.log10(np.mean(10 ** (frames / 10), axis=1)))


def _around(levels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The level of each hop together with its neighbours: rumble passes a limit for a moment."""
    power = np.convolve(10 ** (levels / 10), np.full(_FRAME_HOPS + 1, 1 / (_FRAME_HOPS + 1)))
    skip = _FRAME_HOPS // 2
    return np.asarray(10 * np.log10(power[skip : skip + len(levels)] + 1e-30))


def _faint_hops(
    outwards: npt.NDArray[np.float32],
    levels: npt.NDArray[np.float64],
    faint_db: float,
    floor_db: float,
) -> int:
    """How many hops of an edge, seen from inside, belong to the sound.

    What is left of less than one frame is not looked at: the room before a sound holds more.
    """
    count = len(levels) // _FRAME_HOPS
    frames = levels[: count * _FRAME_HOPS].reshape(count, _FRAME_HOPS)
    counts = frames.max(axis=1, initial=-np.inf) > faint_db
    doubtful = np.flatnonzero(counts & (_average(frames) <= floor_db))
    if doubtful.size:
        spectra = outwards[: count * _FRAME].reshape(count, _FRAME)[doubtful]
        counts[doubtful[_flatness(spectra) >= _NOISE_FLATNESS]] = False
    # One frame alone is chance; two in a row, or one that touches the sound, are not.
    kept = np.flatnonzero(counts & np.concatenate(([True], counts[:-1])))
    if not kept.size:
        return 0
    outermost = int(kept[-1])
    reach = np.flatnonzero(frames[outermost] > faint_db)
    return outermost * _FRAME_HOPS + int(reach[-1]) + 1


def _flatness(frames: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """How evenly each frame fills half-octave bands: near 0 for tones, about 0.6 for noise."""
    window = np.hanning(_FRAME).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(frames * window, axis=1))).astype(np.float64) + 1e-20
    borders = np.round(_BANDS_HZ * _FRAME / RATE_HZ).astype(int)
    level, even = np.zeros(len(frames)), np.zeros(len(frames))
    for low, high in pairwise(borders):
        band = power[:, low:high]
        level += band.sum(axis=1)
        even += np.exp(np.log(band).mean(axis=1)) * (high - low)
    return np.asarray(even / level)
