"""Jobs in every state that a card can show."""

from dataclasses import replace
from typing import Any

from bot.domain.notice import Forecast, Notice, Stage
from bot.errors import Code, UserError
from bot.services.foretelling import Foretold
from bot.services.jobs import Standing
from cogs.ui import replies, slips
from cogs.ui.frame import Card
from storage.records import Job, JobState, Mode, Receipt, Video, VideoId
from tests.builders import NOW, a_job

PROMPT = (
    "A red bicycle leans against a harbour wall while gulls drift by; the camera glides past the "
    "nets, low evening sun, a bell rings far away and a cat yawns on a crate of oranges."
)

_SOON = 1_767_225_600_000
"""What the simulator's clock shows at its start, in milliseconds."""
_FORECAST = Forecast(likely_at_ms=_SOON + 90_000, latest_at_ms=_SOON + 200_000)
NOTICES = {
    "waiting": Notice(stage=Stage.IN_LINE, ahead=0, forecast=_FORECAST),
    "in line": Notice(stage=Stage.IN_LINE, ahead=3, forecast=_FORECAST),
    "started": Notice(stage=Stage.MAKING, forecast=_FORECAST),
    "progress": Notice(stage=Stage.MAKING, bar=4, percent=40, forecast=_FORECAST),
    "nearly": Notice(stage=Stage.FINISHING),
    "later": Notice(stage=Stage.MAKING, late=True),
    "delayed": Notice(stage=Stage.PUT_OFF, reason=Code.ENGINE_BUSY, until_ms=_SOON + 600_000),
}
"""Every kind of notice a waiting card can carry."""


def a_standing(state: JobState, number: int = 12, **changes: Any) -> Standing:
    """A job in this state; changes of `receipt`, `resent` and `delivery` are the standing's own."""
    own = {key: changes.pop(key) for key in ("receipt", "resent", "delivery") if key in changes}
    charge = 5 if state is JobState.DONE else None
    job = replace(a_job(number, state, prompt=PROMPT), charge=charge, attempts=1)
    standing = Standing(
        job=replace(job, **changes),
        receipt=_receipt(state),
        ahead=0,
        resent=0,
        video=_video(job) if state is JobState.DONE else None,
    )
    return replace(standing, **own)


def a_late_one() -> Standing:
    """A video that turned up after its credits were given back."""
    receipt = Receipt(held=5, charged=0, returned=5)
    return a_standing(JobState.DONE, receipt=receipt)


def slips_by_name() -> dict[str, Card]:
    """The cards that are about no job."""
    too_long = UserError(Code.SOUND_OVER_LIMIT, seconds=14.2, limit_s=10, draft=3)
    no_sound = UserError(Code.NO_SOUND)
    return {
        "listening": slips.preparing(Mode.AUDIO, Foretold(credits=7, available=95, is_most=True)),
        "preparing": slips.preparing(Mode.TEXT, Foretold(credits=5, available=95, is_most=False)),
        "refused": slips.refused(no_sound, replies.way_on(no_sound)),
        "too-long": slips.refused(too_long, replies.way_on(too_long)),
        "who-speaks": slips.who_speaks(3),
        "directions": slips.directions(),
        "interrupted": slips.interrupted(),
        "hasty": slips.hasty(),
        "opening": slips.opening(),
    }


def _receipt(state: JobState) -> Receipt:
    done, over = state is JobState.DONE, state in {JobState.FAILED, JobState.CANCELLED}
    return Receipt(held=5, charged=5 * done, returned=5 * over)


def _video(job: Job) -> Video:
    return Video(
        id=VideoId(1),
        job_id=job.id,
        slug="quiet-harbour",
        file="harbour.mp4",
        poster="harbour.jpg",
        width=job.width,
        height=job.kept_height,
        frames=job.frames,
        bytes=1_000_000,
        created_at=NOW,
    )
