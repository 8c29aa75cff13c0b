"""History: what became of a person's jobs, what was made of them, and how they are erased."""

from storage import speeches, versions
from storage.database import Body, Statement
from storage.records import JobId, PersonId


def made_from(source: JobId, person: PersonId, *, since: int) -> Body[list[JobId]]:
    """The jobs a person made from another one since a time and did not call off, newest first."""
    rows = yield Statement(
        "SELECT id FROM job WHERE made_from = :source AND person_id = :person"
        " AND created_at > :since AND state <> 'cancelled' ORDER BY id DESC",
        {"source": source, "person": person, "since": since},
    )
    return [JobId(row["id"]) for row in rows]


def prompts(person: PersonId, looked_at: int) -> Body[list[tuple[JobId, str]]]:
    """The prompts of a person's last jobs, newest first, with the job each was used for."""
    rows = yield Statement(
        "SELECT id, prompt FROM job WHERE person_id = :person ORDER BY id DESC LIMIT :most",
        {"person": person, "most": looked_at},
    )
    return [(JobId(row["id"]), row["prompt"]) for row in rows]


def erase(job: JobId, *, now: int) -> Body[bool]:
    """Take an ended job away: its prompt and the names of its inputs go, its receipt stays."""
    rows = yield Statement(
        "SELECT id FROM job WHERE id = :job AND deleted_at IS NULL"
        " AND state IN ('done', 'failed', 'cancelled')",
        {"job": job},
    )
    if rows:
        yield Statement(
            "UPDATE job SET deleted_at = :now, prompt = '' WHERE id = :job",
            {"job": job, "now": now},
        )
        yield Statement("DELETE FROM input WHERE job_id = :job", {"job": job})
        yield from speeches.erase(job)
        yield from versions.erase(job)
    return bool(rows)
