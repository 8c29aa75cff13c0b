"""What the janitor asks: which files the rows know."""

from storage.database import Body, Statement
from storage.files import POSTER_WIDTHS, small_poster


def known_files() -> Body[tuple[set[str], set[str]]]:
    """Names below the jobs folder, and names below the videos folder."""
    folders = yield Statement("SELECT folder FROM job")
    videos = yield Statement("SELECT file, poster FROM video")
    names = {row[name] for row in videos for name in ("file", "poster")}
    names |= {small_poster(row["poster"], width) for row in videos for width in POSTER_WIDTHS}
    return {row["folder"] for row in folders}, names
