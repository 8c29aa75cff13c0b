"""What bounds new jobs: how many wait, what a server has open, what was spent today."""

from storage.database import Body, Statement
from storage.records import PersonId


def waiting_of(person: PersonId) -> Body[int]:
    """How many jobs of a person wait to start, put-off ones included."""
    rows = yield Statement(
        "SELECT queued + (SELECT count(*) FROM job WHERE person_id = :person"
        " AND state = 'waiting') AS waiting FROM lane WHERE person_id = :person",
        {"person": person},
    )
    waiting: int = rows[0]["waiting"]
    return waiting


def open_in_guild(guild_id: int) -> Body[int]:
    """How many jobs of a server have not ended."""
    rows = yield Statement(
        "SELECT count(*) AS open FROM job WHERE guild_id = :guild AND state IN"
        " ('queued', 'waiting', 'active')",
        {"guild": guild_id},
    )
    count: int = rows[0]["open"]
    return count


def last_accepted(person: PersonId) -> Body[int | None]:
    """When a person's latest job was accepted (milliseconds)."""
    rows = yield Statement(
        "SELECT created_at FROM job WHERE person_id = :person ORDER BY id DESC LIMIT 1",
        {"person": person},
    )
    return rows[0]["created_at"] if rows else None


def promised_micro(*, engine: str, since: int) -> Body[int]:
    """What an engine cost since a time: calls that were made, open jobs to come, rewritings.

    A request whose answer was lost counts as paid.
    """
    rows = yield Statement(
        "SELECT (SELECT coalesce(sum(coalesce(charged_micro, price_micro)), 0) FROM call"
        " WHERE engine = :engine AND intent_at >= :since AND state <> 'not_started')"
        " + (SELECT coalesce(sum(price_micro), 0) FROM job j WHERE engine = :engine"
        " AND state IN ('queued', 'waiting', 'active') AND NOT EXISTS ("
        " SELECT 1 FROM call c WHERE c.job_id = j.id AND c.stage = 'render'"
        " AND c.state <> 'not_started'))"
        " + (SELECT coalesce(sum(s.price_micro), 0) FROM speech s JOIN job j ON j.id = s.job_id"
        " WHERE engine = :engine AND j.state IN ('queued', 'waiting', 'active')"
        " AND NOT EXISTS (SELECT 1 FROM call c WHERE c.job_id = j.id AND c.stage = 'speech'"
        " AND c.state <> 'not_started'))"
        " + (SELECT coalesce(sum(price_micro), 0) FROM rewriting WHERE engine = :engine"
        " AND intent_at >= :since AND state <> 'refused') AS micro",
        {"engine": engine, "since": since},
    )
    micro: int = rows[0]["micro"]
    return micro
