"""Talkie's own examples and situations: in `/help`, in the builder, and while a member types."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.craft.starts import STARTS, Start
from bot.domain.shapes import Shape
from storage.records import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A prompt that works well; `shape` is None where a picture decides."""

    slug: str
    title: str
    mode: Mode
    prompt: str
    shape: Shape | None = None
    seconds: int = 5
    has_picture: bool = True
    """Whether a picture speaks, in videos from a sound."""


EXAMPLES = (
    Example(
        slug="tram",
        title="Words become a film",
        mode=Mode.TEXT,
        prompt=(
            "A yellow tram climbs a steep street after the rain. The camera walks beside it, "
            "puddles mirror the lit windows, a bell rings twice and the wheels hum on the rails."
        ),
        shape=Shape.WIDE,
    ),
    Example(
        slug="coffee",
        title="A product, upright for Stories",
        mode=Mode.TEXT,
        prompt=(
            "Close-up of coffee being poured into a blue cup by a window. Steam curls through "
            "warm morning light, the camera rises slowly, and the pouring is all one hears."
        ),
        shape=Shape.TALL,
    ),
    Example(
        slug="harbour",
        title="A picture begins to move",
        mode=Mode.IMAGE,
        prompt=(
            "Wind moves through hair, leaves and cloth while the light shifts a little. The "
            "camera pushes in slowly and steadily; soft natural sounds of the place are heard."
        ),
    ),
    Example(
        slug="story",
        title="A face speaks your voice note",
        mode=Mode.AUDIO,
        prompt=(
            "Tells it with a warm smile and lively eyebrows, looks away for a moment to think, "
            "then straight into the camera. Medium close-up, soft daylight from the side."
        ),
    ),
)


TITLES: Mapping[Start, str] = MappingProxyType(
    {
        Start.ESTABLISHING: "A place sets the mood",
        Start.DIALOGUE: "Two people talk",
        Start.PORTRAIT: "A portrait comes to life",
        Start.LANDSCAPE: "A picture of a landscape comes to life",
        Start.SPEECH: "A voice note gets a face",
        Start.TALKING_PICTURE: "A picture speaks your voice note",
        Start.MUSIC_BEAT: "Music beat: a dancer to your sound",
        Start.MUSIC_PICTURE: "Music beat: a picture moves to it",
        Start.PRODUCT_TURN: "Product turn: a thing shows itself",
        Start.LANDSCAPE_WAKES: "A landscape wakes up",
    }
)
SITUATIONS = tuple(
    Example(
        slug=start,
        title=TITLES[start],
        mode=starting.mode,
        prompt=starting.prompt,
        shape=None if starting.has_picture else starting.shape,
        has_picture=starting.has_picture,
    )
    for start, starting in STARTS.items()
)


def of(mode: Mode) -> list[Example]:
    """The examples of one kind of video, and the situations."""
    return [each for each in (*EXAMPLES, *SITUATIONS) if each.mode is mode]


def by_slug(slug: str) -> Example | None:
    """The example of this name."""
    return next((each for each in (*EXAMPLES, *SITUATIONS) if each.slug == slug), None)
