"""Promises: answers that say a video comes, while there is no job yet that knows of them."""

from dataclasses import asdict

from storage import columns, replies
from storage.database import Body, Statement
from storage.records import Promise, Reply

_NAMES = columns.names(Reply)
_KEPT = ("draft", *_NAMES)


def keep(promise: Promise, *, run: str, now: int) -> Body[None]:
    """Remember an answer before anything is done about it."""
    yield Statement(
        f"INSERT OR REPLACE INTO promise (interaction_id, run, made_at, {', '.join(_KEPT)})"  # noqa: S608 names of our own fields
        f" VALUES (:interaction_id, :run, :now, {', '.join(':' + name for name in _KEPT)})",
        {
            "interaction_id": promise.interaction_id,
            "run": run,
            "now": now,
            "draft": promise.draft,
            **asdict(promise.reply),
        },
    )


def show(interaction_id: int, draft: int) -> Body[None]:
    """The answer is about to show a draft."""
    yield Statement(
        "UPDATE promise SET draft = :draft WHERE interaction_id = :interaction_id",
        {"draft": draft, "interaction_id": interaction_id},
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
        f"SELECT interaction_id, promise.draft, discord_id, {', '.join(_NAMES)} FROM promise"  # noqa: S608 names of our own fields
        " LEFT JOIN draft ON draft.id = promise.draft"
        " LEFT JOIN person ON person.id = draft.person_id WHERE run <> :run"
        " AND NOT EXISTS (SELECT 1 FROM job WHERE job.interaction_id = promise.interaction_id)"
        " ORDER BY made_at, interaction_id",
        {"run": run},
    )
    found = []
    for row in rows:
        found.append(
            Promise(
                interaction_id=row["interaction_id"],
                reply=replies.of_row(row),
                draft=row["draft"],
                drafter=row["discord_id"],
            )
        )
    return found
