"""What a scene looks like and when things happen in it: pure planning, no pixels."""

import hashlib
import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from bot.engines.local.canvas import Colour, hex_to_yuv

SAFE_MARGIN = 0.12
"""The share of the height at top and bottom that a cinematic crop may take: kept free."""
_LONGEST_PROMPT = 4000


class Palette(Enum):
    """A deep base, three lights and an accent, and the words that call for them."""

    DUSK = "0e0f2c", ("ff6f52", "7a41ff", "2d62f0"), "ffc9a8", "city night neon evening dusk sunset"
    AURORA = "04151c", ("17b897", "2577f2", "7d57f5"), "a8ffe6", "ice snow winter star space moon"
    EMBER = (
        "1b0b0d",
        ("f2542f", "f5a33a", "a8285c"),
        "ffd79a",
        "fire desert autumn warm lava candle",
    )
    TIDE = (
        "041626",
        ("0298ba", "1b58c9", "4fd1c0"),
        "b5f3ff",
        "sea ocean water rain river wave lake",
    )
    ORCHID = (
        "170a26",
        ("cc4a9f", "6748f5", "ff8f86"),
        "ffd0ea",
        "dream love music dance flower night",
    )
    MOSS = (
        "09150f",
        ("5f9e3a", "1c8569", "d9b850"),
        "eaf7b0",
        "forest tree grass garden green field",
    )
    DAWN = (
        "191428",
        ("f29a6c", "e85a86", "5668db"),
        "ffe0c2",
        "morning dawn sunrise golden hill valley",
    )
    SLATE = (
        "0d131c",
        ("4d77a8", "8fa8c4", "d19a5e"),
        "dfe9f5",
        "mountain street office quiet winter fog",
    )

    def __init__(self, base: str, lights: tuple[str, ...], accent: str, words: str) -> None:
        self.base = hex_to_yuv(base)
        self.lights = tuple(hex_to_yuv(light) for light in lights)
        self.accent = hex_to_yuv(accent)
        self.words = frozenset(words.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """A soft glow on a slow Lissajous path; lengths are shares of the frame, rates rad/s."""

    colour: Colour
    strength: float
    centre: tuple[float, float]
    swing: tuple[float, float]
    rate: tuple[float, float]
    phase: tuple[float, float]
    radius: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A camera move: the zoom at both ends, and where in the free margin (0..1) the view sits."""

    zoom: tuple[float, float]
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, progress: float) -> tuple[float, float, float]:
        """Zoom, x and y at 0..1 of the clip; the zoom grows by equal factors."""
        zoom = self.zoom[0] * (self.zoom[1] / self.zoom[0]) ** progress
        return zoom, _mix(self.x, progress), _mix(self.y, progress)


def dice(prompt: str, seed: int) -> np.random.Generator:
    """The source of every choice in a scene: the same prompt and seed give the same clip."""
    digest = hashlib.sha256(f"{seed}\n{prompt[:_LONGEST_PROMPT]}".encode("utf-8", "replace"))
    return np.random.default_rng(int.from_bytes(digest.digest()[:16]))


def choose_palette(prompt: str, rng: np.random.Generator) -> Palette:
    """The palette whose words stand in the prompt most often, else one by chance."""
    said = prompt[:_LONGEST_PROMPT].casefold().split()
    words = {part for word in said for part in (word.strip(".,;:!?"), word.strip(".,;:!?s"))}
    hits = {palette: len(palette.words & words) for palette in Palette}
    best = max(hits.values())
    fitting = [palette for palette, count in hits.items() if count == best]
    return fitting[int(rng.integers(len(fitting)))]


def plan_lights(palette: Palette, rng: np.random.Generator) -> list[Light]:
    """Two large glows of each colour of the palette, spread over the frame and all moving."""
    lights = []
    turn = rng.uniform(0, math.tau)
    for index, colour in enumerate((*palette.lights, *palette.lights)):
        angle = turn + index * math.tau / 3 + (index // 3) * math.pi / 3
        reach = 0.34 if index < 3 else 0.5
        lights.append(
            Light(
                colour=colour,
                strength=float(rng.uniform(0.42, 0.56)) * (1.0 if index < 3 else 0.6),
                centre=(0.5 + reach * math.cos(angle), 0.5 + reach * math.sin(angle)),
                swing=(float(rng.uniform(0.12, 0.2)), float(rng.uniform(0.1, 0.18))),
                rate=(float(rng.uniform(0.45, 0.75)), float(rng.uniform(0.4, 0.7))),
                phase=(float(rng.uniform(0, math.tau)), float(rng.uniform(0, math.tau))),
                radius=(float(rng.uniform(0.26, 0.4)), float(rng.uniform(0.3, 0.46))),
            )
        )
    return lights


def plan_move(rng: np.random.Generator, *, seconds: float, gentle: bool = False) -> Move:
    """In or out and towards one side, as fast in a short clip as in a long one."""
    depth = (0.01 if gentle else 0.018) * seconds + (0.02 if gentle else 0.04)
    zoom = (1.02, 1.02 + depth) if gentle or rng.random() < 0.7 else (1.03 + depth, 1.03)
    angle = rng.uniform(0, math.tau)
    reach = 0.2 if gentle else 0.4
    dx, dy = reach * math.cos(angle), reach * math.sin(angle)
    return Move(zoom=zoom, x=(0.5 - dx, 0.5 + dx), y=(0.5 - dy, 0.5 + dy))


def plan_reveals(lines: int, seconds: float) -> list[tuple[float, float]]:
    """When each line of a title starts to appear and is all there, in seconds."""
    done = min(0.55 * seconds, 0.25 + 0.45 * lines + 0.8)
    first = min(0.2, 0.1 * seconds)
    each = min(1.1, done - first)
    step = (done - first - each) / (lines - 1) if lines > 1 else 0.0
    return [(first + index * step, first + index * step + each) for index in range(lines)]


def ease(value: float) -> float:
    """A smooth step from 0 to 1."""
    clipped = min(max(value, 0.0), 1.0)
    return clipped * clipped * (3 - 2 * clipped)


def _mix(ends: tuple[float, float], progress: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * progress
