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
        move = plan_move(rng, seconds=frames / FPS, gentle=True)
        self._shot = Shot(portrait, size, move) if portrait else None
        self._lights = Lights(size, palette, plan_lights(palette, rng), rng)

    def __iter__(self) -> Iterator[tuple[Chunk, ...]]:
        for index in range(self._frames):
            if self._shot:
                self._draw_portrait(self._shot, index / (self._frames - 1))
            else:
                self._lights.draw(self._canvas, index / FPS)
            self._bars.draw(self._canvas, self._levels.bands[index], index / FPS)
            yield tuple(self._canvas.chunks())

    def _draw_portrait(self, shot: Shot, progress: float) -> None:
        np.copyto(self._canvas.y, np.asarray(shot.luma(progress)))
        u, v = shot.chroma(progress)
        np.copyto(self._canvas.u, np.asarray(u))
        np.copyto(self._canvas.v, np.asarray(v))
