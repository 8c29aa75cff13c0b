"""The buttons under a job that has ended: one set for everybody."""

from cogs.ui import frame
from cogs.ui.deletion import DeleteButton
from cogs.ui.frame import Row
from cogs.ui.repeats import AgainButton, RemixButton
from cogs.ui.reporting import ReportButton
from cogs.ui.sharing import ShareButton
from storage.records import JobId


def rows(job: JobId) -> list[Row]:
    """The first row goes on with a video, the second takes it away; the presser decides what."""
    return [
        frame.row(AgainButton(job), RemixButton(job), ShareButton(job)),
        frame.row(DeleteButton(job), ReportButton(job)),
    ]


def without_video(job: JobId) -> list[Row]:
    """Under what failed, was called off or is no longer kept: there is nothing to be seen."""
    return [frame.row(AgainButton(job), RemixButton(job), DeleteButton(job))]
