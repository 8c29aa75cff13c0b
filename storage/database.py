"""The SQLite driver: a transaction is a generator that runs whole on the connection's thread.

A body yields `Statement`s and is sent their rows; it calls other bodies with `yield from`. It
holds no await, so nothing can interleave with it or cancel it half-way: it commits, or nothing
of it happened.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

import aiosqlite

log = logging.getLogger(__name__)

T = TypeVar("T")
Value = int | str | bytes | float | None
Row = Mapping[str, Any]


class Statement(NamedTuple):
    """One SQL statement with `:name` parameters."""

    sql: str
    parameters: Mapping[str, Value] = {}


Body = Generator[Statement, Sequence[Row], T]
"""A transaction's body: yields statements, receives their rows, returns its result."""


class StorageError(Exception):
    """Root of what the driver can raise."""


class Conflict(StorageError):
    """A constraint of the schema refused the write; nothing of the transaction happened."""


class Unavailable(StorageError):
    """The database could not be read or written: disk full, locked by another, broken."""


class Database(aiosqlite.Connection):
    """One connection; the writer runs bodies in BEGIN IMMEDIATE, a reader in a snapshot."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self._path = path
        self._readonly = readonly
        self.commits = 0
        """How many transactions took effect."""
        super().__init__(self._open, iter_chunk_size=64)

    async def __aenter__(self) -> Self:
        try:
            await self
        except BaseException:
            # The thread may still be at work on a file that is to be removed.
            await asyncio.to_thread(self._thread.join)
            raise
        return self

    async def run(self, body: Body[T]) -> T:
        """Run a whole body as one transaction; raises what it raises, or StorageError."""
        result: T = await self._execute(self._run, body)  # type: ignore[no-untyped-call]  # aiosqlite
        return result

    async def execute_script(self, script: str) -> None:
        """Run a migration script, which begins and commits by itself."""
        await self._execute(self._script, script)  # type: ignore[no-untyped-call]  # aiosqlite

    async def empty_log(self) -> None:
        """Bring all that was written into the database file and leave the log beside it empty."""
        await self._execute(self._empty_log)  # type: ignore[no-untyped-call]  # aiosqlite

    def _open(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(
                self._path, isolation_level=None, timeout=5, cached_statements=256
            )
            try:
                self._set_up(connection)
            except sqlite3.Error:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise Unavailable(str(error)) from error
        return connection

    def _set_up(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"]
        for pragma in [*pragmas, f"query_only={'ON' if self._readonly else 'OFF'}"]:
            connection.execute(f"PRAGMA {pragma}").fetchall()

    def _run(self, body: Body[T]) -> T:
        try:
            self._conn.execute("BEGIN" if self._readonly else "BEGIN IMMEDIATE")
            try:
                result = self._drive(body)
            except BaseException:
                self._rollback()
                raise
            self._conn.execute("COMMIT")
            self.commits += 1
        except sqlite3.IntegrityError as error:
            self._rollback()
            raise Conflict(str(error)) from error
        except sqlite3.Error as error:
            self._rollback()
            raise Unavailable(str(error)) from error
        return result

    def _drive(self, body: Body[T]) -> T:
        try:
            statement = next(body)
            while True:
                statement = body.send(self._conn.execute(*statement).fetchall())
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            body.close()

    def _empty_log(self) -> None:
        try:
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise Unavailable(str(error)) from error

    def _rollback(self) -> None:
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")

    def _script(self, script: str) -> None:
        try:
            self._conn.executescript(script)
        except sqlite3.Error as error:
            self._rollback()
            raise Unavailable(str(error)) from error


async def only(database: Database, statement: Statement) -> Sequence[Row]:
    """The rows of a single statement, run as a transaction of its own."""
    return await database.run(single(statement))


def single(statement: Statement) -> Body[Sequence[Row]]:
    """A body of one statement; answers its rows."""
    return (yield statement)


class Store:
    """The two connections every service shares: one writer, one reader that never waits for it."""

    def __init__(self, writer: Database, reader: Database) -> None:
        self._writer = writer
        self._reader = reader

    @property
    def changes(self) -> int:
        """How often something may have changed: what was read is true while this stays.

        It must be looked at before the read. All writes of a data directory come this way.
        """
        return self._writer.commits

    async def write(self, body: Body[T]) -> T:
        """Run a body as one durable transaction."""
        return await self._writer.run(body)

    async def read(self, body: Body[T]) -> T:
        """Run a body that only reads, on a snapshot."""
        return await self._reader.run(body)

    async def scrub(self) -> None:
        """Leave no erased words on the disk: the file overwrites them, the log would keep them."""
        await self._writer.empty_log()
