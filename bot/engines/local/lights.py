"""A background of soft moving lights.

A Gaussian glow is a column times a row, so a whole frame of glows with a vignette over them is
one small matrix product per plane: smooth at any size, and cheaper than enlarging a small picture.
"""

from collections.abc import Sequence

import numpy as np

from bot.engines.local.canvas import NEUTRAL, Canvas, Floats, Plane
from bot.engines.local.scene import Light, Palette

_GRAIN_TILE_PX = 64
_DUST = 34
"""Motes in a picture."""


class Lights:
    """Draws the palette's lights over its base, with a vignette, film grain and drifting dust."""

    def __init__(
        self,
        size: tuple[int, int],
        palette: Palette,
        lights: Sequence[Light],
        rng: np.random.Generator,
    ) -> None:
        self._width, self._height = size
        self._lights = lights
        base = palette.base
        gains = np.array([light.strength for light in lights])
        colours = np.array([light.colour for light in lights])
        # The base is one more light, as wide as the frame; chroma is counted from neutral.
        zero = np.array([16.0, NEUTRAL, NEUTRAL])
        self._weights = np.vstack([np.array(base) - zero, gains[:, None] * (colours - zero)])
        self._luma = np.empty((self._height, self._width), dtype=np.float32)
        self._chroma = np.empty((self._height // 2, self._width // 2), dtype=np.float32)
        tile = (self._height + _GRAIN_TILE_PX, self._width + _GRAIN_TILE_PX)
        # Grain hides the steps that eight bits leave in a dark gradient.
        self._grain = rng.normal(16.5, 1.1, tile).astype(np.float32)
        self._rng = rng
        self._dust = _Dust(size, rng)

    def draw(self, canvas: Canvas, time_s: float) -> None:
        """Fill the canvas with the background as it is at a time."""
        columns, rows = self._profiles(time_s)
        np.matmul(rows.T * self._weights[:, 0].astype(np.float32), columns, out=self._luma)
        self._dust.add(self._luma, time_s)
        dx, dy = self._rng.integers(_GRAIN_TILE_PX, size=2)
        self._luma += self._grain[dy : dy + self._height, dx : dx + self._width]
        np.copyto(canvas.y, self._luma, casting="unsafe")
        columns, rows = columns[:, ::2], rows[:, ::2]
        for plane, index in ((canvas.u, 1), (canvas.v, 2)):
            self._fill_chroma(plane, rows, columns, index)

    def _fill_chroma(self, plane: Plane, rows: Floats, columns: Floats, index: int) -> None:
        weights = self._weights[:, index].astype(np.float32)
        np.matmul(rows.T * weights, columns, out=self._chroma)
        self._chroma += NEUTRAL + 0.5
        np.copyto(plane, self._chroma, casting="unsafe")

    def _profiles(self, time_s: float) -> tuple[Floats, Floats]:
        """Rows of weights along x (lights x width) and along y (lights x height)."""
        short = min(self._width, self._height)
        sides = []
        for axis, length in ((0, self._width), (1, self._height)):
            place = np.linspace(0, 1, length, dtype=np.float32)
            # Radii follow the mean side, so that glows stay round in a tall frame.
            scale = (0.5 * short + 0.5 * length) / length
            profile = [np.ones(length, dtype=np.float32)]
            for light in self._lights:
                swing = np.sin(light.rate[axis] * time_s + light.phase[axis])
                centre = light.centre[axis] + light.swing[axis] * swing
                profile.append(np.exp(-(((place - centre) / (light.radius[axis] * scale)) ** 2)))
            vignette = 1 - 0.42 * (2 * place - 1) ** 4
            sides.append((np.stack(profile) * vignette).astype(np.float32))
        return sides[0], sides[1]


class _Dust:
    """Specks that rise slowly through the light and twinkle."""

    def __init__(self, size: tuple[int, int], rng: np.random.Generator) -> None:
        self._size = size
        depth = rng.uniform(0, 1, _DUST) ** 2
        self._radius = (0.0016 + 0.0045 * depth) * min(size) + 0.6
        self._start = rng.uniform(0, 1, (_DUST, 2))
        self._rise = 0.012 + 0.03 * depth
        self._sway = rng.uniform(0.004, 0.02, _DUST)
        self._phase = rng.uniform(0, 2 * np.pi, _DUST)
        self._shine = 62 * (1 - 0.72 * depth)

    def add(self, luma: Floats, time_s: float) -> None:
        """Brighten the luma plane where specks are."""
        width, height = self._size
        x = (self._start[:, 0] + self._sway * np.sin(0.7 * time_s + self._phase)) * width
        y = (self._start[:, 1] - self._rise * time_s) % 1.0 * height
        shine = self._shine * (0.6 + 0.4 * np.sin(1.3 * time_s + 3 * self._phase))
        for cx, cy, radius, light in zip(x, y, self._radius, shine, strict=True):
            reach = int(2.4 * radius) + 1
            left, top = max(int(cx) - reach, 0), max(int(cy) - reach, 0)
            right, bottom = min(int(cx) + reach + 1, width), min(int(cy) + reach + 1, height)
            if left >= right or top >= bottom:
                continue
            across = np.exp(-(((np.arange(left, right) - cx) / radius) ** 2))
            down = np.exp(-(((np.arange(top, bottom) - cy) / radius) ** 2))
            luma[top:bottom, left:right] += light * down[:, None] * across
