"""The title scene: the words of a prompt appear over slowly moving lights."""

from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bot.domain.frames import FPS
from bot.engines.local import lettering
from bot.engines.local.canvas import NEUTRAL, Canvas, Chunk, Floats, Plane
from bot.engines.local.lettering import Lettering
from bot.engines.local.lights import Lights
from bot.engines.local.scene import choose_palette, dice, ease, plan_lights, plan_reveals

_TEXT_LUMA = 232
_SHADE = 96
"""How much of 256 the picture is darkened behind the words."""
_GROWTH = 0.045
"""By which part the lettering grows in a whole clip."""
_RULE_LINES = 1.15
"""Room above the first line for the short rule, in heights of the type."""


class Title:
    """A scene of `frames` frames from a prompt; without drawable words it is lights alone."""

    def __init__(self, size: tuple[int, int], frames: int, *, prompt: str, seed: int) -> None:
        rng = dice(prompt, seed)
        palette = choose_palette(prompt, rng)
        self._frames = frames
        self._canvas = Canvas(*size)
        self._lights = Lights(size, palette, plan_lights(palette, rng), rng)
        text = lettering.shorten(lettering.keep_drawable(prompt[: lettering.LONGEST_READ]))
        self._words = _Words(size, frames, text) if text else None

    def __iter__(self) -> Iterator[tuple[Chunk, ...]]:
        for index in range(self._frames):
            time_s = index / FPS
            self._lights.draw(self._canvas, time_s)
            if self._words:
                self._words.draw(self._canvas, index)
            yield tuple(self._canvas.chunks())


class _Words:
    """The lettering as a mask, revealed line by line from the left, growing very slowly."""

    def __init__(self, size: tuple[int, int], frames: int, text: str) -> None:
        width, height = size
        box = (int(0.76 * width), int(0.46 * height))
        most = 4 if width >= height else 6
        largest = round(0.098 * min(size))
        lines = lettering.set_lines(text, box, largest_px=largest, most_lines=most)
        self._seconds = frames / FPS
        self._mask, self._bands = _draw_mask(lines)
        self._reveals = [(0.0, 0.8), *plan_reveals(len(lines.lines), self._seconds)]
        high, wide = self._mask.shape
        left, top = (width - wide) // 4 * 2, (height - high) // 4 * 2
        self._rows, self._columns = slice(top, top + high), slice(left, left + wide)
        self._half = slice(top // 2, (top + high) // 2), slice(left // 2, (left + wide) // 2)
        shade = Image.fromarray(self._mask).filter(ImageFilter.GaussianBlur(lines.size_px * 0.5))
        self._shade = np.asarray(shade).astype(np.uint16)
        self._shown = self._mask, np.asarray(Image.fromarray(self._mask).reduce(2))

    def draw(self, canvas: Canvas, index: int) -> None:
        """Lay the words, as far as they are revealed, over the canvas."""
        time_s = index / FPS
        luma = canvas.y[self._rows, self._columns]
        dimmed = luma * (256 - (self._shade * round(_SHADE * ease(time_s / 1.2)) >> 8))
        np.copyto(luma, dimmed >> 8, casting="unsafe")
        # All revealed, the words grow a tenth of a pixel a frame: every second frame is enough.
        if index % 2 == 0 or time_s < self._reveals[-1][1]:
            mask = self._enlarge(self._reveal(time_s), time_s)
            self._shown = np.asarray(mask), np.asarray(mask.reduce(2))
        large, small = self._shown
        _blend(luma, large, _TEXT_LUMA)
        for plane in (canvas.u, canvas.v):
            _blend(plane[self._half], small, NEUTRAL)

    def _enlarge(self, mask: Plane, time_s: float) -> Image.Image:
        high, wide = mask.shape
        margin = 0.5 - 0.5 / (1 + _GROWTH * time_s / self._seconds)
        box = (wide * margin, high * margin, wide * (1 - margin), high * (1 - margin))
        return Image.fromarray(mask).resize((wide, high), Image.Resampling.BICUBIC, box=box)

    def _reveal(self, time_s: float) -> Plane:
        """The mask with each line as far as it has appeared."""
        if time_s >= self._reveals[-1][1]:
            return self._mask
        shown = np.zeros_like(self._mask)
        place = np.linspace(0, 1, self._mask.shape[1], dtype=np.float32)
        for (start, end), band in zip(self._reveals, self._bands, strict=True):
            done = ease((time_s - start) / (end - start))
            if done > 0:
                sweep: Floats = np.clip((1.9 * done - place) / 0.9, 0, 1)
                shown[band] = self._mask[band] * sweep
        return shown


def _draw_mask(lines: Lettering) -> tuple[Plane, list[slice]]:
    """A short rule and the lines below it, centred, and the rows that each of them takes."""
    step = lines.line_height_px
    font = lettering.load_font(lines.size_px)
    width = round(max(map(font.getlength, lines.lines)) + 1.6 * lines.size_px) // 4 * 4 + 4
    lead = round(_RULE_LINES * lines.size_px)
    margin = lines.size_px
    high = -(-(2 * margin + lead + step * len(lines.lines)) // 4) * 4
    image = Image.new("L", (width, high))
    pen = ImageDraw.Draw(image)
    pen.fontmode = "L"
    rule, thick = round(0.9 * lines.size_px), max(2, lines.size_px // 22)
    middle = width / 2
    pen.rectangle((middle - rule, margin, middle + rule, margin + thick - 1), fill=190)
    bands = [slice(0, margin + lead // 2)]
    for index, line in enumerate(lines.lines):
        top = margin + lead + step * index
        pen.text((middle, top + 0.5 * step), line, fill=255, font=font, anchor="mm")
        bands.append(slice(top, top + step))
    return np.asarray(image), bands


def _blend(under: Plane, mask: Plane, value: int) -> None:
    """Mix one value into a plane as far as the mask (0..255) says."""
    weight = mask.astype(np.int32)
    mixed = under + ((value - under.astype(np.int32)) * weight + 127) // 255
    np.copyto(under, mixed, casting="unsafe")
