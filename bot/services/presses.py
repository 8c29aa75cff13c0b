"""Presses: the job that an interaction or a button made already, so that it makes no second."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.request import Plan
from bot.domain.shapes import Shape, Size
from bot.errors import Code, UserError
from storage import history, jobs
from storage.database import Body
from storage.records import Job, JobId, PersonId

DEBOUNCE_MS = 5_000
"""The same button, pressed again within this time, is one press."""


@dataclass(slots=True, kw_only=True)
class _Press:
    at: int
    is_answered: bool = False


class Doorbell:
    """Hears one press within seconds, and one while it is answered; tells the others so at once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: dict[Hashable, _Press] = {}

    @contextmanager
    def once(self, key: Hashable) -> Iterator[None]:
        """Let the first press through; raises UserError. A press that fails was none."""
        now = self._clock.now_ms()
        self._heard = {
            old: press
            for old, press in self._heard.items()
            if not press.is_answered or now - press.at < DEBOUNCE_MS
        }
        if key in self._heard:
            raise UserError(Code.PRESSED_ALREADY)
        press = self._heard[key] = _Press(at=now)
        try:
            yield
        except BaseException:
            del self._heard[key]
            raise
        press.is_answered = True


def made_already(
    person: PersonId, plan: Plan, *, interaction: int | None, source: JobId | None, now: int
) -> Body[JobId | None]:
    """The job that this interaction made, or the last press of the same button just before.

    Rows decide, inside the transaction that would insert the next job: it holds over restarts
    and between processes, and of any number of presses at one moment exactly one is the first.
    """
    if interaction is not None:
        existing = yield from jobs.by_interaction(interaction)
        if existing is not None:
            return existing
    if source is not None:
        for made in (yield from history.made_from(source, person, since=now - DEBOUNCE_MS)):
            job = yield from jobs.get(made)
            # Each press draws a seed of its own; other words or another shape are another wish.
            if job is not None and replace(plan_of(job), seed=plan.seed) == plan:
                return made
    return None


def plan_of(job: Job) -> Plan:
    """The plan a job was made from."""
    return Plan(
        mode=job.mode,
        prompt=job.prompt,
        shape=Shape(job.shape),
        size=Size(job.size),
        frames=job.frames,
        seed=job.seed,
    )
