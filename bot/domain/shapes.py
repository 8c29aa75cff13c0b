"""Shapes and sizes a member can choose, and the pixels that stand behind them.

The model renders sides of 512 to 1024 pixels. The widest shape is flatter than that, so it is
rendered at the lowest legal height and cropped afterwards: a picture without black bars.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

SHORTEST_SIDE = 512
LONGEST_SIDE = 1024


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
