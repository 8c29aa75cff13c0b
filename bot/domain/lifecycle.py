"""The end of a job, and the pauses before it is tried again; its moves stand in storage."""

from storage.records import JobState

_OVER = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


def is_over(state: JobState) -> bool:
    """Whether a job has ended, for better or worse."""
    return state in _OVER


def attempt_delay_s(attempt: int) -> float:
    """How long a job waits after its n-th failed attempt (1, 2, …) before the next, in seconds."""
    return min(15.0 * 4.0 ** (attempt - 1), 900.0)
