"""The choices that commands offer, named by what they are good for."""

from discord.app_commands import Choice

from bot.domain.request import Anchor
from bot.domain.shapes import Shape, Size
from cogs.ui import texts
from storage.records import Mode

SHAPES = [Choice(name=texts.SHAPES[shape], value=shape.value) for shape in Shape]
MODES = [Choice(name=texts.MODES[mode], value=mode.value) for mode in Mode]
SIZES = [Choice(name=texts.SIZES[size], value=size.value) for size in Size]

CROPS = [Choice(name=name, value=anchor) for anchor, name in texts.CROP_CHOICES.items()]


def crop(value: str | None) -> Anchor:
    """The chosen part of a picture."""
    return Anchor(value) if value else Anchor.CENTRE


def shape(value: str | None) -> Shape | None:
    """The chosen shape; None lets Talkie choose by the picture."""
    return Shape(value) if value else None


def mode(value: str | None) -> Mode | None:
    """The chosen kind of video; None stands for any."""
    return Mode(value) if value else None


def size(value: str | None) -> Size:
    """The chosen size."""
    return Size(value) if value else Size.STANDARD
