import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.base import Allowance, Ask
from bot.worker import budget as budgets
from bot.worker.budget import Budget

NOON_S = 86_400.0 * 20_000 + 43_200


@dataclass(slots=True)
class Time:
    at_s: float = 0.0


def a_budget(time: Time, *, assumed: int | None = budgets.ASSUMED) -> Budget:
    return Budget(pace_s=lambda: time.at_s, utc_s=lambda: NOON_S + time.at_s, assumed=assumed)


def told(
    a_minute: int | None,
    left: int | None = None,
    *,
    day: int | None = None,
    rest: int | None = None,
) -> Allowance:
    return Allowance(a_minute=a_minute, left_minute=left, a_day=day, left_day=rest)


def leave(budget: Budget, time: Time, ask: Ask, *, until_s: float) -> list[float]:
    """Take as often as the budget lets; the times."""
    left_at: list[float] = []
    while time.at_s < until_s:
        wait_s = budget.wait_s(ask)
        if wait_s == 0:
            budget.take(ask)
            left_at.append(time.at_s)
        else:
            time.at_s += wait_s
    return left_at


def most_in_a_minute(times_s: list[float]) -> int:
    return max(sum(begin <= one < begin + 60 for one in times_s) for begin in times_s)


@settings(deadline=None, max_examples=25)
@given(st.integers(min_value=20, max_value=1_000), st.floats(min_value=0, max_value=120))
def test_no_minute_holds_more_than_the_limit_wherever_it_begins(limit: int, idle_s: float) -> None:
    time = Time()
    budget = a_budget(time)
    budget.told(Ask.LOOK, told(limit))
    time.at_s = idle_s
    times_s = leave(budget, time, Ask.LOOK, until_s=idle_s + 200)
    assert 0.9 * limit <= most_in_a_minute(times_s) <= limit


def test_a_new_budget_is_no_burst() -> None:
    time = Time()
    times_s = leave(a_budget(time), time, Ask.LOOK, until_s=10)
    assert times_s[0] == 0
    assert all(after - before >= 1 for before, after in itertools.pairwise(times_s))


def test_nothing_told_is_taken_for_a_small_account_and_trusted_more_with_time() -> None:
    time = Time()
    times_s = leave(a_budget(time), time, Ask.LOOK, until_s=900)
    assert most_in_a_minute([one for one in times_s if one < 60]) <= budgets.ASSUMED
    assert most_in_a_minute(times_s[-400:]) == pytest.approx(budgets.MOST_ASSUMED, rel=0.1)


def test_starts_take_at_most_half() -> None:
    time = Time()
    budget = a_budget(time)
    budget.told(Ask.LOOK, told(300))
    budget.told(Ask.START, told(300))
    starts_s = leave(budget, time, Ask.START, until_s=300)
    assert most_in_a_minute(starts_s) <= 150
    assert budget.wait_s(Ask.LOOK) == 0


def test_starts_with_a_limit_of_their_own_leave_the_looks_alone() -> None:
    time = Time()
    budget = a_budget(time)
    budget.told(Ask.LOOK, told(50))
    budget.told(Ask.START, told(1))
    assert len(leave(budget, time, Ask.LOOK, until_s=120)) > 90
    assert budget.wait_s(Ask.START) == 0


def test_a_refusal_is_waited_out_and_slows_down_for_a_while() -> None:
    time = Time()
    budget = a_budget(time)
    budget.told(Ask.LOOK, told(300))
    before = len(leave(budget, time, Ask.LOOK, until_s=60))
    budget.refused(37)
    assert budget.wait_s(Ask.LOOK) >= 37 - 1e-6
    time.at_s += 40
    after = len(leave(budget, time, Ask.LOOK, until_s=time.at_s + 59))
    assert 0.8 * before < after < before
    time.at_s += 1_200
    budget.wait_s(Ask.LOOK)
    again = len(leave(budget, time, Ask.LOOK, until_s=time.at_s + 59))
    assert again > after


def test_an_empty_minute_is_left_alone_until_it_is_over() -> None:
    time = Time()
    budget = a_budget(time)
    budget.told(Ask.LOOK, told(300, 200))
    time.at_s = 10
    budget.told(Ask.LOOK, told(300, 0))
    assert 45 <= budget.wait_s(Ask.LOOK) <= 60
    time.at_s = 61
    assert budget.wait_s(Ask.LOOK) == 0


def test_somebody_else_s_requests_count_too() -> None:
    time = Time()
    budget = a_budget(time)
    budget.told(Ask.LOOK, told(300, 300))
    time.at_s = 30
    budget.wait_s(Ask.LOOK)
    budget.told(Ask.LOOK, told(300, 2))
    for _ in range(2):
        budget.take(Ask.LOOK)
    assert budget.wait_s(Ask.LOOK) > 0


def test_a_spent_day_is_waited_out_until_midnight() -> None:
    time = Time()
    budget = a_budget(time)
    budget.told(Ask.LOOK, told(50, 20, day=200, rest=1))
    assert budget.left_today(Ask.LOOK) == 1
    budget.take(Ask.LOOK)
    assert budget.wait_s(Ask.LOOK) == pytest.approx(43_200)
    time.at_s = 43_201
    assert budget.wait_s(Ask.LOOK) == 0
    assert budget.left_today(Ask.LOOK) == 200


def test_a_small_account_has_a_day_even_if_nobody_says_so() -> None:
    time = Time()
    budget = a_budget(time)
    budget.told(Ask.LOOK, told(50, 49))
    budget.take(Ask.LOOK)
    assert budget.left_today(Ask.LOOK) == 199
    budget.told(Ask.LOOK, told(300, 299))
    assert budget.left_today(Ask.LOOK) is None


def test_the_owner_s_own_pace_is_slowed_by_told_limits_alone() -> None:
    time = Time()
    budget = a_budget(time, assumed=None)
    for _ in range(500):
        assert budget.wait_s(Ask.LOOK) == 0
        budget.take(Ask.LOOK)
    budget.told(Ask.LOOK, told(50, 3))
    assert len(leave(budget, time, Ask.LOOK, until_s=59)) <= 50
