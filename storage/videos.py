"""Videos: the finished clips on Talkie's own disk, and the unguessable names of their pages."""

from storage import columns
from storage.database import Body, Row, Statement
from storage.records import JobId, PersonId, Video, VideoId

_VIDEO = columns.listed(Video)


def keep(video: Video) -> Body[None]:
    """Register a clip that is on Talkie's own disk; its id is given by the database."""
    yield columns.insert("video", video, without={"id"})


def of_job(job: JobId) -> Body[Video | None]:
    """The clip of a job."""
    rows = yield Statement(
        f"SELECT {_VIDEO} FROM video WHERE job_id = :job",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return of_row(rows[0]) if rows else None


def forget(job: JobId) -> Body[None]:
    """The clip of a job is no more: its page's name leads nowhere."""
    yield Statement("DELETE FROM video WHERE job_id = :job", {"job": job})


def by_slug(slug: str) -> Body[Video | None]:
    """The clip whose page has this name; none that moderators hid.

    What a server showed to the world is gone while the bot is: nobody there could hide it.
    """
    rows = yield Statement(
        f"SELECT {_VIDEO} FROM video WHERE slug = :slug AND hidden_at IS NULL"  # noqa: S608 names of our own fields
        " AND NOT EXISTS (SELECT 1 FROM share JOIN guild ON guild.guild_id = share.guild_id"
        " WHERE share.job_id = video.job_id AND share.for_web = 1 AND guild.has_left = 1)",
        {"slug": slug},
    )
    return of_row(rows[0]) if rows else None


def rename(video: VideoId, slug: str | None) -> Body[None]:
    """Give a page another name, or none; the old one leads nowhere from then on."""
    yield Statement(
        "UPDATE video SET slug = :slug WHERE id = :video", {"video": video, "slug": slug}
    )


def of_row(row: Row, prefix: str = "") -> Video:
    """A clip from the columns of a row that begin with a prefix."""
    values = columns.values(Video, row, prefix)
    return Video(**{**values, "id": VideoId(values["id"])})


def hide(job: JobId, *, by: PersonId, now: int) -> Body[bool]:
    """Let nobody but its maker see a clip; whether it was to be seen."""
    rows = yield Statement(
        "UPDATE video SET hidden_at = :now, hidden_by = :by"
        " WHERE job_id = :job AND hidden_at IS NULL RETURNING id",
        {"job": job, "by": by, "now": now},
    )
    return bool(rows)


def unhide(job: JobId) -> Body[bool]:
    """Let a clip be seen again; whether it was hidden."""
    rows = yield Statement(
        "UPDATE video SET hidden_at = NULL, hidden_by = NULL"
        " WHERE job_id = :job AND hidden_at IS NOT NULL RETURNING id",
        {"job": job},
    )
    return bool(rows)


def release(job: JobId, *, now: int) -> Body[None]:
    """A clip is shared no longer: from now on its server's days are counted anew."""
    yield Statement(
        "UPDATE video SET released_at = :now, reminded_at = NULL WHERE job_id = :job",
        {"job": job, "now": now},
    )
