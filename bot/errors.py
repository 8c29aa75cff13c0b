"""Errors that Talkie raises on purpose.

TalkieError
├── UserError    a member or owner is told a sentence; the code decides which (cogs/ui/refusals.py)
├── SetupError   a start is refused; the host is told the problem and the remedy
├── Unfit        a clip cannot be made small enough here; the next way is taken
└── Stopped      a side task ended that must not end; the process stops with this reason
"""

from collections.abc import Iterator
from enum import StrEnum


class Code(StrEnum):
    """Stable names of everything a member can be told instead of getting a video."""

    CHANNEL_CLOSED = "channel_closed"
    COOLING_DOWN = "cooling_down"
    DAILY_CAP = "daily_cap"
    ENGINE_BROKE = "engine_broke"
    ENGINE_BUSY = "engine_busy"
    ENGINE_DOUBT = "engine_doubt"
    ENGINE_DOWN = "engine_down"
    ENGINE_FAILED = "engine_failed"
    ENGINE_KEY = "engine_key"
    ENGINE_NO_MODEL = "engine_no_model"
    ENGINE_REJECTED = "engine_rejected"
    ENGINE_RESULT = "engine_result"
    ENGINE_SUSPENDED = "engine_suspended"
    FILE_BROKEN = "file_broken"
    FILE_EMPTY = "file_empty"
    FILE_FORBIDDEN = "file_forbidden"
    FILE_GONE = "file_gone"
    FILE_SLOW = "file_slow"
    FILE_TOO_BIG = "file_too_big"
    FORM_EXPIRED = "form_expired"
    WORDS_CHANGED = "words_changed"
    GALLERY_OFF = "gallery_off"
    GRANT_INCOMPLETE = "grant_incomplete"
    GRANT_INVALID = "grant_invalid"
    GRANT_TOO_DEEP = "grant_too_deep"
    INAUDIBLE = "inaudible"
    INPUTS_GONE = "inputs_gone"
    INPUTS_NOT_YOURS = "inputs_not_yours"
    JOB_DELETED = "job_deleted"
    JOB_ENDED = "job_ended"
    JOB_STARTED = "job_started"
    JOB_STARTING = "job_starting"
    JOB_UNKNOWN = "job_unknown"
    JOB_UNFINISHED = "job_unfinished"
    LINE_EMPTY = "line_empty"
    LINE_TOO_LONG = "line_too_long"
    MANAGERS_ONLY = "managers_only"
    MENUS_OFF = "menus_off"
    MODERATORS_ONLY = "moderators_only"
    MODE_PAUSED = "mode_paused"
    NOTHING_TO_USE = "nothing_to_use"
    NOT_ENOUGH_CREDITS = "not_enough_credits"
    NOT_PICTURE = "not_picture"
    NOT_SHARED = "not_shared"
    NOT_SOUND = "not_sound"
    NOT_YOURS = "not_yours"
    NO_CREDITS = "no_credits"
    NO_PRICE = "no_price"
    NO_SOUND = "no_sound"
    NO_VOICE = "no_voice"
    OWNER_ONLY = "owner_only"
    PAGE_UNKNOWN = "page_unknown"
    PICTURE_TOO_LARGE = "picture_too_large"
    PICTURE_TOO_NARROW = "picture_too_narrow"
    PICTURE_TOO_SMALL = "picture_too_small"
    PORTRAITS_FULL = "portraits_full"
    PORTRAIT_NAME = "portrait_name"
    PORTRAIT_TAKEN = "portrait_taken"
    PORTRAIT_NONE = "portrait_none"
    PORTRAIT_TWICE = "portrait_twice"
    PORTRAIT_UNKNOWN = "portrait_unknown"
    PREPARING_MANY = "preparing_many"
    PRESSED_ALREADY = "pressed_already"
    PRICE_ASKED = "price_asked"
    PRICE_ROSE = "price_rose"
    PROMPT_EMPTY = "prompt_empty"
    PROMPT_TOO_LONG = "prompt_too_long"
    QUEUE_FULL = "queue_full"
    QUEUE_TOO_LONG = "queue_too_long"
    REPORTED_ALREADY = "reported_already"
    REPORT_CLOSED = "report_closed"
    REPORTS_TOO_MANY = "reports_too_many"
    ROLE_MISSING = "role_missing"
    RULES_INVALID = "rules_invalid"
    SEED_INVALID = "seed_invalid"
    SERVER_ABSENT = "server_absent"
    SERVER_FULL = "server_full"
    SOUND_OR_LINE = "sound_or_line"
    SHARE_ELSEWHERE = "share_elsewhere"
    SOUND_OVER_LIMIT = "sound_over_limit"
    SOUND_TOO_LONG = "sound_too_long"
    SPEECH_TOO_LONG = "speech_too_long"
    SPENDING_PAUSED = "spending_paused"
    STILL_SHARED = "still_shared"
    TOO_HASTY = "too_hasty"
    UNEXPECTED = "unexpected"
    VOICES_GONE = "voices_gone"
    VOICE_UNKNOWN = "voice_unknown"
    VIDEO_HIDDEN = "video_hidden"


class TalkieError(Exception):
    """Root of everything Talkie raises on purpose."""


class UserError(TalkieError):
    """Something a person can be told; `facts` fill the sentence, `detail` is for the log."""

    def __init__(self, code: Code, detail: str = "", **facts: float | str) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail
        self.facts = facts


class SetupError(TalkieError):
    """Talkie cannot start as it is set up; each problem is one line with its remedy."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Unfit(TalkieError):
    """A clip cannot be made as small as a place wants it; the text is for the log."""


class Stopped(TalkieError):
    """A supervised task ended although nobody asked it to."""


def reasons(group: BaseExceptionGroup[BaseException]) -> Iterator[str]:
    """What each error of a group says, however deep its tasks were nested."""
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from reasons(error)
        else:
            yield str(error)
