"""The nouns of Talkie as they are stored: frozen records and the names of their states."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
JobId = NewType("JobId", int)
CallId = NewType("CallId", int)
VideoId = NewType("VideoId", int)
DeliveryId = NewType("DeliveryId", int)

HOUSE = PersonId(1)
"""The account holder that issues credits and receives what jobs cost."""


class Mode(StrEnum):
    """What a video is made from."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"


class JobState(StrEnum):
    """Where a job stands; `storage.jobs` has all of its moves."""

    QUEUED = "queued"
    WAITING = "waiting"
    ACTIVE = "active"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class CallState(StrEnum):
    """Where one paid provider call stands."""

    INTENDED = "intended"
    STARTED = "started"
    DOUBT = "doubt"
    RENDERED = "rendered"
    DONE = "done"
    NOT_STARTED = "not_started"
    FAILED = "failed"


class Stage(StrEnum):
    """What a provider call is for."""

    SPEECH = "speech"
    RENDER = "render"


class DeliveryState(StrEnum):
    """Whether the member has been shown how a job ended."""

    OWED = "owed"
    SHOWN = "shown"
    STRANDED = "stranded"


class AccountKind(StrEnum):
    """The ledger's accounts: two for each person, two for the house."""

    AVAILABLE = "available"
    HELD = "held"
    ISSUED = "issued"
    SPENT = "spent"


class EntryKind(StrEnum):
    """Why credits moved."""

    WELCOME = "welcome"
    DAILY = "daily"
    GRANT = "grant"
    ADJUST = "adjust"
    HOLD = "hold"
    SETTLE = "settle"
    RELEASE = "release"


class Role(StrEnum):
    """What a prepared input file is for."""

    FIRST_IMAGE = "first_image"
    LAST_IMAGE = "last_image"
    DRIVE_WAV = "drive_wav"
    DRIVE_MP3 = "drive_mp3"
    CLEAN_WAV = "clean_wav"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A person's credits: free to spend, and held for jobs under way."""

    available: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a job took from its member's credits; all three are 0 for a free job."""

    held: int
    charged: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What stays the same about a job from its acceptance on."""

    person_id: PersonId
    guild_id: int | None
    mode: Mode
    prompt: str
    shape: str
    size: str
    width: int
    height: int
    kept_height: int
    frames: int
    seed: int
    engine: str
    model: str
    folder: str
    price_micro: int
    hold: int
    created_at: int
    made_from: JobId | None = None
    """The job whose button asked for this one."""
    age_restricted: bool = False
    """Asked for where only adults look, or made from such a video."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob(Order):
    """A job that is about to be accepted; one interaction makes at most one."""

    interaction_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Order):
    """One video, from the moment it was accepted."""

    id: JobId
    state: JobState
    charge: int | None
    fence: int
    attempts: int
    due_at: int | None
    started_at: int | None
    ended_at: int | None
    reason: str | None
    incident: str | None
    deleted_at: int | None
    """When its member took it away: its prompt, inputs and video are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One provider call of a job; attempts are counted over all stages."""

    id: CallId
    job_id: JobId
    stage: Stage
    attempt: int
    engine: str
    model: str
    state: CallState
    handle: str | None
    fence: int
    price_micro: int
    charged_micro: int | None
    hook: str
    hook_secret: str
    hinted: str | None
    balance_before: int | None
    intent_at: int
    started_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """The line a job lets an engine speak; voice, language and model are the engine's words."""

    job_id: JobId
    line: str
    voice: str
    language: str
    model: str
    price_micro: int
    credit_micro: int
    """What a credit paid for when the job was accepted."""
    done_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """An engine takes no new calls for now, of one mode or (`*`) of any."""

    engine: str
    mode: str
    until: int
    since: int
    failures: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A finished clip on Talkie's own disk.

    `slug` is the unguessable name of its page; None if its owner took the page back.
    """

    id: VideoId
    job_id: JobId
    slug: str | None
    file: str
    poster: str
    width: int
    height: int
    frames: int
    bytes: int
    created_at: int
    hidden_at: int | None = None
    """When moderators hid it: nobody but its maker sees it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Where a job was asked for: the interaction, and the message that says how it stands."""

    application_id: int
    token: str | None
    token_until: int
    channel_id: int | None
    message_id: int | None
    bot_is_present: bool
    ephemeral: bool
    limit_bytes: int
    offered: bool = False
    """It carries the button that fetches the video once the token is dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An interaction that was answered before there is a job, and where the answer stands."""

    interaction_id: int
    reply: Reply
    draft: int | None = None
    """The draft that the answer shows, or was about to show."""
    drafter: int | None = None
    """The Discord id of whose draft it is; None once it is used or dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a member is still owed: the news of how their job ended."""

    id: DeliveryId
    job_id: JobId
    state: DeliveryState
    due_at: int
    attempts: int
    failed_rungs: str
    begun_at: int | None
    """Since when an attempt may have taken effect unseen; None if none is in doubt."""
    missing: str | None
    """The permission whose lack made a rung fail."""
    message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long one finished clip took, at the engine and as a whole."""

    engine: str
    mode: Mode
    frames: int
    took_ms: int
    whole_ms: int
