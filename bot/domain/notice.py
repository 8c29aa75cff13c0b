"""What a waiting card says, and when saying it anew is worth an edit."""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from storage.records import CallState, JobState

BAR_STEPS = 12
_NEARLY = 0.97
"""From here on a bar would only seem stuck: what is left is not rendering."""
_LEAST_DRIFT_MS = 20_000
_DRIFT_PART = 0.25


class Stage(StrEnum):
    """How far a video has come, as its member is told."""

    IN_LINE = "in line"
    MAKING = "making"
    FINISHING = "finishing"
    """Rendered, or so near to it that a percentage would only stand still."""
    PUT_OFF = "put off"


class News(IntEnum):
    """How much a member would miss if a card stayed as it is."""

    NONE = 0
    MOTION = 1
    """A bar moved, or a time was guessed better."""
    PLACE = 2
    STAGE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When a video will probably be ready, in milliseconds since 1970, and when at the latest."""

    likely_at_ms: int
    latest_at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an open job at this moment."""

    state: JobState
    call: CallState | None
    ahead: int
    progress: float | None
    """0..1, and only if the engine has said so of late."""
    reason: str | None
    due_at: int | None
    forecast: Forecast | None
    late: bool
    offered: bool = False
    """Whether the message carries the button that fetches the video later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Everything on a waiting card that can change."""

    stage: Stage
    ahead: int = 0
    bar: int | None = None
    """How many of `BAR_STEPS` are full; None where the engine cannot tell."""
    percent: int = 0
    forecast: Forecast | None = None
    late: bool = False
    reason: str | None = None
    until_ms: int | None = None
    offered: bool = False
    """Whether the button that fetches the video later stands on the card."""


def compose(facts: Facts, now_ms: int) -> Notice | None:
    """What to say of a job now; None once there is nothing to wait for any more.

    A time that has passed is never promised: then it takes longer than was thought.
    """
    notice = _compose(facts, now_ms)
    return replace(notice, offered=facts.offered) if notice else None


def _compose(facts: Facts, now_ms: int) -> Notice | None:
    forecast, late = facts.forecast, facts.late
    if forecast is not None and forecast.likely_at_ms <= now_ms:
        late = late or forecast.latest_at_ms <= now_ms
        forecast = None
    if late:
        forecast = None
    if facts.state is JobState.QUEUED:
        return Notice(stage=Stage.IN_LINE, ahead=facts.ahead, forecast=forecast, late=late)
    if facts.state is JobState.WAITING:
        return Notice(stage=Stage.PUT_OFF, reason=facts.reason, until_ms=facts.due_at)
    if facts.state is not JobState.ACTIVE:
        return None
    nearly = facts.progress is not None and facts.progress >= _NEARLY
    if nearly or facts.call is CallState.RENDERED:
        return Notice(stage=Stage.FINISHING, late=late)
    if facts.progress is None:
        return Notice(stage=Stage.MAKING, forecast=forecast, late=late)
    return Notice(
        stage=Stage.MAKING,
        bar=int(facts.progress * BAR_STEPS),
        percent=int(facts.progress * 100),
        forecast=forecast,
        late=late,
    )


def news(shown: Notice | None, notice: Notice, now_ms: int) -> News:
    """How much has changed since a card was shown; None stands for a card nobody has seen."""
    if shown is None or _standing(shown) != _standing(notice):
        return News.STAGE
    if shown.ahead != notice.ahead:
        # The last place before one's own turn is worth as much as a stage.
        return News.STAGE if notice.ahead == 0 else News.PLACE
    if shown.bar != notice.bar or _drifted(shown.forecast, notice.forecast, now_ms):
        return News.MOTION
    return News.NONE


def _standing(notice: Notice) -> tuple[object, ...]:
    return notice.stage, notice.late, notice.reason, notice.until_ms, notice.offered


def _drifted(shown: Forecast | None, current: Forecast | None, now_ms: int) -> bool:
    if shown is None or current is None:
        return shown is not current
    if shown.likely_at_ms <= now_ms:
        return True
    left_ms = current.likely_at_ms - now_ms
    tolerance_ms = max(_LEAST_DRIFT_MS, left_ms * _DRIFT_PART)
    return abs(shown.likely_at_ms - current.likely_at_ms) > tolerance_ms
