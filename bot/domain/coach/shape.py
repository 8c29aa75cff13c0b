"""Rules about the shape of the video (guide, line 124)."""

from collections.abc import Iterator

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.context import Context
from bot.domain.reading import elements
from bot.domain.reading.reader import Reading
from bot.domain.reading.senses import Sense
from bot.domain.shapes import Shape

_NEAR = 4
_ORIGIN = frozenset({"from", "aus"})
_PICTURES = frozenset(
    ("painting", "poster", "postcard", "mural", "wallpaper", "gemälde", "postkarte", "tapestry")
)


def head_in_square(reading: Reading, context: Context) -> Finding | None:
    """A talking head in 1:1 leaves half of the frame empty (guide, line 124)."""
    if context.shape is not Shape.SQUARE or not elements.speaks(reading):
        return None
    if not elements.face_matters(reading, context):
        return None
    return Finding(
        rule=Rule.HEAD_IN_SQUARE, severity=Severity.HINT, facts={"better": Shape.WIDE.value}
    )


def landscape_in_tall(reading: Reading, context: Context) -> Finding | None:
    """A landscape in 9:16 loses the scenery at its sides (guide, line 124)."""
    if context.shape is not Shape.TALL:
        return None
    if all(_is_depicted(place, reading) for place in reading.at.get(Sense.LANDSCAPE, ())):
        return None
    if reading.has(Sense.CLOSE) or _is_led_by_somebody(reading):
        return None
    return Finding(
        rule=Rule.LANDSCAPE_IN_TALL, severity=Severity.WEAK, facts={"better": Shape.WIDE.value}
    )


def _is_depicted(place: int, reading: Reading) -> bool:
    """Whether a landscape is only painted on something, or something comes from it."""
    before = {reading.before(place, steps) for steps in range(1, _NEAR + 1)}
    is_origin = not _ORIGIN.isdisjoint(list(_nearest(place, reading)))
    return is_origin or not _PICTURES.isdisjoint(before)


def _nearest(place: int, reading: Reading) -> Iterator[str]:
    return (reading.before(place, steps) for steps in (1, 2))


def _is_led_by_somebody(reading: Reading) -> bool:
    """Whether somebody is named before the scenery is, and it is no wide shot of it."""
    if reading.has(Sense.WIDE):
        return False
    somebody = reading.places((Sense.PERSON, Sense.ANIMAL))
    return bool(somebody) and somebody[0] < reading.at[Sense.LANDSCAPE][0]
