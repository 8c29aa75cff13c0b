"""When to look at a call again: the provider counts every look."""

LONGEST_LOOK_S = 60.0
GIVE_UP_AFTER_S = 3_600.0
"""A clip takes minutes; one that is not ready after an hour never will be."""
FORGET_AFTER_S = 86_400.0
"""Providers keep a result for about a day; as long, one that cannot be had is asked for."""


def first_look_s(age_s: float, poll_s: float) -> float:
    """Seconds until the first look; none for a call that was taken up and may long be done."""
    return max(0.0, 2 * poll_s - age_s)


def next_look_s(age_s: float, poll_s: float) -> float:
    """Seconds until the next look at a call of this age.

    Completion times are lognormal (median around 45 s): hardly any clip is ready at first, then
    the chance stays level, and what is late stays late for long.
    """
    if age_s < 2 * poll_s:
        return 2 * poll_s - age_s
    if age_s < 36 * poll_s:
        return poll_s
    return min(age_s / 12, max(LONGEST_LOOK_S, poll_s))


def next_try_s(failures: int, poll_s: float) -> float:
    """Seconds until the next look after so many that could not be answered in a row."""
    return min(poll_s * 2.0 ** min(failures, 8), max(LONGEST_LOOK_S, poll_s))
