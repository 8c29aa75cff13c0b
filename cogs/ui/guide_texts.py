"""What members read in the help and in the tour."""

from collections.abc import Mapping
from types import MappingProxyType

from cogs.ui import texts
from storage.records import Mode

KINDS: Mapping[Mode, str] = MappingProxyType(
    {
        Mode.TEXT: "From words",
        Mode.IMAGE: "From a picture of yours",
        Mode.AUDIO: "From a sound of yours",
    }
)
TITLE = "**Talkie makes short videos with sound. Try one of these:**"
USE = "Use this"
SITUATIONS = "Use this: a whole situation"
BUILD = "Build one"
BUILD_HELP = (
    "**Or build it of parts**: shot, light, camera, small motions, sound and film look, from lists."
)
FORM_TITLE = "Make this video"
PROMPT_LABEL = "What is seen and heard"
PROMPT_HELP = "Change it as you like."
PICTURE_LABEL = "The picture the video starts with"
FACE_LABEL = "Who speaks"
FACE_HELP = "Left out: your portrait, else your profile's picture."
SOUND_LABEL = "A voice note or another sound"
SOUND_HELP = "1 to 10 seconds, one voice."
SHAPE_LABEL = "Shape"
SECONDS_LABEL = "Length"

COMMANDS = (
    "**Commands**\n"
    "- `/video` makes a video from words; alone, it lets you build them from lists\n"
    "- `/animate` sets a picture in motion\n"
    "- `/talk` lets a picture speak a sound, or a line you type\n"
    "- `/portrait` keeps the pictures that speak for you\n"
    "- `/jobs` lists your videos, `/credits` what you have\n"
    "- `/gallery` shows what members share here\n"
    "- `/settings` sets your shape, your portrait, messages and tips\n"
    "- `/privacy` says what is kept of you, and how to delete it"
)
MENUS = (
    "Or take any message (hold it on a phone, right-click it elsewhere): below Apps there are "
    "**Make a video** and, for voice notes, **Make it talk**."
)
FREE = "**Costs**\nNothing: this bot renders videos itself."
PRIVACY_LOCAL = (
    "**Privacy**\nWhat you give stays on the machine this bot runs on, until its video is deleted."
)
PRIVACY_SENT = (
    "**Privacy**\nWhat you give is sent to a video service (deAPI) to make your video, and kept by "
    "this bot until that video is deleted."
)
TOUR = (
    "**New here? This is all there is to know.** `/video` makes a video from words, `/animate` "
    "moves a picture, `/talk` lets a picture speak. On any message, **Make a video** and **Make it "
    "talk** stand below Apps. Each card says what it costs. `/help` has examples to try."
)

_KINDS = ((Mode.TEXT, "from words"), (Mode.IMAGE, "from a picture"), (Mode.AUDIO, "from a sound"))


def example(title: str, shape: str | None, seconds: int | None, quoted: str) -> str:
    """One example: what it is good for, its facts, its prompt."""
    facts = [texts.SHAPES[shape].partition(" ")[0]] if shape else []
    facts += [f"{seconds} s"] if seconds else []
    return f"**{title}**{''.join(f' · {fact}' for fact in facts)}\n{quoted}"


def costs(prices: Mapping[Mode, int], available: int) -> str:
    """What videos of five seconds cost, as far as that is known, and what a member has."""
    known = [f"{prices[mode]} {words}" for mode, words in _KINDS if mode in prices]
    lines = ["**Costs**"]
    if known:
        lines.append(f"Credits for 5 seconds: {', '.join(known)}.")
    lines.append(f"You have {available}. Only a finished video is charged; a failed one is free.")
    return "\n".join(lines)


def seconds(number: int) -> str:
    """A length that can be chosen."""
    return f"{number} seconds"
