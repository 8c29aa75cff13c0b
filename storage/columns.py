"""Records and their rows: what a dataclass calls its fields, the tables call their columns."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from storage.database import Row, Statement, Value


@cache
def names(record: type) -> tuple[str, ...]:
    """The columns of a kind of record; every row that is read asks for them."""
    known: Any = record
    return tuple(field.name for field in fields(known))


def listed(record: type) -> str:
    """The columns of a kind of record, as a statement names them."""
    return ", ".join(names(record))


def values(record: type, row: Row, prefix: str = "") -> dict[str, Any]:
    """What a row holds for a kind of record, in columns that begin with a prefix."""
    return {name: row[prefix + name] for name in names(record)}


def insert(
    table: str,
    record: object,
    more: Mapping[str, Value] | None = None,
    *,
    without: Collection[str] = (),
    end: str = "",
) -> Statement:
    """Put a record into its table, with more columns than it has or without some of its own."""
    kind: type = type(record)
    kept = [name for name in names(kind) if name not in without]
    given = {**(more or {}), **{name: getattr(record, name) for name in kept}}
    return Statement(
        f"INSERT INTO {table} ({', '.join(given)})"  # noqa: S608 names of our own fields
        f" VALUES ({', '.join(':' + name for name in given)}){end}",
        given,
    )
