"""What members read while they build a prompt of parts."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.craft.parts import Part
from bot.domain.craft.phrases import Purpose
from bot.services.foretelling import Foretold
from cogs.ui import answers, counting

TITLE = "**Build your video.** Leave open what you like. You pay nothing yet."
EMPTY = "Nothing is here yet. Start from a situation, or write what happens."
DEFAULT = "Nothing is here yet. Left like this, Talkie uses gentle words of its own."
LEFT_OUT = "There was no room for {parts}: a video follows 200 words."
MAKE = "Make it"
WRITE = "Write"
MOTION = "Small motions"
SCENE = "Back to the scene"
WHOLE = "All the words"
SITUATION = "Start from a situation"
LEAVE_OPEN = "Leave it open"
NOW = "Now: {text}"

PLACEHOLDERS: Mapping[Purpose, str] = MappingProxyType(
    {
        Purpose.SHOT: "Shot: how near we are",
        Purpose.LIGHT: "Light",
        Purpose.CAMERA: "Camera: how it moves",
        Purpose.SOUND: "Sound: what is heard",
        Purpose.LOOK: "Film look",
        Purpose.LIP_SYNC: "Lips (up to 3)",
        Purpose.EXPRESSION: "Face (up to 3)",
        Purpose.EYE_CONTACT: "Eyes (up to 3)",
        Purpose.BEAT: "Moving to music (up to 3)",
        Purpose.REACTION: "Reacting to a sound (up to 3)",
    }
)
NAMES: Mapping[Purpose, str] = MappingProxyType(
    {
        Purpose.SHOT: "Shot",
        Purpose.LIGHT: "Light",
        Purpose.CAMERA: "Camera",
        Purpose.SOUND: "Sound",
        Purpose.LOOK: "Film look",
        Purpose.LIP_SYNC: "Lips",
        Purpose.EXPRESSION: "Face",
        Purpose.EYE_CONTACT: "Eyes",
        Purpose.BEAT: "Beat",
        Purpose.REACTION: "Reaction",
    }
)

WRITE_TITLE = "In your own words"
HAPPENS_LABEL = "What happens"
HAPPENS_HELP = "Who does what, one thing after the other. Your words stay as they are."
PART_LABELS: Mapping[Part, tuple[str, str]] = MappingProxyType(
    {
        Part.PLACE: ("Where", "The place and what stands there."),
        Part.LIGHT: ("Light", "Left empty: what you chose, or nothing."),
        Part.CUES: ("Small motions", "What face, hands and shoulders do."),
        Part.SOUND: ("Sound", "What is heard."),
    }
)
WHOLE_TITLE = "All the words of your video"
WHOLE_LABEL = "What it should show"
WHOLE_HELP = "This is everything that is sent."


def price(foretold: Foretold) -> str:
    """What it will cost, where that is known on this machine; nobody is asked for it here."""
    if foretold.credits is None:
        return (
            f"You have {counting.count(foretold.available, 'credit')}. The card of your video says "
            "what it costs."
        )
    return answers.price(foretold)


def counted(count: int) -> str:
    """How long the prompt is."""
    return f"{counting.count(count, 'word')}."
