from types import ModuleType

import pytest

from bot.domain import lifecycle
from storage import calls, jobs
from storage.moves import Move
from storage.records import CallState, JobState

JOB_MOVES = {
    JobState.QUEUED: {JobState.ACTIVE, JobState.CANCELLED},
    JobState.WAITING: {JobState.QUEUED, JobState.CANCELLED},
    JobState.ACTIVE: {JobState.WAITING, JobState.DONE, JobState.FAILED, JobState.CANCELLED},
    JobState.DONE: set(),
    JobState.FAILED: {JobState.QUEUED},
    JobState.CANCELLED: set(),
}
CALL_MOVES = {
    CallState.INTENDED: {
        CallState.STARTED,
        CallState.DOUBT,
        CallState.NOT_STARTED,
        CallState.FAILED,
    },
    CallState.DOUBT: {CallState.STARTED, CallState.FAILED},
    CallState.STARTED: {CallState.RENDERED, CallState.FAILED},
    CallState.RENDERED: {CallState.DONE, CallState.FAILED},
    CallState.DONE: set(),
    CallState.NOT_STARTED: set(),
    CallState.FAILED: set(),
}


def moves(module: ModuleType) -> set[tuple[str, str]]:
    """Every guard that a statement of the module can have."""
    found = (value for value in vars(module).values() if isinstance(value, Move))
    return {(move.source, move.target) for move in found}


@pytest.mark.parametrize(
    ("module", "legal"), [(jobs, JOB_MOVES), (calls, CALL_MOVES)], ids=["jobs", "calls"]
)
def test_the_store_makes_every_legal_move_and_no_other(
    module: ModuleType, legal: dict[str, set[str]]
) -> None:
    assert moves(module) == {(source, target) for source in legal for target in legal[source]}


def test_every_state_has_its_moves() -> None:
    assert set(JOB_MOVES) == set(JobState)
    assert set(CALL_MOVES) == set(CallState)


def test_done_failed_and_cancelled_jobs_are_over() -> None:
    over = {state for state in JobState if lifecycle.is_over(state)}
    assert over == {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


def test_every_state_can_reach_an_end() -> None:
    for start in JobState:
        seen, todo = set[JobState](), [start]
        while todo:
            state = todo.pop()
            if state not in seen:
                seen.add(state)
                todo += JOB_MOVES[state]
        assert any(lifecycle.is_over(state) for state in seen)


def test_delays_grow_and_stay_bounded() -> None:
    delays = [lifecycle.attempt_delay_s(attempt) for attempt in range(1, 12)]
    assert delays == sorted(delays)
    assert delays[0] == 15
    assert delays[-1] == 900
