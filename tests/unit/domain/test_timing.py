import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import timing
from bot.domain.timing import CLIP, Law

ages = st.floats(min_value=0, max_value=7_200)
parts = st.floats(min_value=0.01, max_value=0.99)


def test_the_prior_is_the_one_that_was_measured() -> None:
    assert CLIP.median_s == pytest.approx(45)
    assert CLIP.quantile_s(0.95) == pytest.approx(120)


@given(ages, st.floats(min_value=0, max_value=600))
def test_wasted_seconds_are_the_integral_of_being_done(looked_s: float, wait_s: float) -> None:
    steps = 400
    width_s = wait_s / steps
    left = CLIP.beyond(looked_s)
    ages_s = [looked_s + (step + 0.5) * width_s for step in range(steps)]
    by_hand = sum(1 - CLIP.beyond(age_s) / left for age_s in ages_s) * width_s
    assert CLIP.wasted_s(looked_s, looked_s + wait_s) == pytest.approx(by_hand, rel=0.02, abs=0.02)


@given(ages, st.floats(min_value=0.05, max_value=30))
def test_the_next_look_is_due_when_so_much_may_be_wasted(looked_s: float, wasted_s: float) -> None:
    due_s = CLIP.due_s(looked_s, wasted_s)
    assert due_s > looked_s
    assert CLIP.wasted_s(looked_s, due_s) == pytest.approx(wasted_s, rel=0.05, abs=0.02)


@given(ages, parts)
def test_what_remains_is_the_quantile_of_those_that_are_left(age_s: float, part: float) -> None:
    left_s = CLIP.remaining_s(age_s, part)
    assert left_s >= 0
    assert CLIP.beyond(age_s + left_s) == pytest.approx(CLIP.beyond(age_s) * (1 - part), rel=0.01)


@pytest.mark.parametrize(("wasted_s", "looks"), [(0.15, 12.0), (0.5, 6.7), (2.0, 3.7)])
def test_a_schedule_takes_as_many_looks_as_the_study_found(wasted_s: float, looks: float) -> None:
    assert CLIP.looks(wasted_s) == pytest.approx(looks, rel=0.1)


def test_nothing_measured_leaves_the_prior() -> None:
    assert timing.learn([], CLIP) == CLIP


def test_many_measured_times_outweigh_the_prior() -> None:
    truth = Law(math.log(20), 0.4)
    times_s = [truth.quantile_s((number + 0.5) / 200) for number in range(200)]
    learnt = timing.learn(times_s, CLIP)
    assert learnt.median_s == pytest.approx(20, rel=0.05)
    assert learnt.deviation == pytest.approx(0.4, abs=0.06)


def test_one_odd_time_hardly_moves_the_law() -> None:
    learnt = timing.learn([900.0], CLIP)
    assert learnt.median_s < 75


@given(st.lists(st.floats(min_value=0, max_value=1e9), max_size=30))
def test_whatever_is_measured_gives_a_usable_law(times_s: list[float]) -> None:
    learnt = timing.learn(times_s, CLIP)
    assert timing.NARROWEST <= learnt.deviation <= timing.WIDEST
    assert learnt.due_s(0, 0.5) > 0
    assert learnt.due_s(36_000, 20) > 36_000
    assert 0 <= learnt.remaining_s(36_000, 0.95) < math.inf


def test_clips_of_about_the_same_length_share_a_bucket() -> None:
    assert timing.bucket(49) == timing.bucket(57) == 0
    assert timing.bucket(121) == 2
    assert timing.bucket(241) == 4
