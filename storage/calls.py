"""Provider calls: a row before each paid request, so that a lost answer is never asked twice."""

from storage import columns
from storage.database import Body, Row, Statement
from storage.moves import Move
from storage.records import Call, CallId, CallState, Job, JobId, Speech, Stage

_COLUMNS = columns.listed(Call)

SENT_AGAIN = "in doubt, sent again"
LONGEST_MS = 2 * 86_400_000
"""No call goes on for so long; older ones need not be looked through."""


START = Move(CallState.INTENDED, CallState.STARTED)
DOUBT = Move(CallState.INTENDED, CallState.DOUBT)
FOUND = Move(CallState.DOUBT, CallState.STARTED)
"""What was in doubt is never started again: it is found out about, or given up."""
NOT_STARTED = Move(CallState.INTENDED, CallState.NOT_STARTED)
RENDER = Move(CallState.STARTED, CallState.RENDERED)
FINISH = Move(CallState.RENDERED, CallState.DONE)
FAIL_INTENDED = Move(CallState.INTENDED, CallState.FAILED)
FAIL_DOUBT = Move(CallState.DOUBT, CallState.FAILED)
FAIL_STARTED = Move(CallState.STARTED, CallState.FAILED)
FAIL_RENDERED = Move(CallState.RENDERED, CallState.FAILED)

_FAILS = {move.source: move for move in (FAIL_INTENDED, FAIL_DOUBT, FAIL_STARTED, FAIL_RENDERED)}


def intend(
    job: Job,
    *,
    hook: str,
    hook_secret: str,
    balance_before: int | None,
    now: int,
    speech: Speech | None = None,
) -> Body[Call | None]:
    """Write down that a request will be made: for the video, or for the line it is to speak.

    None if the job is no longer ours.
    """
    rows = yield Statement(
        "INSERT INTO call (job_id, stage, attempt, engine, model, state, fence, price_micro,"  # noqa: S608 names of our own fields
        " hook, hook_secret, balance_before, intent_at)"
        " SELECT id, :stage, 1 + (SELECT count(*) FROM call WHERE job_id = :job),"
        " engine, coalesce(:model, model), 'intended', fence, coalesce(:price, price_micro),"
        " :hook, :secret, :balance, :now FROM job"
        f" WHERE id = :job AND state = 'active' AND fence = :fence RETURNING {_COLUMNS}",
        {
            "job": job.id,
            "fence": job.fence,
            "stage": Stage.SPEECH if speech else Stage.RENDER,
            "model": speech.model if speech else None,
            "price": speech.price_micro if speech else None,
            "hook": hook,
            "secret": hook_secret,
            "balance": balance_before,
            "now": now,
        },
    )
    return _call(rows[0]) if rows else None


def started(call: Call, *, handle: str, now: int) -> Body[Call | None]:
    """Store the handle the engine answered with."""
    return (yield from _move(call, START, {"handle": handle, "started_at": now}))


def in_doubt(call: Call, *, detail: str) -> Body[Call | None]:
    """The answer was lost: the engine may or may not be rendering."""
    return (yield from _move(call, DOUBT, {"detail": detail}))


def found(call: Call, *, handle: str, now: int) -> Body[Call | None]:
    """A call in doubt was started after all: a signed report named its handle."""
    return (yield from _move(call, FOUND, {"handle": handle, "started_at": now}))


def hint(call: Call, *, handle: str) -> Body[None]:
    """Remember the handle a signed report named, in case the answer itself is lost."""
    yield Statement(
        "UPDATE call SET hinted = :handle WHERE id = :call", {"handle": handle, "call": call.id}
    )


def by_hook(hook: str) -> Body[Call | None]:
    """The call that a report's path belongs to."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM call WHERE hook = :hook",  # noqa: S608 names of our own fields
        {"hook": hook},
    )
    return _call(rows[0]) if rows else None


def by_handle(engine: str, handle: str) -> Body[Call | None]:
    """The call that an engine knows by this handle."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM call WHERE engine = :engine AND handle = :handle",  # noqa: S608 names of our own fields
        {"engine": engine, "handle": handle},
    )
    return _call(rows[0]) if rows else None


def heed(call: Call, *, delivery_id: str, event: str, now: int) -> Body[bool]:
    """Note a report; False if it was heeded before."""
    rows = yield Statement(
        "INSERT INTO report (delivery_id, call_id, event, at) VALUES (:delivery, :call, :event,"
        " :now) ON CONFLICT DO NOTHING RETURNING delivery_id",
        {"delivery": delivery_id, "call": call.id, "event": event, "now": now},
    )
    return bool(rows)


def others_under_way(call: Call) -> Body[bool]:
    """Whether another call on the same engine could have moved the account meanwhile."""
    rows = yield Statement(
        "SELECT 1 FROM call c JOIN job j ON j.id = c.job_id"
        " WHERE c.engine = :engine AND c.intent_at >= :longest AND c.id <> :call"
        " AND (c.ended_at >= :since"
        " OR j.state = 'active' AND c.state IN ('intended', 'started', 'doubt', 'rendered'))"
        " UNION ALL SELECT 1 FROM rewriting r WHERE r.engine = :engine"
        " AND (r.ended_at >= :since OR r.state = 'intended' AND r.intent_at >= :since - 300000)"
        " LIMIT 1",
        {
            "engine": call.engine,
            "call": call.id,
            "since": call.intent_at,
            "longest": call.intent_at - LONGEST_MS,
        },
    )
    return bool(rows)


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


def sent_again(call: Call, *, now: int) -> Body[Call | None]:
    """A call in doubt is given up and its job sent again, as the owner decided."""
    return (yield from _move(call, FAIL_DOUBT, {"detail": SENT_AGAIN, "ended_at": now}))


def resent(job: JobId) -> Body[int]:
    """How many of a job's requests were sent again although the first may have arrived."""
    rows = yield Statement(
        "SELECT count(*) AS calls FROM call WHERE job_id = :job AND detail = :detail",
        {"job": job, "detail": SENT_AGAIN},
    )
    calls: int = rows[0]["calls"]
    return calls


def latest(job: JobId) -> Body[Call | None]:
    """The newest call of a job."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM call WHERE job_id = :job ORDER BY attempt DESC LIMIT 1",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return _call(rows[0]) if rows else None


def tries(call: Call) -> Body[int]:
    """How many calls of this stage its job has made."""
    rows = yield Statement(
        "SELECT count(*) AS calls FROM call WHERE job_id = :job AND stage = :stage",
        {"job": call.job_id, "stage": call.stage},
    )
    made: int = rows[0]["calls"]
    return made


def _move(
    call: Call, move: Move[CallState], values: dict[str, int | str | None]
) -> Body[Call | None]:
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
    values = columns.values(Call, row)
    typed = {
        "id": CallId(values["id"]),
        "stage": Stage(values["stage"]),
        "state": CallState(values["state"]),
    }
    return Call(**{**values, **typed})
