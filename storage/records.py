"""The nouns of Talkie as they are stored: frozen records and the names of their states."""

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
    """Where a job stands; `bot.domain.lifecycle` has the table of legal moves."""

    AWAITING_CONSENT = "awaiting_consent"
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
    HOLD = "hold"
    SETTLE = "settle"
    RELEASE = "release"
