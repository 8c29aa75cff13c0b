"""Drafts: wishes that wait for a member's answer before they become jobs."""

from storage import versions
from storage.database import Body, Statement
from storage.records import PersonId


def keep(person: PersonId, *, wish: str, now: int) -> Body[int]:
    """Store a wish (JSON); answers the draft's number."""
    rows = yield Statement(
        "INSERT INTO draft (person_id, wish, created_at) VALUES (:person, :wish, :now)"
        " RETURNING id",
        {"person": person, "wish": wish, "now": now},
    )
    draft: int = rows[0]["id"]
    return draft


def get(draft: int) -> Body[tuple[PersonId, str] | None]:
    """Whose draft it is, and the wish (JSON)."""
    rows = yield Statement("SELECT person_id, wish FROM draft WHERE id = :draft", {"draft": draft})
    return (PersonId(rows[0]["person_id"]), rows[0]["wish"]) if rows else None


def change(draft: int, *, wish: str) -> Body[None]:
    """Put another wish (JSON) in its place."""
    yield Statement(
        "UPDATE draft SET wish = :wish WHERE id = :draft", {"draft": draft, "wish": wish}
    )


def use(draft: int) -> Body[bool]:
    """Take a draft away with the words that were rewritten for it; False if it was used already."""
    rows = yield Statement("DELETE FROM draft WHERE id = :draft RETURNING id", {"draft": draft})
    yield from versions.unsay(draft)
    return bool(rows)


def sweep(before: int) -> Body[None]:
    """Forget drafts that nobody answered, and the words that were rewritten for them."""
    yield Statement("DELETE FROM draft WHERE created_at < :before", {"before": before})
    yield from versions.unsay_orphans()
