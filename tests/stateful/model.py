"""What the store should hold, in plain Python: no SQL, no fencing numbers, no turns.

A worker's right to write is a token here: each claim and each take-over makes a new one, and only
its holder may write. Turns are not modelled but judged: see `Model.serve`.
"""

from collections import Counter
from dataclasses import dataclass, field

from storage.records import CallId, CallState, DeliveryState, JobId, JobState, PersonId
from tests.stateful import moves

LIVE = frozenset({CallState.INTENDED, CallState.STARTED, CallState.DOUBT, CallState.RENDERED})
STOPPED_BY_AN_END = LIVE - {CallState.DOUBT}


@dataclass
class Call:
    id: CallId
    job: JobId
    hook: str
    token: int
    state: CallState = CallState.INTENDED
    handle: str | None = None
    hinted: str | None = None


@dataclass
class Job:
    id: JobId
    person: PersonId
    hold: int
    frames: int
    held: int
    state: JobState = JobState.QUEUED
    token: int | None = None
    owner: str | None = None
    lease_until: int | None = None
    due_at: int | None = None
    reason: str | None = None
    charge: int | None = None
    charged: int = 0
    returned: int = 0
    attempts: int = 0
    has_video: bool = False
    delivery: DeliveryState | None = None
    endings: int = 0
    revivals: int = 0
    calls: list[Call] = field(default_factory=list)

    def latest(self) -> Call | None:
        return self.calls[-1] if self.calls else None

    def live(self) -> Call | None:
        return next((call for call in self.calls if call.state in LIVE), None)


@dataclass
class Member:
    available: int = 0
    held: int = 0
    overtaken_by: set[PersonId] | None = None
    """Who was served since this member became ready; None while nothing of theirs may start."""


@dataclass
class Model:
    gate_cap: int
    lane_cap: int
    members: dict[PersonId, Member] = field(default_factory=dict)
    jobs: dict[JobId, Job] = field(default_factory=dict)
    calls: dict[CallId, Call] = field(default_factory=dict)
    pauses: dict[str, tuple[int, int]] = field(default_factory=dict)
    """What is paused: until when, and how many failures in a row paused it."""
    tokens: int = 0
    posts: Counter[JobId] = field(default_factory=Counter)

    def of(self, person: PersonId, state: JobState) -> list[Job]:
        return [job for job in self.jobs.values() if (job.person, job.state) == (person, state)]

    def active(self) -> list[Job]:
        return [job for job in self.jobs.values() if job.state is JobState.ACTIVE]

    def is_ready(self, person: PersonId) -> bool:
        running = len(self.of(person, JobState.ACTIVE))
        waits = bool(self.of(person, JobState.QUEUED))
        return waits and running < self.lane_cap

    def may_claim(self) -> bool:
        full = len(self.active()) >= self.gate_cap
        return not full and any(self.is_ready(person) for person in self.members)

    def new_token(self) -> int:
        self.tokens += 1
        return self.tokens

    def note_readiness(self) -> None:
        """To be called after every step: who is ready has been overtaken by nobody yet."""
        for person, member in self.members.items():
            if not self.is_ready(person):
                member.overtaken_by = None
            elif member.overtaken_by is None:
                member.overtaken_by = set()

    def serve(self, job: Job, owner: str, lease_until: int) -> None:
        """The store claimed this job: was it its turn? Whoever waits is overtaken only once."""
        assert self.may_claim(), "nothing may start"
        assert self.is_ready(job.person), "this member has nothing that may start"
        assert job is min(self.of(job.person, JobState.QUEUED), key=lambda each: each.id)
        for person, member in self.members.items():
            if person == job.person or member.overtaken_by is None:
                continue
            assert job.person not in member.overtaken_by, "served twice while another waits"
            member.overtaken_by.add(job.person)
        self.members[job.person].overtaken_by = None
        job.state, job.attempts = JobState.ACTIVE, job.attempts + 1
        self.lease(job, owner, lease_until)

    def lease(self, job: Job, owner: str, until: int) -> None:
        job.owner, job.lease_until, job.token = owner, until, self.new_token()
        for call in job.calls:  # what goes on answers to the new worker alone
            if call.state in LIVE:
                call.token = job.token

    def take_over(self, job: Job, owner: str, until: int) -> None:
        self.lease(job, owner, until)

    def put_aside(self, job: Job, until: int, reason: str) -> None:
        self._leave(job)
        job.state, job.due_at, job.reason = JobState.WAITING, until, reason

    def wake(self, now: int) -> int:
        due = [job for job in self.jobs.values() if job.due_at is not None and job.due_at <= now]
        for job in due:
            job.state, job.due_at, job.reason = JobState.QUEUED, None, None
        return len(due)

    def end(self, job: Job, state: JobState, *, charge: int | None, reason: str | None) -> None:
        """The one ending of a job: its credits move and its news is owed in the same step."""
        paid = charge or 0
        member = self.members[job.person]
        member.held -= job.hold
        member.available += job.hold - paid
        job.charged, job.returned = job.charged + paid, job.returned + job.hold - paid
        self._leave(job)
        job.state, job.charge, job.due_at = state, charge, None
        job.reason = reason if reason is not None else job.reason
        job.delivery = DeliveryState.OWED
        job.endings += 1
        for call in job.calls:
            if call.state in STOPPED_BY_AN_END:
                call.state = CallState.FAILED

    def revive(self, job: Job) -> None:
        job.state, job.hold, job.reason, job.delivery = JobState.QUEUED, 0, None, None
        job.revivals += 1

    def post(self, call: Call) -> None:
        """A paid request leaves: no other of this job may be rendering, known or not."""
        job = self.jobs[call.job]
        assert all(other is call or other.state not in LIVE for other in job.calls)
        self.posts[call.job] += 1
        assert self.posts[call.job] == len(job.calls), "more requests than intents"

    def check(self) -> None:
        for job in self.jobs.values():
            over = job.state in moves.OVER
            assert job.endings == job.revivals + over, "one ending for each life"
            assert job.charged + job.returned == (job.held if job.endings else 0)

    def _leave(self, job: Job) -> None:
        job.owner = job.lease_until = job.token = None
