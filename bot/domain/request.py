"""What a member asks for, before anything is fetched, checked or paid."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain import frames, shapes
from bot.domain.shapes import Shape, Size
from bot.errors import Code, UserError
from storage.records import Mode

LONGEST_SEED = 2**32 - 1
DEFAULT_SECONDS = 5.0


class Anchor(StrEnum):
    """Which part of a picture stays when it is cropped; the other direction stays centred."""

    CENTRE = "centre"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"
    START = "start"
    """The left or the top, whichever direction is cut."""
    END = "end"
    """The right or the bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that a member gave: where it can be fetched, and what Discord says about it."""

    url: str
    name: str
    declared_bytes: int
    portrait: int | None = None
    """The member's own stored portrait that is meant, instead of an address."""

    @classmethod
    def kept(cls, portrait: int) -> "Source":
        """A stored portrait; whoever wishes it also gives its anchor to the wish."""
        return cls(url="", name="", declared_bytes=0, portrait=portrait)


class Part(StrEnum):
    """What a file of a message is taken for."""

    PICTURE = "picture"
    SOUND = "sound"
    PORTRAIT = "portrait"
    """A stored one, used because its owner chose it for all their videos."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One file that was taken among `of` of its kind: the one at `place`, counted from 1."""

    part: Part
    name: str
    place: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One video as it was asked for; None means that Talkie chooses."""

    mode: Mode
    prompt: str = ""
    shape: Shape | None = None
    size: Size = Size.STANDARD
    seconds: float = DEFAULT_SECONDS
    seed: int | None = None
    first_image: Source | None = None
    last_image: Source | None = None
    sound: Source | None = None
    line: str | None = None
    """Words to be spoken instead of a sound."""
    voice: str | None = None
    """Who speaks them, as chosen from the list; None: the usual voice."""
    anchor: Anchor = Anchor.CENTRE
    first_part_only: bool = field(default=False)
    """Sound that is too long may be cut to what the model takes: only if a member said so."""
    look: bool = False
    """The member wants to see the crop and the price before anything is held."""
    chosen: tuple[Chosen, ...] = ()
    """The files that were taken where a message held several."""
    as_is: bool = False
    """Its words were shown to the member: nothing is added to them any more."""
    again: int | None = None
    """The earlier job whose inputs are used once more, instead of files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One video as it will be rendered: nothing is left open."""

    mode: Mode
    prompt: str
    shape: Shape
    size: Size
    frames: int
    seed: int

    @property
    def format(self) -> shapes.Format:
        """The pixels this plan is rendered at and cropped to."""
        return shapes.format_of(self.shape, self.size)

    @property
    def seconds(self) -> float:
        """How long the clip lasts."""
        return frames.seconds(self.frames)


def checked_seed(seed: int | None, drawn: int) -> int:
    """The seed a member chose, or the drawn one; raises UserError if it is out of range."""
    if seed is None:
        return drawn % (LONGEST_SEED + 1)
    if not 0 <= seed <= LONGEST_SEED:
        raise UserError(Code.SEED_INVALID, limit=LONGEST_SEED)
    return seed
