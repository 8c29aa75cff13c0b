"""Leftovers: files whose rows are gone. The row here goes last, so a crash forgets none."""

from storage.belongings import Leftover, Shelf
from storage.database import Body, Statement


def leave(place: Shelf, name: str) -> Body[None]:
    """Queue a file or folder for removal, in the transaction that forgets what it was for."""
    yield Statement(
        "INSERT OR IGNORE INTO leftover (place, name) VALUES (:place, :name)",
        {"place": place, "name": name},
    )


def waiting() -> Body[list[Leftover]]:
    """What is still to be removed."""
    rows = yield Statement("SELECT place, name FROM leftover")
    return [Leftover(place=Shelf(row["place"]), name=row["name"]) for row in rows]


def removed(leftover: Leftover) -> Body[None]:
    """The file is gone."""
    yield Statement(
        "DELETE FROM leftover WHERE place = :place AND name = :name",
        {"place": leftover.place, "name": leftover.name},
    )
