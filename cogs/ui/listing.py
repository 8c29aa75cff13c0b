"""The card of `/jobs`: a member's latest jobs, each with the button it can be used by."""

from collections.abc import Sequence

from bot.services.jobs import Standing
from cogs.ui import folding, frame, texts
from cogs.ui.buttons import CancelButton
from cogs.ui.frame import Card, Part, Tone
from cogs.ui.showing import ShowButton
from storage.records import JobState

MOST = 12
"""A row takes three components, and Discord takes 40 in a message."""

_CANCELLABLE = {JobState.QUEUED, JobState.WAITING, JobState.ACTIVE}


def listed(standings: Sequence[Standing]) -> Card:
    """The first `MOST` of these jobs."""
    heading = frame.words(texts.JOBS_TITLE)
    return frame.card(Tone.OVER, heading, *(_row(each) for each in standings[:MOST]))


def _row(standing: Standing) -> Part:
    job = standing.job
    line = texts.job_line(standing)
    if job.deleted_at is not None:
        return frame.words(line)
    text = f"{line}\n{texts.quote(folding.fold(job.prompt, folding.ONE_LINE))}"
    if job.state in _CANCELLABLE:
        return frame.beside(text, CancelButton(job.id))
    if standing.video is not None:
        return frame.beside(text, ShowButton(job.id))
    return frame.words(text)
