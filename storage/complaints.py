"""Complaints: who thinks that a video should not be shown, and what moderators made of it."""

from storage import columns
from storage.database import Body, Row, Statement
from storage.exhibits import Complaint, ComplaintId, ComplaintState, Ground, NewComplaint
from storage.records import JobId, PersonId

_COMPLAINT = columns.listed(Complaint)


def add(new: NewComplaint) -> Body[ComplaintId | None]:
    """Keep a report; None if this person's last one about the video is still open."""
    rows = yield columns.insert(
        "complaint",
        new,
        {"state": ComplaintState.OPEN},
        end=" ON CONFLICT DO NOTHING RETURNING id",
    )
    return ComplaintId(rows[0]["id"]) if rows else None


def get(complaint: ComplaintId) -> Body[Complaint | None]:
    """A report; None once it was forgotten with its video."""
    rows = yield Statement(
        f"SELECT {_COMPLAINT} FROM complaint WHERE id = :complaint",  # noqa: S608 names of our own fields
        {"complaint": complaint},
    )
    return _complaint(rows[0]) if rows else None


def of_number(number: int) -> Body[Complaint | None]:
    """The complaint that an errand is about."""
    return (yield from get(ComplaintId(number)))


def of_job(job: JobId) -> Body[list[Complaint]]:
    """Everything that was said against a video."""
    rows = yield Statement(
        f"SELECT {_COMPLAINT} FROM complaint WHERE job_id = :job ORDER BY id",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return [_complaint(row) for row in rows]


def made_since(person: PersonId, since: int) -> Body[int]:
    """How many reports a person made since a time."""
    rows = yield Statement(
        "SELECT count(*) AS made FROM complaint WHERE person_id = :person AND created_at > :since",
        {"person": person, "since": since},
    )
    return int(rows[0]["made"])


def heard_since(job: JobId, since: int) -> Body[int]:
    """How often a video was reported since a time."""
    rows = yield Statement(
        "SELECT count(*) AS heard FROM complaint WHERE job_id = :job AND created_at > :since",
        {"job": job, "since": since},
    )
    return int(rows[0]["heard"])


def told(complaint: ComplaintId, *, channel_id: int, message_id: int) -> Body[bool]:
    """Where the moderators read of it; False if the complaint is gone."""
    rows = yield Statement(
        "UPDATE complaint SET channel_id = :channel, message_id = :message"
        " WHERE id = :complaint RETURNING id",
        {"complaint": complaint, "channel": channel_id, "message": message_id},
    )
    return bool(rows)


def dismiss(complaint: ComplaintId, *, by: PersonId, now: int) -> Body[None]:
    """Decide an open complaint: the video stays as it is."""
    yield Statement(
        "UPDATE complaint SET state = 'dismissed', closed_by = :by, closed_at = :now"
        " WHERE id = :complaint AND state = 'open'",
        {"complaint": complaint, "by": by, "now": now},
    )


def uphold(judged: Complaint, *, by: PersonId, now: int) -> Body[None]:
    """Decide whatever is open of a video, and what was judged, even anew: it is hidden."""
    yield Statement(
        "UPDATE complaint SET state = 'hidden', closed_by = :by, closed_at = :now"
        " WHERE job_id = :job AND (state = 'open' OR id = :judged)",
        {"job": judged.job_id, "judged": judged.id, "by": by, "now": now},
    )


def overrule(job: JobId, *, by: PersonId, now: int) -> Body[None]:
    """Decide all that hid a video, and what is open of it, anew: it may be seen."""
    yield Statement(
        "UPDATE complaint SET state = 'dismissed', closed_by = :by, closed_at = :now"
        " WHERE job_id = :job AND state IN ('open', 'hidden')",
        {"job": job, "by": by, "now": now},
    )


def forget_words(before: int) -> Body[None]:
    """Keep of what was decided before a time that it was, and not what was said."""
    yield Statement(
        "UPDATE complaint SET words = '' WHERE closed_at < :before AND words <> ''",
        {"before": before},
    )


def forget(job: JobId) -> Body[None]:
    """Forget what was said against a video that is gone."""
    yield Statement("DELETE FROM complaint WHERE job_id = :job", {"job": job})


def _complaint(row: Row) -> Complaint:
    values = columns.values(Complaint, row)
    typed = {"reason": Ground(values["reason"]), "state": ComplaintState(values["state"])}
    return Complaint(**{**values, **typed})
