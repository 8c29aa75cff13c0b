"""The nouns that belong to people and servers, beside their jobs: frozen records."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from storage.records import Mode, PersonId

PortraitId = NewType("PortraitId", int)


class Shelf(StrEnum):
    """The folders of the data directory that hold what members must be able to delete."""

    JOBS = "jobs"
    VIDEOS = "videos"
    PORTRAITS = "portraits"


class Gallery(StrEnum):
    """Where the videos of a server may be shown."""

    OFF = "off"
    DISCORD = "discord"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPrice:
    """What a clip of this model, mode, size and length cost at a time, in micro-dollars."""

    engine: str
    model: str
    mode: Mode
    width: int
    height: int
    frames: int
    price_micro: int
    read_at: int


class Author(StrEnum):
    """Who wrote the words of a video in place of its member."""

    COACH = "coach"
    BUILDER = "builder"
    ENGINE = "engine"


class RewritingState(StrEnum):
    """How a request for better words stands; after `LOST` it may have been paid for."""

    INTENDED = "intended"
    DONE = "done"
    REFUSED = "refused"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a member wrote where other words were sent, and who wrote those.

    `added` names the parts that were added, in their order.
    """

    own: str
    author: Author
    added: tuple[str, ...] = ()
    price_micro: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """One request for better words."""

    id: int
    draft: int
    words: str
    answer: str | None
    state: RewritingState
    price_micro: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much of each kind is kept of a person.

    `pictures` and `sounds` are what videos were made from, `lines` what was typed to be spoken,
    `versions` own words in whose place others were sent.
    """

    videos: int = 0
    prompts: int = 0
    pictures: int = 0
    sounds: int = 0
    lines: int = 0
    versions: int = 0
    rewritings: int = 0
    drafts: int = 0
    portraits: int = 0
    shares: int = 0
    votes: int = 0
    reports: int = 0
    settings: int = 0
    receipts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A file or folder whose row is gone."""

    place: Shelf
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildRules:
    """What a server allows: None and empty sets stand for no rule."""

    guild_id: int
    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    member_daily: int | None = None
    menus: bool = True
    gallery: Gallery = Gallery.DISCORD
    gallery_channel: int | None = None
    moderation_channel: int | None = None
    retention_days: int | None = None
    ask_above: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a member chose for all their videos; None: Talkie decides."""

    shape: str | None = None
    dm_when_done: bool = False
    coach: bool = False
    credit_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A picture that a member keeps to let it speak, upright and whole."""

    id: PortraitId
    person_id: PersonId
    name: str
    file: str
    width: int
    height: int
    anchor: str
    is_default: bool
    created_at: int
