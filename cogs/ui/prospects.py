"""What a waiting card says: place in line, progress, and the time when the video will be there."""

from bot.domain.notice import BAR_STEPS, Forecast, Notice, Stage
from cogs.ui import texts
from cogs.ui.frame import Tone

_LONG_MS = 12 * 3_600_000
"""A time of day means nothing any more for what takes longer."""


def tone(notice: Notice) -> Tone:
    """The colour of a notice."""
    if notice.stage is Stage.PUT_OFF or notice.late:
        return Tone.DELAYED
    return Tone.WAITING if notice.stage is Stage.IN_LINE else Tone.WORKING


def lines(notice: Notice) -> list[str]:
    """The sentences of a notice, the most important first."""
    if notice.stage is Stage.PUT_OFF:
        return [texts.delayed(notice.reason, (notice.until_ms or 0) // 1000)]
    found = [_stage(notice)]
    if notice.bar is not None:
        found.append(_bar(notice.bar, notice.percent))
    if notice.late:
        found.append(texts.LATER)
    elif notice.forecast is not None:
        found.append(_time(notice.forecast))
    return found


def _stage(notice: Notice) -> str:
    if notice.stage is Stage.IN_LINE:
        return texts.place(notice.ahead)
    return texts.NEARLY if notice.stage is Stage.FINISHING else texts.WORKING


def _bar(full: int, percent: int) -> str:
    return f"`{'█' * full}{'░' * (BAR_STEPS - full)}` {percent} %"


def _time(forecast: Forecast) -> str:
    style = "f" if forecast.latest_at_ms - forecast.likely_at_ms > _LONG_MS else "t"
    likely = f"<t:{forecast.likely_at_ms // 1000}:R>"
    latest = f"<t:{-(-forecast.latest_at_ms // 60_000) * 60}:{style}>"
    return texts.FORECAST.format(likely=likely, latest=latest)
