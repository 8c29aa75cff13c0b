"""Spoken lines: real MP3s whose length goes by the text, with the rhythm of syllables."""

import hashlib
from pathlib import Path

from tests.fakes.deapi.clips import render, store

CHARACTERS_A_SECOND = 14.0
SHORTEST_S = 0.6
RATE_HZ = 24_000


def seconds(line: str) -> float:
    """How long a line takes at normal speed."""
    return max(SHORTEST_S, len(line) / CHARACTERS_A_SECOND)


async def make(line: str, *, slowness: float = 1.0, silent: bool = False) -> Path:
    """A tone that swells and fades four times a second; its pitch goes by the words."""
    lasts_s = seconds(line) * slowness
    pitch_hz = 110 + int(hashlib.sha256(line.encode()).hexdigest(), 16) % 110
    name = f"voice-{pitch_hz}-{lasts_s:.3f}-{'silent' if silent else 'heard'}.mp3"
    target = store() / name
    if not target.exists():
        loud = "0" if silent else "0.5"
        tone = (
            f"aevalsrc={loud}*sin(2*PI*{pitch_hz}*t)*pow(sin(2*PI*2*t)\\,2)"
            f":s={RATE_HZ}:d={lasts_s:.3f}"
        )
        await render(["-f", "lavfi", "-i", tone, "-c:a", "libmp3lame", "-b:a", "64k"], target)
    return target
