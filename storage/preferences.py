"""Preferences: what members chose for themselves."""

from storage.belongings import Choices
from storage.database import Body, Statement
from storage.records import PersonId


def of(person: PersonId) -> Body[Choices]:
    """What a person chose; who chose nothing gets what Talkie does by itself."""
    rows = yield Statement(
        "SELECT shape, dm_when_done, coach, credit_name FROM preference WHERE person_id = :person",
        {"person": person},
    )
    if not rows:
        return Choices()
    row = rows[0]
    return Choices(
        shape=row["shape"],
        dm_when_done=bool(row["dm_when_done"]),
        coach=bool(row["coach"]),
        credit_name=bool(row["credit_name"]),
    )


def keep(person: PersonId, choices: Choices) -> Body[None]:
    """Remember what a person chose."""
    yield Statement(
        "INSERT INTO preference (person_id, shape, dm_when_done, coach, credit_name)"
        " VALUES (:person, :shape, :dm, :coach, :credit)"
        " ON CONFLICT (person_id) DO UPDATE SET shape = excluded.shape,"
        " dm_when_done = excluded.dm_when_done, coach = excluded.coach,"
        " credit_name = excluded.credit_name",
        {
            "person": person,
            "shape": choices.shape,
            "dm": choices.dm_when_done,
            "coach": choices.coach,
            "credit": choices.credit_name,
        },
    )


def greeted(person: PersonId) -> Body[bool]:
    """Whether a person was shown the tour."""
    rows = yield Statement(
        "SELECT 1 FROM preference WHERE person_id = :person AND greeted = 1", {"person": person}
    )
    return bool(rows)


def greet(person: PersonId) -> Body[None]:
    """Remember that a person was shown the tour."""
    yield Statement(
        "INSERT INTO preference (person_id, coach, greeted) VALUES (:person, :coach, 1)"
        " ON CONFLICT (person_id) DO UPDATE SET greeted = 1",
        # What was not chosen stays as Talkie does by itself.
        {"person": person, "coach": Choices().coach},
    )
