"""The store and its model side by side, compared after every step."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from storage import audit, calls
from storage.database import Body, Statement
from storage.records import Call, CallState, Job, JobId, JobState, PersonId
from tests.builders import NOW
from tests.stateful import model as wanted
from tests.stateful import moves
from tests.stateful.disk import Disk

LEASE_MS = 60_000
MOST_HANDS = 10

T = TypeVar("T")
_Seen = tuple[list[str], dict[str, set[tuple[object, ...]]]]
_EVERYTHING = {
    "accounts": "SELECT person_id, kind, balance FROM account WHERE person_id > 1",
    "lanes": "SELECT person_id, queued, queued_frames, running, running_cap FROM lane",
    "gate": "SELECT running, running_cap, lane_cap FROM gate",
    "jobs": "SELECT id, state, hold, charge, attempts, reason, due_at, lease_owner, lease_until"
    " FROM job",
    "calls": "SELECT id, job_id, state, handle, hinted FROM call",
    "deliveries": "SELECT job_id, state FROM delivery",
    "videos": "SELECT job_id FROM video",
    "receipts": "SELECT job_id, kind, max(amount) FROM entry WHERE job_id IS NOT NULL"
    " GROUP BY job_id, kind",
    "pauses": "SELECT mode, until, failures FROM pause",
}


@dataclass
class Hand:
    """What one worker remembers of a job: rows as it last saw them, and its right to write."""

    job: Job
    job_token: int
    call: Call | None
    call_token: int | None


class World(RuleBasedStateMachine):
    """The real store on a file of its own, its model, and what the workers remember."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.disk = Disk(self.template)
        self.model = wanted.Model(gate_cap=3, lane_cap=2)
        self.now = NOW
        self.lives = 1
        self.hands: list[Hand] = []
        self.serial = 0
        self.looked_at: tuple[int, int] | None = None
        self.seen: _Seen = ([], {})

    @invariant()
    def store_and_model_agree(self) -> None:
        self.check()

    def check(self) -> None:
        self.model.note_readiness()
        if self.looked_at != self.disk.version:
            self.seen = self.disk.write(_look())
            self.looked_at = self.disk.version
        broken, seen = self.seen
        assert broken == []
        expected = _expected(self.model)
        for name, rows in seen.items():
            assert rows == expected[name], name
        self.model.check()

    def teardown(self) -> None:
        self.disk.remove()

    @property
    def owner(self) -> str:
        return f"worker-{self.lives}"

    def next_serial(self) -> int:
        self.serial += 1
        return self.serial

    def met(self, discord_id: int) -> PersonId:
        person = self.disk.write(moves.arrive(discord_id))
        self.model.members.setdefault(person, wanted.Member())
        return person

    def some_person(self, number: int) -> PersonId:
        return pick(list(self.model.members), number)

    def some_job(self, number: int, *states: JobState) -> wanted.Job | None:
        found = [job for job in self.model.jobs.values() if not states or job.state in states]
        return pick(found, number) if found else None

    def hold_on(self, job: Job) -> Hand:
        """A worker begins with a job: it reads the latest call, as after a crash."""
        call = self.disk.write(calls.latest(job.id))
        token = self.model.jobs[job.id].token
        assert token is not None
        call_token = None if call is None else self.model.calls[call.id].token
        hand = Hand(job, token, call, call_token)
        self.hands = [*self.hands, hand][-MOST_HANDS:]
        return hand

    def some_hand(self, number: int) -> Hand | None:
        """Mostly one that may write, sometimes one that may not and does not know it."""
        if not self.hands:
            return None
        able = [hand for hand in self.hands if self.is_theirs(hand)]
        return pick(able if able and number % 3 else self.hands, number // 3)

    def is_theirs(self, hand: Hand) -> bool:
        """Whether a worker may still write to its job."""
        known = self.model.jobs[hand.job.id]
        return known.state is JobState.ACTIVE and known.token == hand.job_token

    def call_of(self, hand: Hand, *sources: CallState) -> wanted.Call | None:
        """The call that a worker may still move from one of these states."""
        if hand.call is None:
            return None
        known = self.model.calls[hand.call.id]
        return known if known.state in sources and known.token == hand.call_token else None


def digits(number: int, *bases: int) -> list[int]:
    """One drawn number as several small ones."""
    found = []
    for base in bases:
        number, digit = divmod(number, base)
        found.append(digit)
    return found


def pick(items: Sequence[T], number: int) -> T:
    return items[number % len(items)]


def _look() -> Body[_Seen]:
    broken = yield from audit.broken()
    seen = {}
    for name, query in _EVERYTHING.items():
        rows = yield Statement(query)
        seen[name] = {tuple(row[key] for key in row.keys()) for row in rows}  # noqa: SIM118 a sqlite3.Row iterates over its values
        assert len(seen[name]) == len(rows)
    return broken, seen


def _expected(model: wanted.Model) -> dict[str, set[tuple[object, ...]]]:
    people, jobs = model.members.items(), model.jobs.values()
    return {
        "accounts": {(who, "available", member.available) for who, member in people}
        | {(who, "held", member.held) for who, member in people},
        "lanes": {_lane(model, person) for person in model.members},
        "gate": {(len(model.active()), model.gate_cap, model.lane_cap)},
        "jobs": {
            (
                *(job.id, job.state, job.hold, job.charge, job.attempts, job.reason, job.due_at),
                *(job.owner, job.lease_until),
            )
            for job in jobs
        },
        "calls": {
            (call.id, call.job, call.state, call.handle, call.hinted)
            for call in model.calls.values()
        },
        "deliveries": {(job.id, job.delivery) for job in jobs if job.delivery is not None},
        "videos": {(job.id,) for job in jobs if job.has_video},
        "receipts": {row for job in jobs for row in _receipt(job)},
        "pauses": {(mode, *facts) for mode, facts in model.pauses.items()},
    }


def _lane(model: wanted.Model, person: PersonId) -> tuple[object, ...]:
    queued = model.of(person, JobState.QUEUED)
    running = len(model.of(person, JobState.ACTIVE))
    return person, len(queued), sum(job.frames for job in queued), running, model.lane_cap


def _receipt(job: wanted.Job) -> set[tuple[JobId, str, int]]:
    amounts = {"hold": job.held, "settle": job.charged, "release": job.returned}
    return {(job.id, kind, amount) for kind, amount in amounts.items() if amount}
