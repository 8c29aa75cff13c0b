"""The bot's own rows, read from outside while it runs and after it was killed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage import audit

_STANDINGS = """
    SELECT j.id, j.interaction_id, j.prompt, j.state, j.reason, j.hold, j.charge,
        c.state AS call, (SELECT count(*) FROM call WHERE job_id = j.id) AS calls,
        d.state AS delivery, v.file, v.poster, j.folder,
        (SELECT count(*) FROM entry e WHERE e.job_id = j.id AND e.account = 'spent') AS charges,
        (SELECT count(DISTINCT kind) FROM entry e WHERE e.job_id = j.id
            AND e.kind IN ('settle', 'release')) AS endings
    FROM job j
    LEFT JOIN call c ON c.job_id = j.id
        AND c.attempt = (SELECT max(attempt) FROM call WHERE job_id = j.id)
    LEFT JOIN delivery d ON d.job_id = j.id
    LEFT JOIN video v ON v.job_id = j.id
    ORDER BY j.id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One job with its latest call, its delivery, its files and its bookings."""

    id: int
    interaction_id: int
    prompt: str
    state: str
    reason: str | None
    hold: int
    charge: int | None
    call: str | None
    calls: int
    delivery: str | None
    file: str | None
    poster: str | None
    folder: str
    charges: int
    endings: int


class Rows:
    """Reads only; each question opens the database anew, as the bot may have died."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def standings(self) -> list[Standing]:
        """All jobs, oldest first."""
        with self._opened() as connection:
            return [Standing(**dict(row)) for row in connection.execute(_STANDINGS)]

    def under_way(self) -> int:
        """How many jobs have not ended."""
        return self._count(
            "SELECT count(*) FROM job WHERE state NOT IN ('done', 'failed', 'cancelled')"
        )

    def owed(self) -> int:
        """How many endings are not shown."""
        return self._count("SELECT count(*) FROM delivery WHERE state = 'owed'")

    def settled_prompt(self) -> str | None:
        """The prompt of a job that is done and owed to its member."""
        return self._one(
            "SELECT prompt FROM job JOIN delivery d ON d.job_id = job.id"
            " WHERE job.state = 'done' AND d.state = 'owed' LIMIT 1"
        )

    def broken(self) -> list[str]:
        """The invariants that do not hold."""
        with self._opened() as connection:
            return [
                name
                for name, query in audit.INVARIANTS.items()
                if connection.execute(query).fetchall()
            ]

    def _count(self, query: str) -> int:
        with self._opened() as connection:
            return int(connection.execute(query).fetchone()[0])

    def _one(self, query: str) -> str | None:
        with self._opened() as connection:
            row = connection.execute(query).fetchone()
        return None if row is None else str(row[0])

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        uri = f"file:{self._path}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection
