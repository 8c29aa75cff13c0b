"""Portraits: the pictures that members keep to let them speak."""

from storage import columns
from storage.belongings import Portrait, PortraitId
from storage.database import Body, Row, Statement
from storage.records import PersonId

_COLUMNS = columns.listed(Portrait)


def of_person(person: PersonId) -> Body[list[Portrait]]:
    """A person's portraits in the order they came."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM portrait WHERE person_id = :person ORDER BY id",  # noqa: S608 names of our own fields
        {"person": person},
    )
    return [_portrait(row) for row in rows]


def get(portrait: PortraitId, person: PersonId) -> Body[Portrait | None]:
    """One of a person's own portraits."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM portrait WHERE id = :portrait AND person_id = :person",  # noqa: S608 names of our own fields
        {"portrait": portrait, "person": person},
    )
    return _portrait(rows[0]) if rows else None


def named(folded: str, person: PersonId) -> Body[Portrait | None]:
    """A person's portrait of this case-folded name."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM portrait WHERE folded = :folded AND person_id = :person",  # noqa: S608 names of our own fields
        {"folded": folded, "person": person},
    )
    return _portrait(rows[0]) if rows else None


def keep(portrait: Portrait, folded: str) -> Body[PortraitId]:
    """Store a new portrait; its id is given by the database."""
    rows = yield columns.insert(
        "portrait", portrait, {"folded": folded}, without={"id"}, end=" RETURNING id"
    )
    return PortraitId(rows[0]["id"])


def change(portrait: Portrait, folded: str) -> Body[None]:
    """Store a portrait as it is now; which one is the default is not changed."""
    names = ("name", "file", "width", "height", "anchor")
    yield Statement(
        f"UPDATE portrait SET folded = :folded, {', '.join(f'{name} = :{name}' for name in names)}"  # noqa: S608 names of our own fields
        " WHERE id = :id",
        {
            "folded": folded,
            "id": portrait.id,
            **{name: getattr(portrait, name) for name in names},
        },
    )


def make_default(portrait: PortraitId, person: PersonId) -> Body[None]:
    """Let this one be a person's default, and no other."""
    # Two statements: the unique index is checked row by row.
    yield Statement(
        "UPDATE portrait SET is_default = 0 WHERE person_id = :person AND is_default = 1",
        {"person": person},
    )
    yield Statement(
        "UPDATE portrait SET is_default = 1 WHERE id = :portrait AND person_id = :person",
        {"portrait": portrait, "person": person},
    )


def remove(portrait: PortraitId) -> Body[None]:
    """Forget a portrait."""
    yield Statement("DELETE FROM portrait WHERE id = :portrait", {"portrait": portrait})


def _portrait(row: Row) -> Portrait:
    values = columns.values(Portrait, row)
    return Portrait(**{**values, "is_default": bool(values["is_default"])})
