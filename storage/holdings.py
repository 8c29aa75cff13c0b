"""Holdings: how many rows stand for a person, counted where they lie."""

from storage.belongings import Holdings
from storage.database import Body, Statement
from storage.records import PersonId


def of(person: PersonId) -> Body[Holdings]:
    """What is kept of a person; what was deleted does not count."""
    rows = yield Statement(
        "SELECT"
        " (SELECT count(*) FROM video v JOIN job j ON j.id = v.job_id"
        "   WHERE j.person_id = :person) AS videos,"
        " (SELECT count(*) FROM job WHERE person_id = :person AND prompt <> '') AS prompts,"
        " (SELECT count(*) FROM speech s JOIN job j ON j.id = s.job_id"
        "   WHERE j.person_id = :person) AS lines,"
        " (SELECT count(*) FROM version v JOIN job j ON j.id = v.job_id"
        "   WHERE j.person_id = :person AND v.own <> '') AS versions,"
        " (SELECT count(*) FROM rewriting"
        "   WHERE person_id = :person AND words <> '') AS rewritings,"
        " (SELECT count(*) FROM input i JOIN job j ON j.id = i.job_id"
        "   WHERE j.person_id = :person AND i.role IN ('first_image', 'last_image')) AS pictures,"
        # A sound is kept in three forms, all of them or none.
        " (SELECT count(*) FROM input i JOIN job j ON j.id = i.job_id"
        "   WHERE j.person_id = :person AND i.role = 'drive_wav') AS sounds,"
        " (SELECT count(*) FROM draft WHERE person_id = :person) AS drafts,"
        " (SELECT count(*) FROM portrait WHERE person_id = :person) AS portraits,"
        " (SELECT count(*) FROM share WHERE person_id = :person) AS shares,"
        " (SELECT count(*) FROM vote WHERE person_id = :person) AS votes,"
        " (SELECT count(*) FROM complaint WHERE person_id = :person) AS reports,"
        " (SELECT count(*) FROM preference WHERE person_id = :person) AS settings,"
        " (SELECT count(DISTINCT ref) FROM entry WHERE person_id = :person) AS receipts",
        {"person": person},
    )
    return Holdings(**dict(rows[0]))
