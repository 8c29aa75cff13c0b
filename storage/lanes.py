"""Lanes and the gate: who is served next, and how much may happen at once.

One row a member says how many jobs wait and run, so that a claim never looks through the jobs.
"""

from storage.database import Body, Statement
from storage.records import PersonId

_NO_CAP = 2**53


def line_up(
    person: PersonId, frames: int, *, jobs_cap: int = _NO_CAP, frames_cap: int = _NO_CAP
) -> Body[bool]:
    """Count a job that waits in its member's lane; False if that would pass a cap."""
    rows = yield Statement(
        "UPDATE lane SET queued = queued + 1, queued_frames = queued_frames + :frames"
        " WHERE person_id = :person AND queued < :jobs_cap"
        " AND queued_frames + :frames <= :frames_cap RETURNING queued",
        {"person": person, "frames": frames, "jobs_cap": jobs_cap, "frames_cap": frames_cap},
    )
    return bool(rows)


def leave_queue(person: PersonId, frames: int) -> Body[None]:
    """Take a job that waits out of its member's lane."""
    yield Statement(
        "UPDATE lane SET queued = queued - 1, queued_frames = queued_frames - :frames"
        " WHERE person_id = :person",
        {"person": person, "frames": frames},
    )


def next_ready() -> Body[PersonId | None]:
    """The member who was served longest ago, of those who have a job that may start."""
    rows = yield Statement(
        # The words of the partial index are repeated, or SQLite would not use it.
        "SELECT person_id FROM lane WHERE queued > 0 AND running < running_cap"
        " ORDER BY turn, person_id LIMIT 1"
    )
    return PersonId(rows[0]["person_id"]) if rows else None


def pass_gate() -> Body[int | None]:
    """Take one of the places of the whole house; the turn's number, or None if it is full."""
    rows = yield Statement(
        "UPDATE gate SET running = running + 1, served = served + 1"
        " WHERE id = 1 AND running < running_cap RETURNING served"
    )
    return rows[0]["served"] if rows else None


def enter(person: PersonId, frames: int, *, turn: int) -> Body[None]:
    """Move a job from waiting to running in its member's lane, which goes to the back."""
    yield Statement(
        "UPDATE lane SET queued = queued - 1, queued_frames = queued_frames - :frames,"
        " running = running + 1, turn = :turn WHERE person_id = :person",
        {"person": person, "frames": frames, "turn": turn},
    )


def leave(person: PersonId) -> Body[None]:
    """Take a running job out of its member's lane and out of the house."""
    yield Statement(
        "UPDATE lane SET running = running - 1 WHERE person_id = :person", {"person": person}
    )
    yield Statement("UPDATE gate SET running = running - 1 WHERE id = 1")


def set_caps(*, running: int, lane: int) -> Body[None]:
    """Apply the settings: jobs at once in all, and for each member."""
    yield Statement(
        "UPDATE gate SET running_cap = :running, lane_cap = :lane",
        {"running": running, "lane": lane},
    )
    yield Statement("UPDATE lane SET running_cap = :lane", {"lane": lane})
