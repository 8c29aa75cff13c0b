"""A row of rounded bars, mirrored about its middle line, that stand as high as a sound is loud."""

import math

import numpy as np

from bot.engines.local.canvas import BLACK, NEUTRAL, WHITE, Canvas, Colour, Floats, Plane
from bot.engines.local.scene import SAFE_MARGIN

_SCRIM = 0.76
"""How dark the picture gets behind the bars, 0..1."""
_IDLE = 0.055
"""How high a bar stands in silence, as a part of the highest."""


class Bars:
    """Bars over the lower part of a picture (`over_picture`) or across the middle of a scene.

    `rows` are those of the frame that bars can reach.
    """

    def __init__(
        self, size: tuple[int, int], accent: Colour, count: int, *, over_picture: bool
    ) -> None:
        width, height = size
        self.count = count
        pitch = int((0.74 if width >= height else 0.8) * width / count)
        self._radius = max(2.0, 0.29 * pitch)
        self._reach = round((0.115 if over_picture else 0.2) * min(size))
        bottom = (1 - SAFE_MARGIN - 0.02) * height
        self._middle = round(bottom - self._reach if over_picture else height / 2) // 2 * 2
        self._reach = self._reach // 2 * 2
        self.rows = slice(self._middle - self._reach, self._middle + self._reach)
        left = (width - pitch * count) // 4 * 2
        self._columns = slice(left, left + pitch * count // 2 * 2)
        place = np.arange(pitch * count // 2 * 2, dtype=np.float32)
        self._bar = np.minimum((place // pitch).astype(int), count - 1)
        aside = np.abs(place % pitch - (pitch - 1) / 2)
        # How much lower a bar ends beside its middle: a round cap; far outside there is no bar.
        inside = np.maximum(self._radius**2 - aside**2, 0.0)
        self._cap = np.where(aside < self._radius, self._radius - np.sqrt(inside), 0.0)
        self._side = np.clip(self._radius - aside + 0.5, 0, 1)
        aside_share = np.abs(np.linspace(-1, 1, count))
        self._taper = 1 - 0.5 * aside_share**2.2
        self._tint(accent, count)
        self._scrim = _Scrim(size, self._middle, self._reach) if over_picture else None

    def shade(self, canvas: Canvas) -> None:
        """Darken a picture where the bars will stand."""
        if self._scrim:
            self._scrim.draw(canvas)

    def draw(self, canvas: Canvas, levels: Floats, time_s: float) -> None:
        """Lay the bars over the canvas; levels are 0..1 from the middle of the row outwards."""
        waves = 0.5 + 0.5 * np.sin(2.4 * time_s - 0.42 * np.arange(self.count))
        shares = _IDLE * (0.6 + 0.4 * waves) + (1 - _IDLE) * self._taper * _mirror(
            levels, self.count
        )
        heights = np.maximum(shares * self._reach, self._radius)
        ends = (heights[self._bar] - self._cap).astype(np.float32)
        away = np.arange(self._reach, dtype=np.float32)[:, None] + 0.5
        lower = np.clip(ends - away + 0.5, 0, 1) * self._side
        mask = np.concatenate([lower[::-1], lower])
        rows = self.rows
        _blend(canvas.y[rows, self._columns], mask, self._luma)
        small = 0.25 * (mask[::2, ::2] + mask[1::2, ::2] + mask[::2, 1::2] + mask[1::2, 1::2])
        half = slice(rows.start // 2, rows.stop // 2)
        side = slice(self._columns.start // 2, self._columns.stop // 2)
        _blend(canvas.u[half, side], small, self._u)
        _blend(canvas.v[half, side], small, self._v)

    def _tint(self, accent: Colour, count: int) -> None:
        """White in the middle of the row, the accent at its ends."""
        aside = np.abs(2 * self._bar / (count - 1) - 1)
        share = (0.25 + 0.75 * aside).astype(np.float32)
        self._luma = WHITE - 5 + (accent[0] - WHITE + 5) * share
        self._u = NEUTRAL + (accent[1] - NEUTRAL) * share[::2]
        self._v = NEUTRAL + (accent[2] - NEUTRAL) * share[::2]


class _Scrim:
    """A shadow that rises from the bottom edge, so that bars stand out on any picture."""

    def __init__(self, size: tuple[int, int], middle: int, reach: int) -> None:
        height = size[1]
        top = max(0, int(middle - 2.6 * reach)) // 2 * 2
        fade = np.clip((np.arange(top, height) - top) / (middle - top), 0, 1)
        keep = 1 - _SCRIM * fade * fade * (3 - 2 * fade)
        self._top = top
        self._keep = np.round(256 * keep).astype(np.uint16)[:, None]

    def draw(self, canvas: Canvas) -> None:
        """Darken the canvas, and take the colour out of the dark as much."""
        luma = canvas.y[self._top :]
        # Black stays black: 16 * keep would fall below the legal range.
        darker = (luma * self._keep + BLACK * (256 - self._keep)) >> 8
        np.copyto(luma, darker, casting="unsafe")
        keep = (self._keep[::2] + 256) // 2
        for plane in (canvas.u, canvas.v):
            colour = plane[self._top // 2 :]
            np.copyto(colour, (colour * keep + NEUTRAL * (256 - keep)) >> 8, casting="unsafe")


def _mirror(levels: Floats, count: int) -> Floats:
    """Low bands in the middle of the row, high ones at both ends."""
    half = levels[: math.ceil(count / 2)]
    return np.concatenate([half[: count // 2][::-1], half])


def _blend(under: Plane, mask: Floats, value: Floats) -> None:
    """Mix a row of values into a plane as far as the mask (0..1) says."""
    np.copyto(under, under + (value - under) * mask + 0.5, casting="unsafe")
