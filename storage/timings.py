"""How long finished clips took, the latest few hundred of each kind."""

from storage.database import Body, Statement, Value
from storage.records import Mode, Timing

MOST = 300
"""What is older says little about how busy the engine is now."""


def note(timing: Timing) -> Body[None]:
    """Keep one more time, and let the oldest of its kind go."""
    kind: dict[str, Value] = {
        "engine": timing.engine,
        "mode": timing.mode,
        "frames": timing.frames,
    }
    yield Statement(
        "INSERT INTO timing (engine, mode, frames, took_ms, whole_ms)"
        " VALUES (:engine, :mode, :frames, :took, :whole)",
        {**kind, "took": timing.took_ms, "whole": timing.whole_ms},
    )
    yield Statement(
        "DELETE FROM timing WHERE engine = :engine AND mode = :mode AND frames = :frames"
        " AND id <= (SELECT id FROM timing WHERE engine = :engine AND mode = :mode"
        " AND frames = :frames ORDER BY id DESC LIMIT 1 OFFSET :most)",
        {**kind, "most": MOST},
    )


def of_engine(engine: str) -> Body[list[Timing]]:
    """Every time that is kept of an engine, oldest first."""
    rows = yield Statement(
        "SELECT engine, mode, frames, took_ms, whole_ms FROM timing"
        " WHERE engine = :engine ORDER BY id",
        {"engine": engine},
    )
    return [Timing(**{**dict(row), "mode": Mode(row["mode"])}) for row in rows]
