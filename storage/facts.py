"""Small facts about this installation that must survive a restart."""

from storage.database import Body, Statement


def get(name: str) -> Body[str | None]:
    """The stored value of a fact."""
    rows = yield Statement("SELECT value FROM fact WHERE name = :name", {"name": name})
    return rows[0]["value"] if rows else None


def put(name: str, value: str) -> Body[None]:
    """Store a fact."""
    yield Statement(
        "INSERT INTO fact (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )
