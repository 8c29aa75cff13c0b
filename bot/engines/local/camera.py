"""A slow camera move over a picture, smooth below the pixel, with a cross-fade to a last picture.

Each plane is cropped and resized by itself at fractions of a pixel: half the work of moving the RGB
picture, and steadier than ffmpeg's zoompan, which moves in whole pixels.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageStat

from bot.domain.frames import FPS
from bot.engines.local.canvas import NEUTRAL, Canvas, Chunk, Floats, split_planes
from bot.engines.local.scene import Move, dice, ease, plan_move

_FADE_FROM, _FADE_TO = 2 / 3, 0.96
_SMOOTH = Image.Resampling.BICUBIC
_KEPT = (0.5, 0.3)
"""What a picture of another shape keeps: heads are above the middle."""
_FLAT = 7.0
"""A picture whose small copy deviates less than this shows no camera move at all."""


class PictureUnreadable(Exception):
    """A prepared picture could not be opened."""


class Shot:
    """One picture under a moving camera, as the three planes of yuv420p."""

    def __init__(self, path: Path, size: tuple[int, int], move: Move) -> None:
        self._size = size
        self._move = move
        try:
            with Image.open(path) as file:
                picture = ImageOps.fit(
                    file.convert("RGB"), size, Image.Resampling.LANCZOS, centering=_KEPT
                )
        except (OSError, ValueError) as error:
            raise PictureUnreadable(type(error).__name__) from error
        small = picture.convert("L").resize((24, 24), Image.Resampling.BOX)
        self.is_flat = ImageStat.Stat(small).stddev[0] < _FLAT
        self._planes = split_planes(picture)

    def luma(self, progress: float) -> Image.Image:
        """The Y plane as the camera sees it at 0..1 of the clip."""
        return self._planes[0].resize(self._size, _SMOOTH, box=self._box(progress))

    def chroma(self, progress: float) -> tuple[Image.Image, Image.Image]:
        """The U and V planes as the camera sees them."""
        left, top, right, bottom = self._box(progress)
        box = (left / 2, top / 2, right / 2, bottom / 2)
        half = (self._size[0] // 2, self._size[1] // 2)
        u, v = (plane.resize(half, _SMOOTH, box=box) for plane in self._planes[1:])
        return u, v

    def _box(self, progress: float) -> tuple[float, float, float, float]:
        zoom, x, y = self._move.at(progress)
        width, height = self._size
        left, top = (width - width / zoom) * x, (height - height / zoom) * y
        return left, top, left + width / zoom, top + height / zoom


class Camera:
    """A scene of `frames` frames over a picture; raises PictureUnreadable when made."""

    def __init__(
        self, size: tuple[int, int], frames: int, pictures: list[Path], *, prompt: str, seed: int
    ) -> None:
        rng = dice(prompt, seed)
        self._size = size
        self._frames = frames
        self._shots = [
            Shot(path, size, plan_move(rng, seconds=frames / FPS)) for path in pictures[:2]
        ]
        flat = all(shot.is_flat for shot in self._shots)
        self._gleam = Gleam(size, rng) if flat else None

    def __iter__(self) -> Iterator[tuple[Chunk, ...]]:
        canvas = Canvas(*self._size)
        chroma: tuple[bytes, ...] = ()
        for index in range(self._frames):
            progress = index / (self._frames - 1)
            luma = self._mix(progress, lambda shot, at: (shot.luma(at),))
            # Colour moves a fifth of its own pixel a frame: every second frame is enough.
            if index % 2 == 0:
                planes = self._mix(progress, lambda shot, at: shot.chroma(at))
                chroma = tuple(plane.tobytes() for plane in planes)
            if self._gleam:
                np.copyto(canvas.y, np.asarray(luma[0]))
                self._gleam.draw(canvas, index / FPS)
                yield (canvas.y.tobytes(), *chroma)
            else:
                yield (luma[0].tobytes(), *chroma)

    def _mix(
        self, progress: float, look: Callable[[Shot, float], tuple[Image.Image, ...]]
    ) -> tuple[Image.Image, ...]:
        """Some planes of the first picture, of the last, or of both while they cross-fade."""
        share = ease((progress - _FADE_FROM) / (_FADE_TO - _FADE_FROM))
        if len(self._shots) == 1 or share == 0:
            return look(self._shots[0], progress)
        last = look(self._shots[1], progress)
        if share == 1:
            return last
        first = look(self._shots[0], progress)
        return tuple(Image.blend(a, b, share) for a, b in zip(first, last, strict=True))


class Gleam:
    """A soft light that wanders over a picture without any detail, so that it still lives."""

    def __init__(self, size: tuple[int, int], rng: np.random.Generator) -> None:
        width, height = size
        self._phase = float(rng.uniform(0, 2 * np.pi))
        self._x: Floats = np.linspace(0, 1, width, dtype=np.float32)
        self._y: Floats = np.linspace(0, 1, height, dtype=np.float32)

    def draw(self, canvas: Canvas, time_s: float) -> None:
        """Brighten or, on a bright picture, darken the luma around the light."""
        turn = 0.8 * time_s + self._phase
        across = np.exp(-(((self._x - 0.5 - 0.36 * np.sin(turn)) / 0.34) ** 2))
        down = np.exp(-(((self._y - 0.5 - 0.3 * np.cos(0.8 * turn)) / 0.4) ** 2))
        strength = 34.0 if canvas.y.mean() < NEUTRAL else -34.0
        lit = canvas.y + np.float32(strength) * down[:, None] * across
        np.copyto(canvas.y, lit, casting="unsafe")
