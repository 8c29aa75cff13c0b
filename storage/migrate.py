"""Brings a database to the schema of this version: numbered scripts, forward only."""

import re
from dataclasses import dataclass
from pathlib import Path

from storage.database import Database, Statement, StorageError, only

_NAME = re.compile(r"(\d{4})_\w+\.sql")


class NewerSchema(StorageError):
    """The database was written by a newer Talkie than this one."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema."""

    number: int
    script: str


def known() -> list[Migration]:
    """The migrations that ship with this version, in order and without gaps."""
    found: list[Migration] = []
    for path in sorted((Path(__file__).parent / "migrations").glob("*.sql")):
        name = _NAME.fullmatch(path.name)
        if name is None or int(name[1]) != len(found) + 1:
            raise StorageError(f"a migration is out of order: {path.name}")
        found.append(Migration(int(name[1]), path.read_text(encoding="utf-8")))
    return found


async def upgrade(database: Database) -> int:
    """Apply what is missing, each step in one transaction; answers the schema's number."""
    rows = await only(database, Statement("PRAGMA user_version"))
    version = int(rows[0]["user_version"])
    steps = known()
    if version > len(steps):
        raise NewerSchema(
            f"The database has schema {version}, this Talkie knows {len(steps)}: update Talkie."
        )
    for step in steps[version:]:
        await database.execute_script(
            f"BEGIN IMMEDIATE;\n{step.script}\nPRAGMA user_version = {step.number};\nCOMMIT;"
        )
    return len(steps)
