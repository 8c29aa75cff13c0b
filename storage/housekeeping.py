"""What the janitor asks: which files the rows know."""

from storage.belongings import Shelf
from storage.database import Body, Statement
from storage.files import POSTER_WIDTHS, small_poster
from storage.records import HOUSE


def known_files() -> Body[dict[Shelf, set[str]]]:
    """The names in each folder that a row knows."""
    folders = yield Statement("SELECT folder FROM job WHERE deleted_at IS NULL")
    videos = yield Statement("SELECT file, poster FROM video")
    clips = {row[name] for row in videos for name in ("file", "poster")}
    clips |= {small_poster(row["poster"], width) for row in videos for width in POSTER_WIDTHS}
    portraits = yield Statement("SELECT file FROM portrait")
    return {
        Shelf.JOBS: {row["folder"] for row in folders},
        Shelf.VIDEOS: clips,
        Shelf.PORTRAITS: {row["file"] for row in portraits},
    }


def places_never_used() -> Body[set[Shelf]]:
    """The folders that can hold nothing yet: no job was ever made, nobody was ever met."""
    jobs = yield Statement("SELECT id FROM job LIMIT 1")
    people = yield Statement("SELECT id FROM person WHERE id <> :house LIMIT 1", {"house": HOUSE})
    never = set() if jobs else {Shelf.VIDEOS}
    return never if people else never | {Shelf.PORTRAITS}
