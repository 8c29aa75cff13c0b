"""Shapes and sizes a member can choose, and the pixels that stand behind them.

The model renders sides of 512 to 1024 pixels. The widest shape is flatter than that, so it is
rendered at the lowest legal height and cropped afterwards: a picture without black bars.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

LONGEST_SIDE = 1024
LEAST_CUT = 0.02
"""A smaller part of a picture is not missed."""


class Shape(StrEnum):
    """The aspect of a video."""

    WIDE = "wide"
    TALL = "tall"
    SQUARE = "square"
    CINEMATIC = "cinematic"


class Size(StrEnum):
    """How many pixels a shape gets."""

    STANDARD = "standard"
    LARGE = "large"


class Direction(StrEnum):
    """Along which side a picture loses something."""

    ACROSS = "across"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What a picture loses to a shape: the share (0 to 1) of its width or of its height."""

    direction: Direction
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Pixels rendered, and the height of the centre that is kept of them (all even numbers)."""

    width: int
    height: int
    kept_height: int


FORMATS: Mapping[tuple[Shape, Size], Format] = MappingProxyType(
    {
        (Shape.WIDE, Size.STANDARD): Format(width=896, height=512, kept_height=512),
        (Shape.WIDE, Size.LARGE): Format(width=1024, height=576, kept_height=576),
        (Shape.TALL, Size.STANDARD): Format(width=512, height=896, kept_height=896),
        (Shape.TALL, Size.LARGE): Format(width=576, height=1024, kept_height=1024),
        (Shape.SQUARE, Size.STANDARD): Format(width=768, height=768, kept_height=768),
        (Shape.SQUARE, Size.LARGE): Format(width=1024, height=1024, kept_height=1024),
        (Shape.CINEMATIC, Size.STANDARD): Format(width=960, height=512, kept_height=416),
        (Shape.CINEMATIC, Size.LARGE): Format(width=1024, height=512, kept_height=432),
    }
)


def format_of(shape: Shape, size: Size) -> Format:
    """The pixels of a shape in a size."""
    return FORMATS[shape, size]


def nearest(width: int, height: int) -> Shape:
    """The shape that crops the least of a picture of these proportions."""
    aspect = width / height

    def lost(shape: Shape) -> float:
        chosen = FORMATS[shape, Size.STANDARD]
        wanted = chosen.width / chosen.kept_height
        return 1 - min(aspect, wanted) / max(aspect, wanted)

    return min(Shape, key=lost)


def cut(width: int, height: int, wanted: Format) -> Cut | None:
    """What a picture of this size loses to a format; None if that is hardly anything."""
    aspect, kept = width / height, wanted.width / wanted.height
    share = 1 - min(aspect, kept) / max(aspect, kept)
    if share < LEAST_CUT:
        return None
    return Cut(direction=Direction.ACROSS if aspect > kept else Direction.DOWN, share=share)
