"""What members and the owner do, at any moment."""

from storage import deliveries, jobs, lanes, ledger, pauses
from storage.database import Body, Conflict
from storage.records import CallState, DeliveryState, Job, JobId, JobState, Mode, NewJob, PersonId
from tests.builders import a_new_job
from tests.stateful import model as wanted
from tests.stateful import moves
from tests.stateful.world import World, digits, pick

QUEUE_CAP = 4
FRAMES_CAP = 600
TAMPERING = (
    "UPDATE entry SET amount = amount + 1",
    "UPDATE entry SET at = 0 WHERE id = 1",
    "DELETE FROM entry WHERE id = 1",
    "UPDATE account SET balance = -1 WHERE kind = 'available'",
    "UPDATE account SET balance = -1 WHERE kind = 'held'",
)


class Members(World):
    def __init__(self) -> None:
        super().__init__()
        self.moved: set[tuple[int, int]] = set()
        self.read_before: Job | None = None

    def somebody_arrives(self, number: int) -> None:
        assert self.met(501 + number % 5) == self.met(501 + number % 5)

    def owner_moves_credits(self, number: int) -> None:
        person, nth, size, is_grant = digits(number, 7, 4, 51, 2)
        who, amount = self.some_person(person), size - 25
        member = self.model.members[who]
        ref = f"adjust:{nth}"
        outcomes = [
            self.disk.write(
                moves.grant(who, nth, amount)
                if is_grant
                else ledger.adjust(person=who, ref=ref, amount=amount, now=self.now)
            )
            for _ in range(2)
        ]
        may = amount > 0 or (not is_grant and amount < 0 and member.available >= -amount)
        may = may and (is_grant, nth) not in self.moved
        assert outcomes == [may, False]
        if may:
            self.moved.add((is_grant, nth))
            member.available += amount

    def member_asks(self, number: int) -> None:
        person, count, frames, hold = digits(number, 7, 4, 3, 9)
        for _ in range(1 + count):
            self.ask(self.some_person(person), frames=(25, 121, 241)[frames], hold=hold)
            self.check()

    def member_cancels(self, number: int) -> None:
        # Mostly one that can be cancelled, and rather one that came back with its call under way.
        states = (JobState.QUEUED, JobState.WAITING) if number % 4 else ()
        back = [job for job in self.model.jobs.values() if job.state in states and job.live()]
        job = pick(back, number) if back else self.some_job(number // 4, *states)
        if job is not None:
            may = job.state in {JobState.QUEUED, JobState.WAITING}
            self._cancelled(job, may, self.disk.write(moves.cancel(job.id)))

    def slow_member_cancels_what_was_read_before(self, number: int) -> None:
        known = self.read_before
        if known is not None and self.model.jobs[known.id].revivals == 0:
            job = self.model.jobs[known.id]
            may = job.state is known.state
            done = self.disk.write(moves.cancel(job.id, known=known))
            self._cancelled(job, may, done)
        unstarted = self.some_job(number, JobState.QUEUED, JobState.WAITING)
        self.read_before = None if unstarted is None else self.disk.write(jobs.get(unstarted.id))

    def member_discards(self, number: int) -> None:
        job = self.some_job(number)
        if job is None:
            return
        call = job.latest()
        charge = job.hold if call is not None and call.state in moves.PAID else 0
        asked = call is not None and call.state is CallState.INTENDED
        done = self.disk.write(moves.discard(job.id))
        assert done is (job.state not in moves.OVER and not asked)
        if done:
            self.model.end(job, JobState.CANCELLED, charge=charge, reason=None)

    def somebody_cheats(self, number: int) -> None:
        bodies = [moves.tamper(sql) for sql in TAMPERING]
        job = self.some_job(number, *moves.OVER)
        if job is not None and job.held:
            bodies += [self._pay_again(job, 0), self._pay_again(job, job.held)]
        for body in bodies:
            try:
                self.disk.write(body)
            except (Conflict, ValueError):
                continue
            raise AssertionError("the books were changed")

    def news_is_shown(self, _: int) -> None:
        owed = {job.id for job in self.model.jobs.values() if job.delivery is DeliveryState.OWED}
        assert set(self.disk.write(moves.show(self.now))) == owed
        for job in owed:
            self.model.jobs[job].delivery = DeliveryState.SHOWN

    def news_is_collected_or_stranded(self, number: int) -> None:
        job = self.some_job(number // 2, *moves.OVER)
        if job is None:
            return
        owed = self.disk.write(deliveries.due(self.now, 100))
        mine = next((each for each in owed if each.job_id == job.id), None)
        if mine is not None and number % 2:
            job.delivery = DeliveryState.STRANDED
            self.disk.write(deliveries.strand(mine.id, detail="no way"))
            if number % 3:
                return
        # Whoever comes for it has seen it, stranded or not.
        job.delivery = DeliveryState.SHOWN
        self.disk.write(deliveries.collected(job.id, now=self.now))
        if mine is not None:
            again = deliveries.shown(mine.id, message_id=None, now=self.now)
            assert not self.disk.write(again), "shown twice"

    def engine_is_paused(self, number: int) -> None:
        which, *lengths_s = digits(number, 3, 60, 60)
        mode = ("text", "image", "*")[which]
        for length_s in lengths_s:  # two jobs may meet the same refusal
            end = self.now + length_s * 1_000
            until, failures = self.model.pauses.get(mode, (0, 0))
            self.disk.write(
                pauses.begin(engine="deapi", mode=mode, until=end, reason="busy", now=self.now)
            )
            self.model.pauses[mode] = (max(until, end), failures + 1)
        for each in Mode:
            pause = self.disk.write(pauses.of("deapi", each, self.now))
            longest = max(self.model.pauses.get(name, (0, 0))[0] for name in (each, "*"))
            assert (pause.until if pause else 0) == (longest if longest > self.now else 0)

    def owner_changes_the_caps(self, number: int) -> None:
        gate, lane = digits(number, 4, 3)
        self.model.gate_cap, self.model.lane_cap = 1 + gate, 1 + lane
        self.disk.write(lanes.set_caps(running=1 + gate, lane=1 + lane))

    def ask(self, who: PersonId, *, frames: int, hold: int) -> None:
        self._ask(a_new_job(who, frames=frames, hold=hold, interaction_id=self.next_serial()))

    def _pay_again(self, job: wanted.Job, charge: int) -> Body[None]:
        return ledger.settle(
            person=job.person, job=job.id, held=job.held, charge=charge, now=self.now
        )

    def _submit(self, new: NewJob) -> Body[JobId]:
        return moves.submit(new, queue_cap=QUEUE_CAP, frames_cap=FRAMES_CAP)

    def _ask(self, new: NewJob) -> None:
        why = self._refusal(new.person_id, new.frames, new.hold)
        number, refusal = self._tried(new)
        assert refusal == why
        if number is None:
            return
        assert number not in self.model.jobs
        job = wanted.Job(number, new.person_id, new.hold, new.frames, held=new.hold)
        self.model.jobs[number] = job
        assert self.disk.write(self._submit(new)) == number, "one interaction makes one job"
        member = self.model.members[new.person_id]
        member.available, member.held = member.available - new.hold, member.held + new.hold

    def _tried(self, new: NewJob) -> tuple[JobId | None, str | None]:
        try:
            return self.disk.write(self._submit(new)), None
        except moves.Refused as refused:
            return None, str(refused)

    def _refusal(self, person: PersonId, frames: int, hold: int) -> str | None:
        queued = self.model.of(person, JobState.QUEUED)
        waiting = sum(job.frames for job in queued)
        if len(queued) >= QUEUE_CAP or waiting + frames > FRAMES_CAP:
            return "queue"
        return "credits" if hold > self.model.members[person].available else None

    def _cancelled(self, job: wanted.Job, may: bool, done: bool) -> None:
        assert done is may
        if done:
            self.model.end(job, JobState.CANCELLED, charge=None, reason=None)
