"""The real driver without its thread: a body runs at once, in the caller."""

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import TypeVar

from storage import lanes, migrate
from storage.database import Body, Database
from tests.stateful.moves import Refused

T = TypeVar("T")


class Disk:
    """A database file that outlives its connections.

    Nothing is forced to the platter here, which the loss of a process does not touch; what a loss
    of power does is shown in tests/integration/storage/test_power_loss.py.
    """

    def __init__(self, template: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="talkie-store-"))
        self._path = self._folder / "talkie.db"
        shutil.copyfile(template, self._path)
        self._starts = 0
        self._database = self._opened()

    @property
    def version(self) -> tuple[int, int]:
        """As long as this is the same, no row was touched."""
        return self._starts, self._connection().total_changes

    def write(self, body: Body[T]) -> T:
        """Run a body as the writer does: BEGIN IMMEDIATE, all of it, COMMIT."""
        return self._database._run(body)

    def kill_in(self, body: Body[T], *, statements: int) -> None:
        """Die after so many statements of a transaction, and come back."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            statement = next(body)
            for _ in range(statements):
                statement = body.send(connection.execute(*statement).fetchall())
        except (StopIteration, Refused):
            pass  # it came to its end, but not to its COMMIT
        body.close()
        self.restart()

    def restart(self) -> None:
        """Lose everything that was not committed."""
        self._close()
        self._database = self._opened()

    def remove(self) -> None:
        """The end of this file."""
        self._close()
        shutil.rmtree(self._folder)

    def _opened(self) -> Database:
        self._starts += 1
        database = Database(self._path)
        database._connection = database._open()
        database._connection.execute("PRAGMA synchronous=OFF")
        return database

    def _connection(self) -> sqlite3.Connection:
        connection = self._database._connection
        assert connection is not None
        return connection

    def _close(self) -> None:
        self._connection().close()
        self._database._connection = None


def new_template(path: Path, schema: str | None = None) -> Path:
    """A migrated database without rows, to be copied for each run; or one of another schema."""
    database = Database(path)
    database._connection = database._open()
    first, *later = [step.script for step in migrate.known()]
    for script in [schema or first, *later]:
        database._script(f"BEGIN IMMEDIATE;\n{script}\nCOMMIT;")
    database._run(lanes.set_caps(running=3, lane=2))
    database._connection.close()
    database._connection = None
    return path
