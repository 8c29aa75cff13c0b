"""Provider calls: a row before each paid request, so that a lost answer is never asked twice."""

from dataclasses import dataclass, fields

from storage.database import Body, Row, Statement
from storage.records import Call, CallId, CallState, Job, JobId

_COLUMNS = ", ".join(field.name for field in fields(Call))


@dataclass(frozen=True, slots=True)
class Move:
    """One guarded change of state; the table of legal moves is the domain's."""

    source: CallState
    target: CallState


START = Move(CallState.INTENDED, CallState.STARTED)
DOUBT = Move(CallState.INTENDED, CallState.DOUBT)
NOT_STARTED = Move(CallState.INTENDED, CallState.NOT_STARTED)
RENDER = Move(CallState.STARTED, CallState.RENDERED)
FINISH = Move(CallState.RENDERED, CallState.DONE)
FAIL_INTENDED = Move(CallState.INTENDED, CallState.FAILED)
FAIL_DOUBT = Move(CallState.DOUBT, CallState.FAILED)
FAIL_STARTED = Move(CallState.STARTED, CallState.FAILED)
FAIL_RENDERED = Move(CallState.RENDERED, CallState.FAILED)
MOVES = (
    START,
    DOUBT,
    NOT_STARTED,
    RENDER,
    FINISH,
    FAIL_INTENDED,
    FAIL_DOUBT,
    FAIL_STARTED,
    FAIL_RENDERED,
)
_FAILS = {move.source: move for move in (FAIL_INTENDED, FAIL_DOUBT, FAIL_STARTED, FAIL_RENDERED)}


def intend(job: Job, *, now: int) -> Body[Call | None]:
    """Write down that a request will be made; None if the job is no longer ours."""
    rows = yield Statement(
        "INSERT INTO call (job_id, stage, attempt, engine, model, state, fence, price_micro,"  # noqa: S608 names of our own fields
        " intent_at) SELECT id, 'render', 1 + (SELECT count(*) FROM call WHERE job_id = :job),"
        " engine, model, 'intended', fence, price_micro, :now FROM job"
        f" WHERE id = :job AND state = 'active' AND fence = :fence RETURNING {_COLUMNS}",
        {"job": job.id, "fence": job.fence, "now": now},
    )
    return _call(rows[0]) if rows else None


def started(call: Call, *, handle: str, now: int) -> Body[Call | None]:
    """Store the handle the engine answered with."""
    return (yield from _move(call, START, {"handle": handle, "started_at": now}))


def in_doubt(call: Call, *, detail: str) -> Body[Call | None]:
    """The answer was lost: the engine may or may not be rendering."""
    return (yield from _move(call, DOUBT, {"detail": detail}))


def not_started(call: Call, *, detail: str, now: int) -> Body[Call | None]:
    """Nothing was started and nothing will be charged."""
    return (yield from _move(call, NOT_STARTED, {"detail": detail, "ended_at": now}))


def rendered(call: Call, *, charged_micro: int | None) -> Body[Call | None]:
    """The engine says that the clip is ready to fetch."""
    return (yield from _move(call, RENDER, {"charged_micro": charged_micro}))


def finished(call: Call, *, now: int) -> Body[Call | None]:
    """The clip is on Talkie's own disk and was found good."""
    return (yield from _move(call, FINISH, {"ended_at": now}))


def failed(call: Call, *, detail: str, now: int) -> Body[Call | None]:
    """Nothing comes of this call."""
    return (yield from _move(call, _FAILS[call.state], {"detail": detail, "ended_at": now}))


def latest(job: JobId) -> Body[Call | None]:
    """The newest call of a job."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM call WHERE job_id = :job ORDER BY attempt DESC LIMIT 1",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return _call(rows[0]) if rows else None


def _move(call: Call, move: Move, values: dict[str, int | str | None]) -> Body[Call | None]:
    sets = ", ".join(f"{name} = :{name}" for name in values)
    rows = yield Statement(
        f"UPDATE call SET state = :target, {sets} WHERE id = :call AND state = :source"  # noqa: S608 names of our own fields
        f" AND fence = :fence RETURNING {_COLUMNS}",
        {
            "source": move.source,
            "target": move.target,
            "call": call.id,
            "fence": call.fence,
            **values,
        },
    )
    return _call(rows[0]) if rows else None


def _call(row: Row) -> Call:
    values = {name: row[name] for name in (field.name for field in fields(Call))}
    return Call(**{**values, "id": CallId(values["id"]), "state": CallState(values["state"])})
