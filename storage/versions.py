"""Versions: what members wrote where other words were sent, and the rewritings they asked for."""

from storage import columns
from storage.belongings import Author, Rewriting, RewritingState, Version
from storage.database import Body, Row, Statement
from storage.records import JobId, PersonId

_COLUMNS = columns.listed(Rewriting)


def keep(job: JobId, version: Version) -> Body[None]:
    """Note what a member wrote for a job that is sent with other words."""
    yield Statement(
        "INSERT INTO version (job_id, own, author, added, price_micro)"
        " VALUES (:job, :own, :author, :added, :price)",
        {
            "job": job,
            "own": version.own,
            "author": version.author,
            "added": " ".join(version.added),
            "price": version.price_micro,
        },
    )


def of_job(job: JobId) -> Body[Version | None]:
    """What a member wrote; None for the many jobs that were sent with just that."""
    rows = yield Statement(
        "SELECT own, author, added, price_micro FROM version WHERE job_id = :job", {"job": job}
    )
    if not rows:
        return None
    return Version(
        own=rows[0]["own"],
        author=Author(rows[0]["author"]),
        added=tuple(rows[0]["added"].split()),
        price_micro=rows[0]["price_micro"],
    )


def erase(job: JobId) -> Body[None]:
    """Forget what was written for a job; what its rewriting cost stays."""
    yield Statement("UPDATE version SET own = '' WHERE job_id = :job", {"job": job})


def intend(  # noqa: PLR0913 all that a request is about
    person: PersonId,
    *,
    draft: int,
    words: str,
    engine: str,
    model: str,
    price_micro: int,
    now: int,
) -> Body[int]:
    """Write down that a rewriting will be asked for; answers the row's number."""
    rows = yield Statement(
        "INSERT INTO rewriting (person_id, draft, engine, model, words, state, price_micro,"
        " intent_at) VALUES (:person, :draft, :engine, :model, :words, 'intended', :price, :now)"
        " RETURNING id",
        {
            "person": person,
            "draft": draft,
            "engine": engine,
            "model": model,
            "words": words,
            "price": price_micro,
            "now": now,
        },
    )
    number: int = rows[0]["id"]
    return number


def end(number: int, state: RewritingState, *, now: int, answer: str | None = None) -> Body[None]:
    """How a rewriting ended; one that has ended stays as it is.

    An answer is kept only as long as the draft that it is for.
    """
    yield Statement(
        "UPDATE rewriting SET state = :state, ended_at = :now,"
        " answer = CASE WHEN EXISTS (SELECT 1 FROM draft WHERE id = rewriting.draft)"
        " THEN :answer END WHERE id = :number AND state = 'intended'",
        {"number": number, "state": state, "answer": answer, "now": now},
    )


def latest(draft: int, words: str) -> Body[Rewriting | None]:
    """The last time these words of a draft were to be rewritten, if it was not refused."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM rewriting WHERE draft = :draft AND words = :words"  # noqa: S608 names of our own fields
        " AND state <> 'refused' ORDER BY id DESC LIMIT 1",
        {"draft": draft, "words": words},
    )
    return _rewriting(rows[0]) if rows else None


def asked(person: PersonId, since: int) -> Body[int]:
    """How many rewritings somebody has had since a time, or may have had."""
    rows = yield Statement(
        "SELECT count(*) AS asked FROM rewriting WHERE person_id = :person"
        " AND intent_at >= :since AND state <> 'refused'",
        {"person": person, "since": since},
    )
    count: int = rows[0]["asked"]
    return count


def unsay(draft: int) -> Body[None]:
    """Forget the words of a draft that has gone, and their answers; what they cost stays."""
    yield Statement(
        "UPDATE rewriting SET words = '', answer = NULL WHERE draft = :draft", {"draft": draft}
    )


def unsay_orphans() -> Body[None]:
    """Forget the words of all drafts that have gone."""
    yield Statement(
        "UPDATE rewriting SET words = '', answer = NULL WHERE words <> ''"
        " AND NOT EXISTS (SELECT 1 FROM draft WHERE id = rewriting.draft)"
    )


def sweep(before: int) -> Body[None]:
    """Forget rewritings that began before a time."""
    yield Statement("DELETE FROM rewriting WHERE intent_at < :before", {"before": before})


def _rewriting(row: Row) -> Rewriting:
    values = columns.values(Rewriting, row)
    return Rewriting(**{**values, "state": RewritingState(values["state"])})
