"""The audiogram: a portrait under a slow camera, or moving lights, and bars that follow a sound."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bot.domain.frames import FPS
from bot.engines.local import envelope
from bot.engines.local.bars import Bars
from bot.engines.local.camera import Shot
from bot.engines.local.canvas import Canvas, Chunk
from bot.engines.local.lights import Lights
from bot.engines.local.scene import choose_palette, dice, plan_lights, plan_move

_BARS_WIDE, _BARS_TALL = 55, 37


class Audiogram:
    """A scene of `frames` frames; raises SoundUnreadable or PictureUnreadable when made."""

    def __init__(
        self,
        size: tuple[int, int],
        frames: int,
        *,
        sound: Path,
        portrait: Path | None,
        prompt: str,
        seed: int,
    ) -> None:
        rng = dice(prompt, seed)
        palette = choose_palette(prompt, rng)
        count = _BARS_WIDE if size[0] >= size[1] else _BARS_TALL
        samples, rate_hz = envelope.read_wav(sound)
        self._frames = frames
        self._levels = envelope.measure(samples, rate_hz, frames, (count + 1) // 2)
        self._canvas = Canvas(*size)
        self._bars = Bars(size, palette.accent, count, over_picture=portrait is not None)
        self._scene: _Portrait | _Background
        if portrait:
            move = plan_move(rng, seconds=frames / FPS, gentle=True)
            self._scene = _Portrait(Shot(portrait, size, move), size, self._bars, frames)
        else:
            self._scene = _Background(Lights(size, palette, plan_lights(palette, rng), rng))

    def __iter__(self) -> Iterator[tuple[Chunk, ...]]:
        for index in range(self._frames):
            self._scene.draw(self._canvas, index)
            self._bars.draw(self._canvas, self._levels.bands[index], index / FPS)
            yield tuple(self._canvas.chunks())


class _Background:
    """Moving lights behind the bars."""

    def __init__(self, lights: Lights) -> None:
        self._lights = lights

    def draw(self, canvas: Canvas, index: int) -> None:
        self._lights.draw(canvas, index / FPS)


class _Portrait:
    """A portrait that moves so slowly, a fifth of a pixel, that every second frame is enough."""

    def __init__(self, shot: Shot, size: tuple[int, int], bars: Bars, frames: int) -> None:
        self._shot = shot
        self._bars = bars
        self._frames = frames
        self._clean = Canvas(*size)

    def draw(self, canvas: Canvas, index: int) -> None:
        """Lay the portrait under the bars, in the odd frames only where bars were."""
        if index % 2:
            canvas.copy(self._clean, self._bars.rows)
            return
        progress = index / (self._frames - 1)
        planes = (self._shot.luma(progress), *self._shot.chroma(progress))
        targets = (self._clean.y, self._clean.u, self._clean.v)
        for target, plane in zip(targets, planes, strict=True):
            np.copyto(target, np.asarray(plane))
        self._bars.shade(self._clean)
        canvas.copy(self._clean, slice(0, canvas.height))
