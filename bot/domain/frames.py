"""Frames and seconds of a clip: LTX-2.3 renders 24 frames a second, in lengths of 8n+1."""

FPS = 24
SHORTEST = 49
LONGEST = 241
LEGAL = tuple(range(SHORTEST, LONGEST + 1, 8))
"""Every frame count the model takes (two to ten seconds)."""


def for_seconds(seconds: float) -> int:
    """The legal frame count nearest to a wished length; a tie goes to the longer clip."""
    wished = min(max(seconds * FPS, SHORTEST), LONGEST)
    return min(LEGAL, key=lambda frames: (abs(frames - wished), -frames))


def seconds(frames: int) -> float:
    """How long a clip of this many frames lasts, in seconds."""
    return frames / FPS
