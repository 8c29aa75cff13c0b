"""How loud a sound is in each frame of a clip, as a whole and in bands from low to high."""

import itertools
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.domain.frames import FPS
from bot.engines.local.canvas import Floats

_LOWEST_HZ, _HIGHEST_HZ = 90.0, 7000.0
_WINDOW = 2048
_FAINT = 0.03
"""A band this much weaker than the strongest is not raised to its height."""
_SILENT = 1e-4
_RELEASE = 0.6
"""The share of its height that a bar keeps from one frame to the next when the sound stops."""


class SoundUnreadable(Exception):
    """The driving track is not the 16-bit WAV it was prepared as."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Loudness 0..1 of each frame, and of each frame and band (frames x bands)."""

    level: Floats
    bands: Floats


def read_wav(path: Path) -> tuple[Floats, int]:
    """The samples of a 16-bit WAV, mixed to mono, and their rate; raises SoundUnreadable."""
    try:
        with wave.open(str(path), "rb") as file:
            if file.getsampwidth() != 2:
                raise SoundUnreadable("not 16 bit")
            channels, rate_hz = file.getnchannels(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise SoundUnreadable(type(error).__name__) from error
    samples = np.frombuffer(raw, dtype="<i2").astype(np.float32) / 32768
    return samples.reshape(-1, channels).mean(axis=1), rate_hz


def measure(samples: Floats, rate_hz: int, frames: int, bands: int) -> Envelope:
    """The envelope over `frames` frames; quiet sounds are raised to the same 0..1."""
    ends = np.round(np.arange(frames + 1) * rate_hz / FPS).astype(int)
    padded = np.zeros(max(int(ends[-1]), len(samples)) + _WINDOW, dtype=np.float32)
    padded[: len(samples)] = samples
    pairs = list(itertools.pairwise(ends))
    power = np.array([np.mean(padded[start:end] ** 2) for start, end in pairs])
    level = _scale(np.sqrt(power)[:, None])[:, 0] ** 0.8
    middles = [(start + end) // 2 for start, end in pairs]
    spectra = _spectra(padded, middles)
    edges = np.geomspace(_LOWEST_HZ, min(_HIGHEST_HZ, rate_hz / 2), bands + 1)
    bins = np.maximum(np.round(edges * _WINDOW / rate_hz).astype(int), 1)
    columns = [
        np.sqrt(np.mean(spectra[:, low : max(high, low + 1)], axis=1))
        for low, high in itertools.pairwise(bins)
    ]
    shape = _scale(np.stack(columns, axis=1)) ** 0.7
    mixed = level[:, None] * (0.38 + 0.62 * shape)
    return Envelope(level.astype(np.float32), _fall_slowly(mixed).astype(np.float32))


def _spectra(padded: Floats, middles: list[int]) -> Floats:
    """Power of a window around each frame's middle (frames x frequencies)."""
    ahead = np.concatenate([np.zeros(_WINDOW // 2, dtype=np.float32), padded])
    windows = np.stack([ahead[middle : middle + _WINDOW] for middle in middles])
    return np.asarray(np.abs(np.fft.rfft(windows * np.hanning(_WINDOW), axis=1)) ** 2, np.float32)


def _scale(values: Floats) -> Floats:
    """Each column as a share of its own loud parts, within 0..1; next to nothing stays nothing."""
    loud = np.percentile(values, 97, axis=0)
    loud = np.maximum(loud, max(_FAINT * float(loud.max()), _SILENT))
    return np.asarray(np.minimum(values / loud, 1.0), dtype=np.float32)


def _fall_slowly(bands: Floats) -> Floats:
    """Bars rise at once and fall gently."""
    smooth = bands.copy()
    for index in range(1, len(smooth)):
        smooth[index] = np.maximum(bands[index], smooth[index - 1] * _RELEASE)
    return smooth
