"""What workers do: the living one, and those that lost their leases and do not know it yet."""

from storage import calls, jobs
from storage.database import Conflict
from storage.records import CallState, JobId, JobState
from tests.builders import a_new_job
from tests.stateful import model as wanted
from tests.stateful import moves
from tests.stateful.world import LEASE_MS, Hand, World, digits, pick

NEVER_ENDS = 2**62
REASONS = (moves.IN_DOUBT, "engine_failed", moves.IN_DOUBT)
ALL_WRITES = ("intend", "start", "doubt", "not_started", "fail", "render", "finish")


class Workers(World):
    def process_dies_and_the_next_takes_over(self, _: int) -> None:
        self.disk.restart()
        self._take_over(before=NEVER_ENDS)

    def another_worker_takes_over_what_is_late(self, number: int) -> None:
        self.now += pick((0, 1, 15_000, LEASE_MS + 1), number)
        self._take_over(before=self.now)

    def process_dies_within_a_transaction(self, number: int) -> None:
        statements, person, kind, which = digits(number, 8, 7, 4, 1_000)
        asked = a_new_job(self.some_person(person), hold=1, interaction_id=self.next_serial())
        hand = self.some_hand(which)
        bodies = [
            jobs.claim(owner="dying", lease_until=self.now, now=self.now),
            moves.submit(asked, queue_cap=99, frames_cap=10**6),
            moves.arrive(777) if hand is None else moves.give_up(hand.job, "engine_failed"),
            jobs.wake(NEVER_ENDS),
        ]
        self.disk.kill_in(bodies[kind], statements=1 + statements)

    def claims(self, number: int) -> None:
        for _ in range(1 + number % 4):
            self._claim()
            self.check()

    def looks_again(self, number: int) -> None:
        hand = self.some_hand(number)
        if hand is not None and self.is_theirs(hand):
            self.hold_on(hand.job)

    def carries_on(self, number: int) -> None:
        which, steps = digits(number, 1_000, 5)
        hand = self.some_hand(which)
        if hand is None:
            return
        for _ in range(1 + steps):
            self._carry(hand)
            self.check()

    def repeats_a_write(self, number: int) -> None:
        """Also what is not its turn: only the store decides what may be written."""
        which, kind = digits(number, 1_000, len(ALL_WRITES))
        hand = self.some_hand(which)
        if hand is not None:
            self._write(hand, ALL_WRITES[kind])

    def late_workers_write(self, number: int) -> None:
        """Whoever lost a job that goes on elsewhere tries everything, in vain."""
        late = [
            hand
            for hand in self.hands
            if not self.is_theirs(hand) and self.model.jobs[hand.job.id].state is JobState.ACTIVE
        ]
        for hand in late[:2]:
            for kind in ALL_WRITES:
                self._write(hand, kind)
                self.check()
            late_delay = jobs.delay(hand.job, until=self.now, reason="late", now=self.now)
            assert not self.disk.write(late_delay)
            self._give_up(hand, pick(REASONS, number))

    def stores_a_taken_handle(self, number: int) -> None:
        hand = self.some_hand(number)
        if hand is not None:
            self._intend(hand)
        taken = [call.handle for call in self.model.calls.values() if call.handle]
        if not taken or hand is None or hand.call is None:
            return
        free = self.call_of(hand, CallState.INTENDED) is not None
        try:
            begun = self.disk.write(moves.begin(hand.job, hand.call, pick(taken, number)))
        except Conflict:
            assert free
        else:
            assert begun is None
            assert not free

    def gives_up(self, number: int) -> None:
        hand = self.some_hand(number)
        if hand is not None:
            self._give_up(hand, pick(REASONS, number))

    def doubts_and_gives_up(self, number: int) -> None:
        hand = self.some_hand(number)
        if hand is None:
            return
        for kind in ("intend", "doubt"):
            self._write(hand, kind)
            self.check()
        self._give_up(hand, pick(REASONS, number))

    def puts_off(self, number: int) -> None:
        which, length_ms = digits(number, 100, 10_000)
        hand = self.some_hand(which)
        if hand is None:
            return
        job, theirs = self.model.jobs[hand.job.id], self.is_theirs(hand)
        if theirs and job.live() is not None:
            return  # a call under way is waited for, never put off
        until = self.now + length_ms
        put_off = self.disk.write(
            jobs.delay(hand.job, until=until, reason="engine_busy", now=self.now)
        )
        assert put_off is theirs
        if theirs:
            self.model.put_aside(job, until, "engine_busy")
            self.wakes_what_is_due(0)

    def wakes_what_is_due(self, number: int) -> None:
        self.now += number % 15_000
        assert self.disk.write(jobs.wake(self.now)) == self.model.wake(self.now)

    def beats(self, number: int) -> None:
        owner, until = f"worker-{1 + number % self.lives}", self.now + LEASE_MS
        self.disk.write(jobs.renew(owner=owner, lease_until=until))
        for job in self.model.active():
            if job.owner == owner:
                job.lease_until = until

    def hears_a_report(self, number: int) -> None:
        every = list(self.model.calls.values())
        doubted = [call for call in every if call.state is CallState.DOUBT]
        if not every:
            return
        given_up = [call for call in doubted if self.model.jobs[call.job].state in moves.OVER]
        call = pick((given_up or doubted or every) if number % 4 else every, number // 4)
        serial = f"report-{self.next_serial()}"
        for word in (self._foreseen(call), "repeated"):
            heard = moves.report(call.hook, delivery_id=serial, handle=f"at-{call.hook}")
            assert self.disk.write(heard) == word

    def _foreseen(self, call: wanted.Call) -> str:
        """What becomes of a report, and what it changes."""
        job, handle = self.model.jobs[call.job], f"at-{call.hook}"
        if call.state is CallState.INTENDED:
            call.hinted = handle
            return "hinted"
        if call.state is not CallState.DOUBT:
            return "late"
        if job.state is JobState.FAILED and job.reason == moves.IN_DOUBT:
            self.model.revive(job)
        elif job.state is not JobState.ACTIVE:
            return "late"
        call.state, call.handle = CallState.STARTED, handle
        return "found"

    def _claim(self) -> Hand | None:
        until = self.now + LEASE_MS
        job = self.disk.write(jobs.claim(owner=self.owner, lease_until=until, now=self.now))
        if job is None:
            assert not self.model.may_claim(), "somebody's job may start, and does not"
            return None
        self.model.serve(self.model.jobs[JobId(job.id)], self.owner, until)
        return self.hold_on(job)

    def _take_over(self, *, before: int) -> None:
        self.lives += 1
        until = self.now + LEASE_MS
        taken = self.disk.write(jobs.take_over(owner=self.owner, lease_until=until, before=before))
        late = [job for job in self.model.active() if (job.lease_until or 0) < before]
        assert [job.id for job in taken] == sorted(job.id for job in late)
        for known in late:
            self.model.take_over(known, self.owner, until)
        for job in taken:
            self.hold_on(job)

    def _carry(self, hand: Hand) -> None:
        """The next step of bot.worker.runner."""
        state = None if hand.call is None else hand.call.state
        if state is None or state in moves.COST_NOTHING:
            self._intend(hand)
        elif state is CallState.INTENDED:
            self._move_call(hand, "start")
        elif state is CallState.STARTED:
            self._move_call(hand, "render")
        elif state is CallState.RENDERED:
            self._finish(hand)

    def _write(self, hand: Hand, kind: str) -> None:
        if kind == "intend":
            self._intend(hand)
        elif kind == "finish":
            self._finish(hand)
        elif hand.call is not None:
            self._move_call(hand, kind)

    def _intend(self, hand: Hand) -> None:
        job, theirs = self.model.jobs[hand.job.id], self.is_theirs(hand)
        hook = f"hook-{self.next_serial()}"
        try:
            call = self.disk.write(moves.intend(hand.job, hook))
        except Conflict:
            assert theirs
            assert job.live() is not None
            return
        assert (call is not None) is (theirs and job.live() is None)
        if call is not None:
            known = wanted.Call(call.id, job.id, hook, hand.job_token)
            job.calls.append(known)
            self.model.calls[call.id] = known
            self.model.post(known)
            hand.call, hand.call_token = call, hand.job_token

    def _move_call(self, hand: Hand, kind: str) -> None:
        assert hand.call is not None
        before = hand.call
        source, target = {
            "start": (CallState.INTENDED, CallState.STARTED),
            "doubt": (CallState.INTENDED, CallState.DOUBT),
            "not_started": (CallState.INTENDED, CallState.NOT_STARTED),
            "render": (CallState.STARTED, CallState.RENDERED),
            "fail": (before.state, CallState.FAILED),
        }[kind]
        if kind == "fail" and source not in wanted.LIVE:
            return
        handle = f"at-{before.hook}"
        bodies = {
            "start": lambda: moves.begin(hand.job, before, handle),
            "doubt": lambda: moves.doubt(before),
            "not_started": lambda: calls.not_started(before, detail="no", now=self.now),
            "render": lambda: calls.rendered(before, charged_micro=None),
            "fail": lambda: calls.failed(before, detail="no", now=self.now),
        }
        known = self.call_of(hand, source)
        moved = self.disk.write(bodies[kind]())
        assert (moved is not None) is (known is not None)
        if moved is None or known is None:
            return
        hand.call, known.state = moved, target
        if kind == "start":
            known.handle = handle
            for mode in (hand.job.mode, "*"):
                self.model.pauses.pop(mode, None)
        elif kind == "doubt" and known.hinted is not None:
            known.state, known.handle = CallState.STARTED, known.hinted

    def _finish(self, hand: Hand) -> None:
        if hand.call is None:
            return
        known, theirs = self.call_of(hand, CallState.RENDERED), self.is_theirs(hand)
        try:
            self.disk.write(moves.finish(hand.job, hand.call))
        except moves.Refused:
            assert known is None or not theirs
            return
        assert known is not None
        assert theirs
        known.state = CallState.DONE
        job = self.model.jobs[hand.job.id]
        self.model.end(job, JobState.DONE, charge=job.hold, reason=None)
        job.has_video = True

    def _give_up(self, hand: Hand, reason: str) -> None:
        theirs = self.is_theirs(hand)
        assert self.disk.write(moves.give_up(hand.job, reason)) is theirs
        if theirs:
            job = self.model.jobs[hand.job.id]
            self.model.end(job, JobState.FAILED, charge=None, reason=reason)
