"""The life of a job and of a provider call: tables of legal moves."""

from collections.abc import Mapping
from types import MappingProxyType

from storage.records import CallState, JobState

JOB_MOVES: Mapping[JobState, frozenset[JobState]] = MappingProxyType(
    {
        JobState.QUEUED: frozenset({JobState.ACTIVE, JobState.CANCELLED}),
        JobState.WAITING: frozenset({JobState.QUEUED, JobState.CANCELLED}),
        JobState.ACTIVE: frozenset(
            {JobState.WAITING, JobState.DONE, JobState.FAILED, JobState.CANCELLED}
        ),
        JobState.DONE: frozenset(),
        # A call in doubt that turns out to have been started: the video is delivered for free.
        JobState.FAILED: frozenset({JobState.QUEUED}),
        JobState.CANCELLED: frozenset(),
    }
)
"""A delayed job (`waiting`) comes back through the queue, never straight to a worker."""

CALL_MOVES: Mapping[CallState, frozenset[CallState]] = MappingProxyType(
    {
        CallState.INTENDED: frozenset(
            {CallState.STARTED, CallState.DOUBT, CallState.NOT_STARTED, CallState.FAILED}
        ),
        CallState.DOUBT: frozenset({CallState.STARTED, CallState.FAILED}),
        CallState.STARTED: frozenset({CallState.RENDERED, CallState.FAILED}),
        CallState.RENDERED: frozenset({CallState.DONE, CallState.FAILED}),
        CallState.DONE: frozenset(),
        CallState.NOT_STARTED: frozenset(),
        CallState.FAILED: frozenset(),
    }
)
"""A call in doubt is never started again: it is found out about, or given up."""

TERMINAL = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


def is_over(state: JobState) -> bool:
    """Whether a job has ended, for better or worse."""
    return state in TERMINAL


def attempt_delay_s(attempt: int) -> float:
    """How long a job waits after its n-th failed attempt (1, 2, …) before the next, in seconds."""
    return min(15.0 * 4.0 ** (attempt - 1), 900.0)
