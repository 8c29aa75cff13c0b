"""The cards of the gallery: a post, a page of a list, and a report."""

from dataclasses import replace
from pathlib import Path

from bot.services.errands import Exhibited, Reported
from bot.services.listings import Page, Period
from cogs.ui import browsing, cards, exhibiting, keyboard, reporting
from cogs.ui.frame import Card
from storage.exhibits import (
    Complaint,
    ComplaintId,
    ComplaintState,
    Exhibit,
    Ground,
    Order,
    Share,
    ShareId,
)
from storage.records import JobState, PersonId
from tests.builders import NOW
from tests.cards.standings import a_standing

_STANDING = a_standing(JobState.DONE)
_SHARE = Share(
    id=ShareId(7),
    job_id=_STANDING.job.id,
    guild_id=77,
    person_id=PersonId(2),
    shared_by=PersonId(2),
    shared_at=NOW,
    mode=_STANDING.job.mode,
    shape=_STANDING.job.shape,
    age_restricted=False,
    for_web=True,
    credit="Mira",
    lot=5,
    votes=12,
    post_channel_id=None,
    post_message_id=None,
)
_COMPLAINT = Complaint(
    id=ComplaintId(3),
    job_id=_STANDING.job.id,
    guild_id=77,
    person_id=PersonId(3),
    reason=Ground.LIKENESS,
    words="That is my grandmother on the wall, and nobody asked her.",
    created_at=NOW,
    state=ComplaintState.OPEN,
    channel_id=None,
    message_id=None,
)


def exhibition() -> dict[str, Card]:
    """Cards that come with a clip."""
    job, video, clip = _STANDING.job, _STANDING.video, Path("clip.mp4")
    assert video is not None
    page = "https://videos.example/v/quiet-harbour"
    exhibited = Exhibited(share=_SHARE, job=job, clip=clip, credit="Mira", page=page)
    exhibit = Exhibit(share=_SHARE, job=job, video=video, credit="Mira")
    listed = Page(items=(exhibit,), next="n.12.7", prev="p.12.7")
    reported = Reported(complaint=_COMPLAINT, job=job, clip=clip)
    kept = replace(_STANDING, kept_until=NOW + 30 * 86_400_000)
    return {
        "gallery-post": exhibiting.post(exhibited),
        "gallery-page": browsing.card(listed, browsing.Wanted(order=Order.TOP, period=Period.WEEK)),
        "gallery-report": reporting.notice(reported, has_file=True),
        "done-kept-until": cards.finished(kept, rows=keyboard.rows(job.id)),
    }


def a_decision() -> Card:
    """A report that a moderator decided."""
    return reporting.decision(replace(_COMPLAINT, state=ComplaintState.HIDDEN), 90)
