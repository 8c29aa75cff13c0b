"""What the janitor asks: which files the rows know."""

from storage.database import Body, Statement


def known_files() -> Body[tuple[set[str], set[str]]]:
    """Names below the jobs folder, and names below the videos folder."""
    folders = yield Statement("SELECT folder FROM job")
    videos = yield Statement("SELECT file, poster FROM video")
    return (
        {row["folder"] for row in folders},
        {row[name] for row in videos for name in ("file", "poster")},
    )
