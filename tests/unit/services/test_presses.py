"""The doorbell: one press within seconds, and one while it is being answered."""

import pytest

from bot.errors import Code, UserError
from bot.services.presses import Doorbell
from tests.fakes.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bell(clock: Clock) -> Doorbell:
    return Doorbell(clock)


def rings(bell: Doorbell) -> bool:
    try:
        with bell.once("key"):
            return True
    except UserError as refusal:
        return refusal.code is not Code.PRESSED_ALREADY


def test_a_second_press_within_seconds_is_not_heard(bell: Doorbell, clock: Clock) -> None:
    assert rings(bell)
    assert not rings(bell)
    clock.advance(5.1)
    assert rings(bell)


def test_while_a_press_is_answered_no_other_is_heard_however_long_it_takes(
    bell: Doorbell, clock: Clock
) -> None:
    with bell.once("key"):
        clock.advance(60)
        assert not rings(bell)
    assert rings(bell)


def test_a_press_that_fails_was_none(bell: Doorbell) -> None:
    with pytest.raises(ValueError, match="failed"), bell.once("key"):
        raise ValueError("failed")
    assert rings(bell)


def test_a_press_that_fails_late_takes_no_later_press_along(bell: Doorbell, clock: Clock) -> None:
    first = bell.once("key")
    first.__enter__()
    clock.advance(6)
    assert not rings(bell)
    failure = ValueError("failed")
    assert not first.__exit__(ValueError, failure, None)
    assert rings(bell)
    assert not rings(bell)
