"""How a job's run can end before it has a video; each end says what becomes of the row."""

from typing import TypeVar

from bot.errors import Code
from storage.database import Body, Store

T = TypeVar("T")


class Superseded(Exception):
    """Another worker owns the job now: nothing more may be written."""


class Interrupted(Exception):
    """Talkie is stopping: the job stays as it is stored and goes on at the next start."""


class PutOff(Exception):
    """The job waits and is tried again.

    `counts` says that this was one of its attempts, of which it has so many: whatever keeps all
    jobs waiting is none, however long it lasts.
    """

    def __init__(self, reason: Code, detail: str, *, after_s: float, counts: bool = True) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.after_s = after_s
        self.counts = counts


class GivenUp(Exception):
    """The job fails: credits go back and the member is told."""

    def __init__(self, reason: Code, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


async def owned(store: Store, body: Body[T | None]) -> T:
    """What a write made of a row of one's own; raises Superseded if that moved on meanwhile."""
    row = await store.write(body)
    if row is None:
        raise Superseded
    return row
