"""The windows in which a kill could lose, double or wrongly charge a job."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from tests.torture.rows import Standing

OVER = frozenset({"done", "failed", "cancelled"})


class Window(StrEnum):
    """Between which two things a job stands."""

    INTENT_POST = "intent-POST"
    POST_HANDLE = "POST-handle"
    HANDLE_LOOK = "handle-look"
    DONE_FETCH = "done-fetch"
    FETCH_SETTLE = "fetch-settle"
    SETTLE_DELIVERY = "settle-delivery"
    SEND_RECORD = "send-record"
    CANCEL_RACE = "cancel race"


@dataclass(slots=True, kw_only=True)
class Seen:
    """What the stand-ins saw of each job, by its prompt; the last three since the last start."""

    accepted: Collection[str] = ()
    ready: Collection[str] = ()
    shown: Collection[str] = ()
    """Jobs whose ending stands in a message."""
    told_done: set[str] = field(default_factory=set)
    fetched: set[str] = field(default_factory=set)
    discarded: set[str] = field(default_factory=set)
    """Jobs whose member pressed the button that throws them away."""


def window_of(job: Standing, seen: Seen) -> Window | None:
    """Where a job stood when the bot died, by its rows and by what had reached the outside."""
    if job.state in OVER and job.delivery != "owed":
        return None
    if job.prompt in seen.discarded and job.prompt in seen.ready:
        return Window.CANCEL_RACE
    if job.state in OVER:
        return Window.SEND_RECORD if job.prompt in seen.shown else Window.SETTLE_DELIVERY
    return _under_way(job, seen) if job.state == "active" else None


def _under_way(job: Standing, seen: Seen) -> Window | None:
    if job.call == "intended":
        return Window.POST_HANDLE if job.prompt in seen.accepted else Window.INTENT_POST
    if job.call == "started":
        return Window.DONE_FETCH if job.prompt in seen.told_done else Window.HANDLE_LOOK
    if job.call == "rendered":
        return Window.FETCH_SETTLE if job.prompt in seen.fetched else Window.DONE_FETCH
    return None
