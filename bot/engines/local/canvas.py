"""One video frame as ffmpeg reads it: yuv420p planes in one reused buffer, BT.709 limited."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.uint8]
Floats = NDArray[np.float32]
Chunk = bytes | memoryview
Colour = tuple[float, float, float]
"""Luma 16..235 and the two chroma values 16..240."""

BLACK = 16
"""Luma of black."""
WHITE = 235
"""Luma of white."""
NEUTRAL = 128
"""Chroma without colour."""

_RGB_TO_YUV = (
    (0.182586, 0.614231, 0.062007, 16.0),
    (-0.100644, -0.338572, 0.439216, 128.0),
    (0.439216, -0.398942, -0.040274, 128.0),
)


class Canvas:
    """The frame that is being drawn: `y` is height x width, `u` and `v` are half of it each way."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        luma, chroma = width * height, width * height // 4
        self._buffer: Plane = np.zeros(luma + 2 * chroma, dtype=np.uint8)
        half = (height // 2, width // 2)
        self.y: Plane = self._buffer[:luma].reshape(height, width)
        self.u: Plane = self._buffer[luma : luma + chroma].reshape(half)
        self.v: Plane = self._buffer[luma + chroma :].reshape(half)

    def copy(self, other: "Canvas", rows: slice) -> None:
        """Take over some rows, both ends even, of another canvas of the same size."""
        half = slice(rows.start // 2, rows.stop // 2)
        np.copyto(self.y[rows], other.y[rows])
        np.copyto(self.u[half], other.u[half])
        np.copyto(self.v[half], other.v[half])

    def chunks(self) -> Sequence[Chunk]:
        """The bytes of this frame, valid until the next one is drawn."""
        return (self._buffer.data,)


def to_yuv(red: float, green: float, blue: float) -> Colour:
    """A colour of 0..255 per channel as BT.709 limited-range luma and chroma."""
    y, u, v = (a * red + b * green + c * blue + d for a, b, c, d in _RGB_TO_YUV)
    return y, u, v


def hex_to_yuv(code: str) -> Colour:
    """A colour written as `rrggbb`."""
    red, green, blue = bytes.fromhex(code)
    return to_yuv(red, green, blue)


def split_planes(picture: Image.Image) -> tuple[Image.Image, Image.Image, Image.Image]:
    """The Y plane of an RGB picture, and its U and V planes at half the size."""
    matrix = tuple(value for row in _RGB_TO_YUV for value in row)
    y, u, v = picture.convert("RGB", matrix).split()
    return y, u.reduce(2), v.reduce(2)
