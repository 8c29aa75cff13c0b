"""The nouns of the gallery: shares, what a list shows, complaints, errands to Discord."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from storage.records import Job, JobId, Mode, PersonId, Video

ShareId = NewType("ShareId", int)
ComplaintId = NewType("ComplaintId", int)
ErrandId = NewType("ErrandId", int)


class Order(StrEnum):
    """In which order a list shows videos."""

    NEW = "new"
    TOP = "top"
    RANDOM = "random"
    MINE = "mine"


class Ground(StrEnum):
    """Why a video is reported."""

    SEXUAL = "sexual"
    VIOLENCE = "violence"
    HATE = "hate"
    LIKENESS = "likeness"
    RIGHTS = "rights"
    OTHER = "other"


class ComplaintState(StrEnum):
    """What became of a report."""

    OPEN = "open"
    HIDDEN = "hidden"
    DISMISSED = "dismissed"


class ErrandKind(StrEnum):
    """What is owed to Discord."""

    POST = "post"
    RECOUNT = "recount"
    REPORT = "report"
    REMIND = "remind"
    ERASE = "erase"


class Sent(StrEnum):
    """What a message was sent for."""

    POST = "post"
    REPORT = "report"
    CARD = "card"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShare:
    """A video that is about to be shared with its server."""

    job_id: JobId
    guild_id: int
    person_id: PersonId
    shared_by: PersonId
    shared_at: int
    mode: Mode
    shape: str
    age_restricted: bool
    for_web: bool
    """Shared while the server had a public page."""
    credit: str | None
    lot: int
    spaced: str | None = None
    """The prompt as a search reads it, where its script puts no spaces between words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(NewShare):
    """A video that its maker shared with its server."""

    id: ShareId
    votes: int
    post_channel_id: int | None
    post_message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A shared video as a list shows it; `credit` is the name its maker lets be known."""

    share: Share
    job: Job
    video: Video
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A server with a public page, and how many videos are on it."""

    guild_id: int
    name: str
    videos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A message that shows a video once more; `is_open` says that others see it, too."""

    job_id: JobId
    channel_id: int
    message_id: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComplaint:
    """A report that is about to be kept; no guild: the host decides, no person: a visitor."""

    job_id: JobId
    guild_id: int | None
    person_id: PersonId | None
    reason: Ground
    words: str
    created_at: int
    seen_channel_id: int | None = None
    seen_message_id: int | None = None
    """The message it was reported on, if others see that, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(NewComplaint):
    """Somebody thinks that a video should not be shown."""

    id: ComplaintId
    state: ComplaintState
    channel_id: int | None
    message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something owed to Discord; `subject` is the share, complaint or job it is about."""

    id: ErrandId
    kind: ErrandKind
    was: Sent | None
    subject: int
    channel_id: int | None
    message_id: int | None
    due_at: int
    attempts: int
    begun_at: int | None
    """Since when an attempt may have taken effect unseen; None if none is in doubt."""
