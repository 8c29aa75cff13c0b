"""Pauses: an engine that takes no new calls for now, of one mode or of any."""

from storage import columns
from storage.database import Body, Row, Statement
from storage.records import Pause

EVERY_MODE = "*"
_COLUMNS = columns.listed(Pause)


def begin(*, engine: str, mode: str, until: int, reason: str, now: int) -> Body[Pause]:
    """Pause an engine until a time; one that is paused already has failed once more."""
    rows = yield Statement(
        "INSERT INTO pause (engine, mode, until, since, reason)"  # noqa: S608 names of our own fields
        " VALUES (:engine, :mode, :until, :now, :reason)"
        " ON CONFLICT (engine, mode) DO UPDATE SET failures = failures + 1,"
        " until = iif(since > excluded.since, excluded.until, max(until, excluded.until)),"
        " since = excluded.since, reason = excluded.reason,"
        f" told = iif(reason = excluded.reason, told, 0) RETURNING {_COLUMNS}",
        {"engine": engine, "mode": mode, "until": until, "reason": reason, "now": now},
    )
    return _pause(rows[0])


def of(engine: str, mode: str, now: int) -> Body[Pause | None]:
    """The pause that keeps this mode of an engine from new calls, the longest one.

    One that a clock began which was set back since would last for long: it is over.
    """
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM pause WHERE engine = :engine AND mode IN (:mode, '*')"  # noqa: S608 names of our own fields
        " AND :now BETWEEN since AND until - 1 ORDER BY until DESC LIMIT 1",
        {"engine": engine, "mode": mode, "now": now},
    )
    return _pause(rows[0]) if rows else None


def known(engine: str, mode: str) -> Body[Pause | None]:
    """The pause of exactly this mode, be it over or not."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM pause WHERE engine = :engine AND mode = :mode",  # noqa: S608 names of our own fields
        {"engine": engine, "mode": mode},
    )
    return _pause(rows[0]) if rows else None


def end(engine: str, mode: str) -> Body[bool]:
    """A call was taken: whatever paused this mode is over; whether anything did."""
    rows = yield Statement(
        "DELETE FROM pause WHERE engine = :engine AND mode IN (:mode, '*') RETURNING mode",
        {"engine": engine, "mode": mode},
    )
    return bool(rows)


def lift(now: int) -> Body[None]:
    """Let the pauses of whole accounts be over; that they were, and who was told, is kept."""
    yield Statement("UPDATE pause SET until = :now WHERE mode = '*' AND until > :now", {"now": now})


def untold() -> Body[list[Pause]]:
    """Pauses of a whole account that the owner was not told of."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM pause WHERE mode = '*' AND told = 0"  # noqa: S608 names of our own fields
    )
    return [_pause(row) for row in rows]


def told(pause: Pause) -> Body[None]:
    """The owner knows of it."""
    yield Statement(
        "UPDATE pause SET told = 1 WHERE engine = :engine AND mode = :mode AND reason = :reason",
        {"engine": pause.engine, "mode": pause.mode, "reason": pause.reason},
    )


def _pause(row: Row) -> Pause:
    return Pause(**columns.values(Pause, row))
