"""A slow camera move over a picture, smooth below the pixel, with a cross-fade to a last picture.

Each plane is cropped and resized by itself at fractions of a pixel: half the work of moving the RGB
picture, and steadier than ffmpeg's zoompan, which moves in whole pixels.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageStat

from bot.domain.frames import FPS
from bot.engines.local.canvas import BLACK, WHITE, Canvas, Chunk, Floats, split_planes
from bot.engines.local.scene import Move, dice, ease, plan_move

_FADE_FROM, _FADE_TO = 2 / 3, 0.96
_Planes = tuple[Image.Image, ...]
_SMOOTH = Image.Resampling.BICUBIC
_GLEAM = 34.0
"""How much brighter the middle of the light is, in steps of luma."""
_KEPT = (0.5, 0.3)
"""What a picture of another shape keeps: heads are above the middle."""
_FLAT = 7.0
"""A picture whose small copy deviates less than this shows no camera move at all."""


class PictureUnreadable(Exception):
    """A prepared picture could not be opened."""


class Shot:
    """One picture under a moving camera, as the three planes of yuv420p.

    `is_flat` says that it has no detail; `room` is 1 where it can be lit, -1 where it is too
    bright for that and can only be darkened.
    """

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
        tones = ImageStat.Stat(small)
        self.is_flat = tones.stddev[0] < _FLAT
        self.room = 1.0 if tones.mean[0] < 128 else -1.0
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
            share = self._share_of_last(progress)
            (luma,) = self._mix(progress, share, _luma)
            # Colour moves a fifth of its own pixel a frame: every second frame is enough.
            if index % 2 == 0:
                planes = self._mix(progress, share, Shot.chroma)
                chroma = tuple(plane.tobytes() for plane in planes)
            if self._gleam:
                np.copyto(canvas.y, np.asarray(luma))
                first, last = self._shots[0].room, self._shots[-1].room
                self._gleam.draw(canvas, index / FPS, first + (last - first) * share)
                yield (canvas.y.tobytes(), *chroma)
            else:
                yield (luma.tobytes(), *chroma)

    def _share_of_last(self, progress: float) -> float:
        """How far the cross-fade to the last picture has come, 0..1."""
        if len(self._shots) == 1:
            return 0.0
        return ease((progress - _FADE_FROM) / (_FADE_TO - _FADE_FROM))

    def _mix(
        self, progress: float, share: float, look: Callable[[Shot, float], _Planes]
    ) -> _Planes:
        """Some planes of the first picture, of the last, or of both while they cross-fade."""
        if share == 0:
            return look(self._shots[0], progress)
        last = look(self._shots[-1], progress)
        if share == 1:
            return last
        first = look(self._shots[0], progress)
        return tuple(Image.blend(a, b, share) for a, b in zip(first, last, strict=True))


def _luma(shot: Shot, progress: float) -> _Planes:
    return (shot.luma(progress),)


class Gleam:
    """A soft light that wanders over a picture without any detail, so that it still lives."""

    def __init__(self, size: tuple[int, int], rng: np.random.Generator) -> None:
        width, height = size
        self._phase = float(rng.uniform(0, 2 * np.pi))
        self._x: Floats = np.linspace(0, 1, width, dtype=np.float32)
        self._y: Floats = np.linspace(0, 1, height, dtype=np.float32)

    def draw(self, canvas: Canvas, time_s: float, strength: float) -> None:
        """Brighten the luma around the light, or darken it where the strength is below 0."""
        turn = 0.8 * time_s + self._phase
        across = np.exp(-(((self._x - 0.5 - 0.36 * np.sin(turn)) / 0.34) ** 2))
        down = np.exp(-(((self._y - 0.5 - 0.3 * np.cos(0.8 * turn)) / 0.4) ** 2))
        lit = canvas.y + np.float32(_GLEAM * strength) * down[:, None] * across
        np.copyto(canvas.y, np.clip(lit, BLACK, WHITE), casting="unsafe")
