"""Promises: answers that say a video comes, while there is no job yet that knows of them."""

from dataclasses import asdict, fields

from storage.database import Body, Statement
from storage.records import Promise, Reply

_NAMES = tuple(field.name for field in fields(Reply))
_FLAGS = ("bot_is_present", "ephemeral", "offered")


def keep(promise: Promise, *, run: str, now: int) -> Body[None]:
    """Remember an answer before anything is done about it."""
    yield Statement(
        f"INSERT OR REPLACE INTO promise (interaction_id, run, made_at, {', '.join(_NAMES)})"  # noqa: S608 names of our own fields
        f" VALUES (:interaction_id, :run, :now, {', '.join(':' + name for name in _NAMES)})",
        {
            "interaction_id": promise.interaction_id,
            "run": run,
            "now": now,
            **asdict(promise.reply),
        },
    )


def forget(interaction_id: int) -> Body[None]:
    """The member knows what became of it."""
    yield Statement(
        "DELETE FROM promise WHERE interaction_id = :interaction_id",
        {"interaction_id": interaction_id},
    )


def forget_settled(*, before: int) -> Body[None]:
    """Forget those that a job has taken over, and whatever was made before that time."""
    yield Statement(
        "DELETE FROM promise WHERE made_at < :before OR EXISTS ("
        " SELECT 1 FROM job WHERE job.interaction_id = promise.interaction_id)",
        {"before": before},
    )


def broken(*, run: str) -> Body[list[Promise]]:
    """What earlier runs promised and never turned into a job, the oldest first."""
    rows = yield Statement(
        f"SELECT interaction_id, {', '.join(_NAMES)} FROM promise WHERE run <> :run"  # noqa: S608 names of our own fields
        " AND NOT EXISTS (SELECT 1 FROM job WHERE job.interaction_id = promise.interaction_id)"
        " ORDER BY made_at, interaction_id",
        {"run": run},
    )
    found = []
    for row in rows:
        values = {name: row[name] for name in _NAMES}
        reply = Reply(**{**values, **{name: bool(values[name]) for name in _FLAGS}})
        found.append(Promise(interaction_id=row["interaction_id"], reply=reply))
    return found
