"""Videos: the finished clips on Talkie's own disk, and the unguessable names of their pages."""

from dataclasses import fields

from storage.database import Body, Row, Statement
from storage.records import JobId, Video, VideoId

_VIDEO = ", ".join(field.name for field in fields(Video))


def keep(video: Video) -> Body[None]:
    """Register a clip that is on Talkie's own disk; its id is given by the database."""
    names = [field.name for field in fields(Video) if field.name != "id"]
    yield Statement(
        f"INSERT INTO video ({', '.join(names)})"  # noqa: S608 names of our own fields
        f" VALUES ({', '.join(':' + name for name in names)})",
        {name: getattr(video, name) for name in names},
    )


def of_job(job: JobId) -> Body[Video | None]:
    """The clip of a job."""
    rows = yield Statement(
        f"SELECT {_VIDEO} FROM video WHERE job_id = :job",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return _video(rows[0]) if rows else None


def forget(job: JobId) -> Body[None]:
    """The clip of a job is no more: its page's name leads nowhere."""
    yield Statement("DELETE FROM video WHERE job_id = :job", {"job": job})


def by_slug(slug: str) -> Body[Video | None]:
    """The clip whose page has this name."""
    rows = yield Statement(
        f"SELECT {_VIDEO} FROM video WHERE slug = :slug",  # noqa: S608 names of our own fields
        {"slug": slug},
    )
    return _video(rows[0]) if rows else None


def rename(video: VideoId, slug: str | None) -> Body[None]:
    """Give a page another name, or none; the old one leads nowhere from then on."""
    yield Statement(
        "UPDATE video SET slug = :slug WHERE id = :video", {"video": video, "slug": slug}
    )


def _video(row: Row) -> Video:
    values = {name: row[name] for name in (field.name for field in fields(Video))}
    return Video(**{**values, "id": VideoId(values["id"])})
