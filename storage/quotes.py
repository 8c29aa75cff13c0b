"""Quotes: what a clip cost when the provider was asked last, and how often it was asked."""

from storage import columns
from storage.belongings import KnownPrice
from storage.database import Body, Statement
from storage.records import Mode

_COLUMNS = columns.listed(KnownPrice)


def keep(known: KnownPrice) -> Body[None]:
    """Remember a price that was just read."""
    yield columns.insert(
        "quote",
        known,
        end=" ON CONFLICT (engine, model, mode, width, height, frames)"
        " DO UPDATE SET price_micro = excluded.price_micro, read_at = excluded.read_at",
    )


def not_shorter(  # noqa: PLR0913 all that a price depends on
    *, engine: str, model: str, mode: Mode, width: int, height: int, frames: int, since: int
) -> Body[KnownPrice | None]:
    """The price of this length, or of the next longer one that was read since a time."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM quote WHERE engine = :engine AND model = :model"  # noqa: S608 names of our own fields
        " AND mode = :mode AND width = :width AND height = :height AND frames >= :frames"
        " AND read_at > :since ORDER BY frames LIMIT 1",
        {
            "engine": engine,
            "model": model,
            "mode": mode,
            "width": width,
            "height": height,
            "frames": frames,
            "since": since,
        },
    )
    if not rows:
        return None
    values = columns.values(KnownPrice, rows[0])
    return KnownPrice(**{**values, "mode": Mode(values["mode"])})


def dearest(
    *, engine: str, mode: Mode, width: int, height: int, frames: int, since: int
) -> Body[int | None]:
    """The highest price of such a clip, or of the next longer one, that any model asked lately."""
    rows = yield Statement(
        "SELECT max(price_micro) AS price FROM quote WHERE engine = :engine AND mode = :mode"
        " AND width = :width AND height = :height AND read_at > :since AND frames = ("
        " SELECT min(frames) FROM quote WHERE engine = :engine AND mode = :mode"
        " AND width = :width AND height = :height AND read_at > :since AND frames >= :frames)",
        {
            "engine": engine,
            "mode": mode,
            "width": width,
            "height": height,
            "frames": frames,
            "since": since,
        },
    )
    price: int | None = rows[0]["price"]
    return price


def book_read(
    *, engine: str, day: int, most: int, now: int, most_for_words: int | None = None
) -> Body[bool]:
    """Count one more price read of the day that began at `day`; False if it had all of them.

    `most_for_words` is said by a read for a rewriting: of these there are no more than that. A
    read is booked before it is made, so one that a crash cut short counts as well.
    """
    yield Statement(
        "DELETE FROM price_read WHERE engine = :engine AND at < :day",
        {"engine": engine, "day": day},
    )
    rows = yield Statement(
        "INSERT INTO price_read (engine, for_words, at) SELECT :engine, :for_words, :now"
        " WHERE (SELECT count(*) FROM price_read WHERE engine = :engine) < :most"
        " AND (SELECT count(*) FROM price_read WHERE engine = :engine AND for_words = 1)"
        " < :most_for_words RETURNING id",
        {
            "engine": engine,
            "for_words": most_for_words is not None,
            "now": now,
            "most": most,
            "most_for_words": most if most_for_words is None else most_for_words,
        },
    )
    return bool(rows)
