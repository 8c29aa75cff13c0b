"""Who stands before whom: the videos in the making and the members' lines, as they are now."""

from dataclasses import dataclass

from storage.database import Body, Statement
from storage.records import Job, Mode

MOST_LANES = 500
"""Further members are served too late to matter for anybody's outlook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A video in the making; `started_at` is when its call began, if it has."""

    person: int
    engine: str
    mode: Mode
    frames: int
    started_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A member's jobs that wait."""

    person: int
    queued: int
    cap: int
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asked for one of the latest videos, and when."""

    line: Line
    at: int


def running() -> Body[list[Running]]:
    """Every video in the making."""
    rows = yield Statement(
        "SELECT j.person_id AS person, j.engine, j.mode, j.frames, c.started_at FROM job j"
        " LEFT JOIN call c ON c.job_id = j.id AND c.stage = 'render'"
        " AND c.state IN ('started', 'rendered')"
        " WHERE j.state = 'active'"
    )
    return [Running(**{**dict(row), "mode": Mode(row["mode"])}) for row in rows]


def lines(job: Job) -> Body[list[Line]]:
    """The lines that have somebody waiting, the job's own among them if it has."""
    rows = yield Statement(
        "SELECT person_id AS person, queued, running_cap AS cap, turn FROM lane WHERE queued > 0"
        " ORDER BY person_id = :person DESC, turn LIMIT :most",
        {"person": job.person_id, "most": MOST_LANES},
    )
    return [Line(**dict(row)) for row in rows]


def asked(limit: int) -> Body[list[Asked]]:
    """The latest jobs with the lines of their members, newest first."""
    rows = yield Statement(
        "SELECT j.created_at AS at, l.person_id AS person, l.queued, l.running_cap AS cap, l.turn"
        " FROM job j JOIN lane l ON l.person_id = j.person_id ORDER BY j.id DESC LIMIT :limit",
        {"limit": limit},
    )
    return [
        Asked(
            at=row["at"],
            line=Line(person=row["person"], queued=row["queued"], cap=row["cap"], turn=row["turn"]),
        )
        for row in rows
    ]


def place(job: Job) -> Body[int]:
    """How many jobs of the same member wait before this one."""
    rows = yield Statement(
        "SELECT count(*) AS place FROM job WHERE person_id = :person AND state = 'queued'"
        " AND id < :job",
        {"person": job.person_id, "job": job.id},
    )
    number: int = rows[0]["place"]
    return number


def cap() -> Body[int]:
    """How many videos may be in the making at once."""
    rows = yield Statement("SELECT running_cap AS cap FROM gate WHERE id = 1")
    number: int = rows[0]["cap"]
    return number
