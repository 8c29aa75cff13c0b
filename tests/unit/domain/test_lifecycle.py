from bot.domain import lifecycle
from bot.domain.lifecycle import CALL_MOVES, JOB_MOVES
from storage import calls, jobs
from storage.moves import Move
from storage.records import CallState, JobState


def test_every_state_is_in_the_table() -> None:
    assert set(JOB_MOVES) == set(JobState)
    assert set(CALL_MOVES) == set(CallState)


def test_every_guard_in_the_statements_is_a_legal_move() -> None:
    assert jobs.MOVES
    assert calls.MOVES
    for job_move in jobs.MOVES:
        assert job_move.target in JOB_MOVES[job_move.source], job_move
    for call_move in calls.MOVES:
        assert call_move.target in CALL_MOVES[call_move.source], call_move


def test_every_move_of_a_statement_is_listed() -> None:
    for module, moves in ((jobs, jobs.MOVES), (calls, calls.MOVES)):
        named = {value for value in vars(module).values() if isinstance(value, Move)}
        assert named == set(moves)


def test_ended_jobs_stay_ended() -> None:
    assert not JOB_MOVES[JobState.DONE]
    assert not JOB_MOVES[JobState.CANCELLED]
    assert JOB_MOVES[JobState.FAILED] == {JobState.QUEUED}
    assert all(lifecycle.is_over(state) for state in lifecycle.TERMINAL)
    assert not lifecycle.is_over(JobState.ACTIVE)


def test_a_call_in_doubt_is_never_sent_again() -> None:
    assert CallState.NOT_STARTED not in CALL_MOVES[CallState.DOUBT]
    assert CallState.INTENDED not in CALL_MOVES[CallState.DOUBT]


def test_every_state_can_reach_an_end() -> None:
    for start in JobState:
        seen, todo = set(), [start]
        while todo:
            state = todo.pop()
            if state not in seen:
                seen.add(state)
                todo += JOB_MOVES[state]
        assert seen & lifecycle.TERMINAL


def test_delays_grow_and_stay_bounded() -> None:
    delays = [lifecycle.attempt_delay_s(attempt) for attempt in range(1, 12)]
    assert delays == sorted(delays)
    assert delays[0] == 15
    assert delays[-1] == 900
