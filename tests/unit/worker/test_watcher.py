import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timing import CLIP
from bot.engines.base import Allowance, Ask
from bot.services.pulse import MOST_MISSED, Pulse
from bot.worker import watcher
from bot.worker.budget import Budget
from bot.worker.watcher import Watched, Watcher

ages = st.floats(min_value=0, max_value=watcher.GIVE_UP_AFTER_S)
polls = st.floats(min_value=0.05, max_value=300)
NOW_S = 1_790_000_000.0


def a_watcher(
    *, pulse: Pulse | None = None, budget: Budget | None = None, fixed_s: float | None = None
) -> Watcher:
    return Watcher(budget=budget, pulse=pulse or Pulse(), chance=lambda: 0.5, fixed_s=fixed_s)


def a_call(*, age_s: float = 0, looked_s: float | None = None, hooked: bool = False) -> Watched:
    return Watched(law=CLIP, began_s=NOW_S - age_s, hooked=hooked, looked_s=looked_s)


def looks_until(table: Watcher, call: Watched, age_s: float) -> list[float]:
    """The ages at which a call that is not done is looked at."""
    now_s, found = call.began_s, []
    table.add(call)
    while True:
        chosen, wait_s = table.choose(now_s)
        if chosen is None:
            now_s += wait_s + 1e-6
        else:
            found.append(call.age_s(now_s))
            table.answered(call, now_s)
        if now_s - call.began_s > age_s:
            return found


@given(ages, polls)
def test_a_fixed_pace_always_has_a_next_look_and_never_in_too_long(
    age_s: float, poll_s: float
) -> None:
    pause_s = watcher.next_look_s(age_s, poll_s)
    assert 0 < pause_s <= max(watcher.LONGEST_LOOK_S, 2 * poll_s)


@given(st.integers(min_value=1, max_value=10_000), polls)
def test_failures_wait_longer_but_not_for_ever(failures: int, poll_s: float) -> None:
    pause_s = watcher.next_try_s(failures, poll_s)
    assert poll_s <= pause_s <= max(watcher.LONGEST_LOOK_S, poll_s)
    assert pause_s >= watcher.next_try_s(failures - 1, poll_s)


def test_a_clip_of_two_minutes_takes_far_fewer_looks_than_every_two_seconds() -> None:
    looks = looks_until(a_watcher(), a_call(), 120)
    assert 15 < looks[0] < 25, "hardly any clip is done sooner"
    assert len(looks) < 40


def test_two_looks_are_never_closer_than_two_seconds() -> None:
    looks = looks_until(a_watcher(), a_call(), 600)
    gaps_s = [after - before for before, after in itertools.pairwise(looks)]
    assert min(gaps_s) >= watcher.SHORTEST_GAP_S - 1e-3


def test_what_is_very_late_is_looked_at_ever_less_often() -> None:
    looks = looks_until(a_watcher(), a_call(), watcher.GIVE_UP_AFTER_S)
    gaps_s = [after - before for before, after in itertools.pairwise(looks)]
    assert gaps_s[-1] > 50
    assert len(looks) < 170


def test_the_call_that_has_probably_been_done_for_longest_is_first() -> None:
    table = a_watcher()
    calls = [a_call(age_s=40, looked_s=30), a_call(age_s=80, looked_s=0), a_call(age_s=60)]
    for call in calls:
        table.add(call)
    order = []
    while (chosen := table.choose(NOW_S)[0]) is not None:
        order.append(calls.index(chosen))
        table.answered(chosen, NOW_S)
    assert order == [1, 2, 0]


def test_news_put_a_call_first() -> None:
    table = a_watcher()
    early, late = a_call(age_s=1), a_call(age_s=80)
    table.add(early)
    table.add(late)
    table.nudge(early)
    assert table.choose(NOW_S)[0] is early


def test_a_call_whose_turn_has_come_is_not_chosen_again() -> None:
    table = a_watcher()
    call = a_call(age_s=80)
    table.add(call)
    call.turn.set()
    assert table.choose(NOW_S)[0] is None


def test_while_reports_arrive_looks_are_sparse() -> None:
    pulse = Pulse()
    pulse.heard()
    assert len(looks_until(a_watcher(pulse=pulse), a_call(hooked=True), 120)) <= 2
    assert len(looks_until(a_watcher(pulse=pulse), a_call(hooked=False), 120)) > 10


def test_reports_that_never_came_are_not_relied_on() -> None:
    assert len(looks_until(a_watcher(), a_call(hooked=True), 120)) > 10


def test_a_joined_socket_is_relied_on() -> None:
    pulse = Pulse()
    pulse.follow(lambda: True)
    assert len(looks_until(a_watcher(pulse=pulse), a_call(), 120)) <= 2


def test_reports_that_fail_to_come_are_dead_until_the_next_one() -> None:
    pulse = Pulse()
    pulse.heard()
    table = a_watcher(pulse=pulse)
    waiting = a_call(age_s=30, looked_s=25, hooked=True)
    table.add(waiting)
    assert table.choose(NOW_S)[1] > 20
    for _ in range(MOST_MISSED):
        table.done(a_call(age_s=70, hooked=True))
    assert table.choose(NOW_S)[1] < 5
    pulse.heard()
    assert table.choose(NOW_S)[1] > 20


def test_a_report_that_the_state_does_not_bear_out_brings_the_looks_back() -> None:
    pulse = Pulse()
    pulse.heard()
    table = a_watcher(pulse=pulse)
    call = a_call(age_s=40, hooked=True)
    table.add(call)
    table.nudge(call)
    table.answered(call, NOW_S)
    assert table.choose(NOW_S)[1] < 10


def test_a_day_that_runs_out_makes_looks_rare() -> None:
    def looks(rest: int) -> int:
        budget = Budget(pace_s=lambda: 0.0, utc_s=lambda: NOW_S)
        allowance = Allowance(a_minute=50, left_minute=49, a_day=200, left_day=rest)
        budget.told(Ask.LOOK, allowance)
        return len(looks_until(a_watcher(budget=budget), a_call(), 90))

    assert looks(200) > looks(90) > looks(20) >= 1


def test_a_look_that_was_not_answered_is_repeated_after_its_pause() -> None:
    table = a_watcher()
    call = a_call(age_s=80)
    table.add(call)
    table.failed(call, NOW_S, 30)
    assert table.choose(NOW_S)[1] == pytest.approx(30)
    table.nudge(call)
    assert table.choose(NOW_S)[0] is call


@pytest.mark.parametrize(
    ("looked_s", "nudged", "took_ms"),
    [(58.0, False, 59_000), (None, False, None), (10.0, False, None), (10.0, True, 60_000)],
)
def test_only_a_time_that_is_known_well_is_learnt(
    looked_s: float | None, nudged: bool, took_ms: int | None
) -> None:
    call = a_call(age_s=60, looked_s=looked_s)
    call.nudged = nudged
    assert call.took_ms(NOW_S) == took_ms


def test_the_owner_s_pace_overrules_the_law() -> None:
    looks = looks_until(a_watcher(fixed_s=5), a_call(), 59)
    assert looks == pytest.approx([10, 15, 20, 25, 30, 35, 40, 45, 50, 55], abs=0.01)
