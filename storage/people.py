"""People: the one table that knows Discord ids."""

from collections.abc import Sequence

from storage.database import Body, Row, Statement
from storage.records import AccountKind, PersonId


def resolve(discord_id: int, now: int) -> Body[PersonId]:
    """The person behind a Discord id; a new one gets accounts and a lane."""
    found = yield from find(discord_id)
    if found is not None:
        return found
    rows: Sequence[Row] = yield Statement(
        "INSERT INTO person (discord_id, created_at) VALUES (:discord_id, :now) RETURNING id",
        {"discord_id": discord_id, "now": now},
    )
    person = PersonId(rows[0]["id"])
    yield Statement(
        "INSERT INTO account (person_id, kind) VALUES (:person, :available), (:person, :held)",
        {"person": person, "available": AccountKind.AVAILABLE, "held": AccountKind.HELD},
    )
    yield Statement(
        "INSERT INTO lane (person_id, running_cap) SELECT :person, lane_cap FROM gate",
        {"person": person},
    )
    return person


def find(discord_id: int) -> Body[PersonId | None]:
    """The person behind a Discord id, if Talkie has met them."""
    rows = yield Statement(
        "SELECT id FROM person WHERE discord_id = :discord_id", {"discord_id": discord_id}
    )
    return PersonId(rows[0]["id"]) if rows else None


def direct(person: PersonId, *, now: int, before: int) -> Body[bool]:
    """Note that a person is shown the commands; False if they were shown them after `before`."""
    rows = yield Statement(
        "UPDATE person SET directed_at = :now WHERE id = :person"
        " AND (directed_at IS NULL OR directed_at <= :before) RETURNING id",
        {"person": person, "now": now, "before": before},
    )
    return bool(rows)


def discord_id(person: PersonId) -> Body[int | None]:
    """The Discord id of a person; None once they were erased."""
    rows = yield Statement("SELECT discord_id FROM person WHERE id = :person", {"person": person})
    return rows[0]["discord_id"] if rows else None
