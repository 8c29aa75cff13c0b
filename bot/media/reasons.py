"""Why a file was refused: one error class, one enum of reasons, no prose."""

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with a file; the product turns each into a sentence."""

    FORBIDDEN_HOST = "forbidden_host"
    GONE = "gone"
    SLOW = "slow"
    TOO_BIG = "too_big"
    EMPTY = "empty"
    NOT_SOUND = "not_sound"
    NO_SOUND = "no_sound"
    INAUDIBLE = "inaudible"
    SOUND_TOO_LONG = "sound_too_long"
    SOUND_OVER_LIMIT = "sound_over_limit"
    NOT_PICTURE = "not_picture"
    PICTURE_TOO_SMALL = "picture_too_small"
    PICTURE_TOO_LARGE = "picture_too_large"
    PICTURE_TOO_NARROW = "picture_too_narrow"
    BROKEN = "broken"
    NOT_VIDEO = "not_video"
    WRONG_VIDEO = "wrong_video"


class MediaError(Exception):
    """A file was refused; `detail` is for the log and names no path.

    `facts` are the numbers a sentence needs: `seconds` and `limit_s` of a sound that is too long,
    `bytes` and `limit_bytes` of a file that is too big, `width` and `height` of a picture,
    `status` of a download.
    """

    def __init__(self, reason: Reason, detail: str = "", **facts: float) -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
        self.facts = facts


class Overdue(MediaError):
    """A process had to be killed because its time was over: a busy machine may be why."""

    def __init__(self) -> None:
        super().__init__(Reason.BROKEN, "the decoder took too long")
