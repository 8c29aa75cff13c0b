"""Copies: messages that show a video once more, each known before the video is in it."""

from storage.database import Body, Statement
from storage.exhibits import Copy
from storage.records import JobId


def keep(copy: Copy) -> Body[None]:
    """Remember a message that is about to show a video."""
    yield Statement(
        "INSERT OR IGNORE INTO copy (job_id, channel_id, message_id, is_open)"
        " VALUES (:job, :channel, :message, :is_open)",
        {
            "job": copy.job_id,
            "channel": copy.channel_id,
            "message": copy.message_id,
            "is_open": copy.is_open,
        },
    )


def take(job: JobId, *, only_open: bool = False) -> Body[list[Copy]]:
    """Forget the copies of a video, or those that others see: whoever asks takes them away."""
    rows = yield Statement(
        "DELETE FROM copy WHERE job_id = :job AND is_open >= :least"
        " RETURNING channel_id, message_id, is_open",
        {"job": job, "least": only_open},
    )
    return [
        Copy(
            job_id=job,
            channel_id=row["channel_id"],
            message_id=row["message_id"],
            is_open=bool(row["is_open"]),
        )
        for row in rows
    ]
