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
            "A yellow tram climbs a steep street after the rain, seen in a wide shot at eye "
            "level. Puddles mirror its lit windows, a woman with a red umbrella steps back to "
            "the wall, and the driver lifts a hand to her. Evening light, blue between the "
            "houses and warm behind the glass. The camera walks slowly beside the tram. A bell "
            "rings twice, and the wheels hum on the rails."
        ),
        shape=Shape.WIDE,
    ),
    Example(
        slug="coffee",
        title="A product, upright for Stories",
        mode=Mode.TEXT,
        prompt=(
            "Close-up of coffee being poured into a blue cup on a wooden table by a window. "
            "Steam curls upward, a drop runs down the rim, and a hand turns the handle towards "
            "the viewer. Warm morning light falls from the left, soft shadows lie behind the "
            "cup. The camera rises slowly. The pouring is heard, then a spoon that is laid down "
            "in a quiet room."
        ),
        shape=Shape.TALL,
    ),
    Example(
        slug="harbour",
        title="A picture begins to move",
        mode=Mode.IMAGE,
        prompt=(
            "Wind moves through hair, leaves and cloth, one after the other, while the light "
            "shifts a little and comes back. Whoever is in view breathes, blinks and turns the "
            "head a few degrees; whatever stands keeps its place. The camera pushes in slowly "
            "and steadily toward the middle. Soft natural sounds of the place are heard: wind, a "
            "far voice, something that rustles nearby."
        ),
    ),
    Example(
        slug="story",
        title="A face speaks your voice note",
        mode=Mode.AUDIO,
        prompt=(
            "Tells it with a warm smile and lively eyebrows, looks away for a moment to think, "
            "then straight into the camera. Lips follow every sound, the eyes blink between "
            "sentences, the head nods at what matters and the shoulders rise with each breath. "
            "Medium close-up at eye level, soft daylight from the side. The camera stays still. "
            "The recorded voice is heard in a quiet room."
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
