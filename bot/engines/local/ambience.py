"""A quiet pad for scenes without a sound of their own: a few detuned sines that swell and fade."""

import wave
from pathlib import Path

import numpy as np

from bot.engines.local.canvas import Floats
from bot.engines.local.scene import dice

RATE_HZ = 16_000
"""Enough for a pad, whose highest partial is below 2 kHz."""
_ROOTS_HZ = (110.0, 116.54, 123.47, 130.81, 146.83, 98.0)
_CHORDS = ((1, 1.5, 2, 2.5), (1, 1.5, 2.25, 3), (1, 4 / 3, 2, 8 / 3), (1, 1.5, 1.875, 2.5))
_PEAK = 0.16
"""Of full scale."""


def compose(seconds: float, *, prompt: str, seed: int) -> Floats:
    """Stereo samples (count x 2) of exactly this length at RATE_HZ, within -1..1."""
    rng = dice(f"sound {prompt}", seed)
    count = round(seconds * RATE_HZ)
    time_s = np.arange(count, dtype=np.float32) / RATE_HZ
    root = _ROOTS_HZ[int(rng.integers(len(_ROOTS_HZ)))]
    chord = _CHORDS[int(rng.integers(len(_CHORDS)))]
    sound = np.zeros((count, 2), dtype=np.float32)
    for ratio in chord:
        for overtone, level in ((1, 1.0), (2, 0.28), (4, 0.05)):
            swell = 0.65 + 0.35 * np.sin(rng.uniform(0.4, 0.9) * time_s + rng.uniform(0, 6.28))
            for side in (0, 1):
                pitch = 2 * np.pi * root * ratio * overtone * rng.uniform(0.9985, 1.0015)
                tone = np.sin(np.float32(pitch) * time_s + np.float32(rng.uniform(0, 6.28)))
                sound[:, side] += (level / ratio) * swell * tone
    fade_s = min(0.9, seconds / 3)
    edges = np.minimum(time_s, time_s[::-1]) / fade_s
    sound *= np.sin(np.minimum(edges, 1) * np.float32(np.pi / 2))[:, None] ** 2
    return np.asarray(sound * (_PEAK / float(np.abs(sound).max())), dtype=np.float32)


def write_wav(path: Path, sound: Floats) -> None:
    """Write stereo samples as 16-bit WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((sound * 32767).astype("<i2").tobytes())
