"""Talkie's own examples: what `/help` shows, and what is suggested while a member types."""

from dataclasses import dataclass

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


def of(mode: Mode) -> list[Example]:
    """The examples of one kind of video."""
    return [each for each in EXAMPLES if each.mode is mode]


def by_slug(slug: str) -> Example | None:
    """The example of this name."""
    return next((each for each in EXAMPLES if each.slug == slug), None)
