"""What pages say about a video."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from types import MappingProxyType

from bot.domain import frames
from bot.domain.shapes import Shape, Size
from bot.services.listings import Period
from storage.exhibits import Ground, Order
from storage.records import Job, Mode, Video

LONGEST_TITLE = 90
RATIOS: Mapping[str, str] = MappingProxyType(
    {
        Shape.WIDE: "16:9",
        Shape.TALL: "9:16",
        Shape.SQUARE: "1:1",
        Shape.CINEMATIC: "2.39:1",
    }
)
_SOURCES = MappingProxyType({Mode.TEXT: "words", Mode.IMAGE: "a picture", Mode.AUDIO: "a sound"})
_COMMANDS = MappingProxyType({Mode.TEXT: "video", Mode.IMAGE: "animate", Mode.AUDIO: "talk"})
NEEDS: Mapping[Mode, str] = MappingProxyType(
    {
        Mode.IMAGE: "Discord asks for the picture: take one of your own.",
        Mode.AUDIO: "Discord asks for the sound: take one of your own, and a portrait to speak it.",
    }
)
"""What a command wants besides its text."""

KINDS: Mapping[str, str] = MappingProxyType(
    {Mode.TEXT: "Words", Mode.IMAGE: "A picture", Mode.AUDIO: "A sound"}
)
SHAPES: Mapping[str, str] = MappingProxyType(
    {
        Shape.WIDE: "Wide, 16:9",
        Shape.TALL: "Tall, 9:16",
        Shape.SQUARE: "Square, 1:1",
        Shape.CINEMATIC: "Cinematic, 2.39:1",
    }
)
PERIODS: Mapping[str, str] = MappingProxyType(
    {Period.DAY: "Last day", Period.WEEK: "Last week", Period.MONTH: "Last month"}
)
ORDERS: Mapping[str, str] = MappingProxyType(
    {Order.NEW: "New", Order.TOP: "Most votes", Order.RANDOM: "Surprise me"}
)
GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        Ground.LIKENESS: "It shows me, or somebody else, without consent",
        Ground.SEXUAL: "It is sexual",
        Ground.VIOLENCE: "It is violent or cruel",
        Ground.HATE: "It is hateful",
        Ground.RIGHTS: "It uses what belongs to somebody else",
        Ground.OTHER: "Something else",
    }
)
"""What lists can be narrowed to, and why a video can be reported."""

REASONS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: ("That did not make sense", "This site knows no such address. Ask for the link anew."),
        403: ("Not from there", "A report is sent from the page of its video."),
        404: ("Nothing to see here", "There is no video at this address, or none any more."),
        405: ("Not like that", "What is at this address can only be looked at."),
        414: ("That is too long", "The address has more characters than any of ours."),
        429: ("One moment, please", "You were a little too quick. Try again in a few minutes."),
        500: ("Something broke", "It was not your fault. Try again in a minute."),
        503: ("Not just now", "Talkie cannot answer at the moment. Try again in a minute."),
    }
)
"""What a refusal says to people: a heading and a sentence, by its status."""
_ENDS = (*(f"{mark} " for mark in ".!?\u2026"), *"\u3002\uff01\uff1f")
"""Where a sentence ends: some scripts put no space behind it."""


def headline(job: Job) -> tuple[str, str]:
    """A prompt as a heading of at most LONGEST_TITLE characters, and what comes below it.

    The heading is the first sentence, and the rest goes on from there; where that is too long,
    the heading is the first words, and the whole prompt comes below.
    """
    words = " ".join(job.prompt.split())
    if len(words) <= LONGEST_TITLE:
        return words or f"Video {job.id}", ""
    start = words[: LONGEST_TITLE + 1]
    ends = [place for mark in _ENDS if (place := start.find(mark)) > 0]
    if ends:
        end = min(ends) + 1
        return words[:end], words[end:].lstrip()
    whole = start[:LONGEST_TITLE].rpartition(" ")[0] or start[: LONGEST_TITLE - 1]
    return f"{whole.rstrip(',;:-')}\u2026", words


def clipped(words: str, most_bytes: int) -> str:
    """The beginning of words that a page can say in so many bytes, however they are written."""

    def size(count: int) -> int:
        return len(escape(words[:count]).encode())

    if size(len(words)) <= most_bytes:
        return words
    fitting = bisect_right(range(len(words)), most_bytes, key=size) - 1
    return f"{words[:fitting].rstrip()}\u2026"


def about(job: Job) -> str:
    """One sentence about a video for those who have not seen it yet."""
    seconds = frames.seconds(job.frames)
    return f"An AI-generated video of {seconds:.0f} seconds, made from {_SOURCES[job.mode]}."


def whole_seconds(count: int) -> int:
    """How long so many frames last, rounded."""
    return round(frames.seconds(count))


def iso_time(at_ms: int) -> str:
    """A time in milliseconds as programs read it, in UTC."""
    return datetime.fromtimestamp(at_ms // 1000, tz=UTC).isoformat()


def list_title(server: str | None, search: str | None) -> str:
    """What a list is called: a server's name or none, the words it was searched for or none."""
    if search is not None:
        return f"\u201c{search}\u201d" + (f" in {server}" if server else "")
    return server or "Made with Talkie"


def recipe(job: Job, video: Video) -> dict[str, str]:
    """How a video was made, a fact a line."""
    ratio = RATIOS.get(job.shape, job.shape)
    return {
        "Made from": _SOURCES[job.mode],
        "Length": f"{frames.seconds(video.frames):.1f} s",
        "Shape": f"{ratio}, {video.width} by {video.height} pixels",
        "Seed": str(job.seed),
        "Engine": job.engine if job.model == job.engine else f"{job.engine}, {job.model}",
    }


def command(job: Job) -> str:
    """The command that makes a video like this one, ready to be pasted into Discord."""
    options = {"prompt": " ".join(job.prompt.split())}
    if job.shape != Shape.WIDE:
        options["shape"] = RATIOS.get(job.shape, job.shape)
    if job.size != Size.STANDARD:
        options["size"] = job.size
    if job.mode is not Mode.AUDIO:
        options["seconds"] = f"{frames.seconds(job.frames):.1f}".removesuffix(".0")
    options["seed"] = str(job.seed)
    words = [f"{name}:{value}" for name, value in options.items() if value]
    return " ".join([f"/{_COMMANDS[job.mode]}", *words])
