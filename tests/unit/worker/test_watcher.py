from hypothesis import given
from hypothesis import strategies as st

from bot.worker import watcher

ages = st.floats(min_value=0, max_value=watcher.GIVE_UP_AFTER_S)
polls = st.floats(min_value=0.05, max_value=300)


@given(ages, polls)
def test_there_is_always_a_next_look_and_never_in_too_long(age_s: float, poll_s: float) -> None:
    pause_s = watcher.next_look_s(age_s, poll_s)
    assert 0 < pause_s <= max(watcher.LONGEST_LOOK_S, 2 * poll_s)


@given(st.integers(min_value=1, max_value=10_000), polls)
def test_failures_wait_longer_but_not_for_ever(failures: int, poll_s: float) -> None:
    pause_s = watcher.next_try_s(failures, poll_s)
    assert poll_s <= pause_s <= max(watcher.LONGEST_LOOK_S, poll_s)
    assert pause_s >= watcher.next_try_s(failures - 1, poll_s)


def test_a_clip_of_two_minutes_takes_far_fewer_looks_than_every_two_seconds() -> None:
    age_s, looks = 0.0, 0
    while age_s < 120:
        age_s += watcher.next_look_s(age_s, 5)
        looks += 1
    assert looks == 23
