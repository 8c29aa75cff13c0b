"""Jobs in every state that a card can show."""

from dataclasses import asdict, replace
from typing import Any

from bot.domain.request import Plan
from bot.domain.shapes import Shape, Size
from bot.services.jobs import Standing
from bot.services.submission import Ticket
from storage.records import Balance, Job, JobId, JobState, Mode, PersonId, Receipt, Video, VideoId
from tests.builders import NOW, a_new_job

PROMPT = (
    "A red bicycle leans against a harbour wall while gulls drift by; the camera glides past the "
    "nets, low evening sun, a bell rings far away and a cat yawns on a crate of oranges."
)


def a_standing(state: JobState, number: int = 12, **changes: Any) -> Standing:
    """A job in this state; changes of `receipt`, `resent` and `delivery` are the standing's own."""
    order = asdict(a_new_job(PersonId(2), prompt=PROMPT))
    del order["interaction_id"]
    own = {key: changes.pop(key) for key in ("receipt", "resent", "delivery") if key in changes}
    job = Job(
        **order,
        id=JobId(number),
        state=state,
        charge=5 if state is JobState.DONE else None,
        fence=1,
        attempts=1,
        due_at=None,
        started_at=None,
        ended_at=None,
        reason=None,
        incident=None,
        deleted_at=None,
    )
    standing = Standing(
        job=replace(job, **changes),
        receipt=_receipt(state),
        ahead=0,
        resent=0,
        video=_video(job) if state is JobState.DONE else None,
    )
    return replace(standing, **own)


def a_ticket(ahead: int) -> Ticket:
    """A job that was just accepted."""
    plan = Plan(
        mode=Mode.TEXT,
        prompt=PROMPT,
        shape=Shape.WIDE,
        size=Size.STANDARD,
        frames=121,
        seed=7,
    )
    return Ticket(
        job=JobId(12), plan=plan, hold=5, balance=Balance(available=95, held=5), ahead=ahead
    )


def a_late_one() -> Standing:
    """A video that turned up after its credits were given back."""
    receipt = Receipt(held=5, charged=0, returned=5)
    return a_standing(JobState.DONE, receipt=receipt)


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
