"""Shelving: what a shared video's messages and places become when it changes hands or goes."""

from storage import complaints, errands, gallery, videos
from storage.database import Body
from storage.exhibits import ErrandKind, Sent, Share
from storage.records import JobId


def take_back(share: Share, *, now: int) -> Body[None]:
    """Share a video no longer; its post is owed to be erased."""
    yield from withdraw_post(share, now=now)
    yield from gallery.remove(share.id)
    yield from videos.release(share.job_id, now=now)


def withdraw_post(share: Share, *, now: int) -> Body[None]:
    """Owe that the post of a share goes away, wherever sending it stands."""
    yield from errands.withdraw(ErrandKind.POST, share.id, now=now)
    yield from errands.withdraw(ErrandKind.RECOUNT, share.id, now=now)
    if share.post_channel_id is not None and share.post_message_id is not None:
        yield from errands.erase(
            Sent.POST,
            share.id,
            channel_id=share.post_channel_id,
            message_id=share.post_message_id,
            now=now,
        )
        yield from gallery.posted(share.id, channel_id=None, message_id=None)


def forget(job: JobId, *, now: int) -> Body[None]:
    """A video is deleted: its share, votes and words go, and all that was said against it."""
    share = yield from gallery.of_job(job)
    if share is not None:
        yield from take_back(share, now=now)
    for complaint in (yield from complaints.of_job(job)):
        yield from errands.withdraw(ErrandKind.REPORT, complaint.id, now=now)
        if complaint.channel_id is not None and complaint.message_id is not None:
            yield from errands.erase(
                Sent.REPORT,
                complaint.id,
                channel_id=complaint.channel_id,
                message_id=complaint.message_id,
                now=now,
            )
    yield from complaints.forget(job)
    yield from errands.withdraw(ErrandKind.REMIND, job, now=now)
