"""What `/credits` says is true for whatever a host gives."""

import pytest

from bot.services.credits import Allowance, Statement
from cogs.ui import statements
from storage.records import Balance, EntryKind

MIDNIGHT_MS = 1_767_225_600_000


def told(*, welcome: int, daily: int) -> str:
    return statements.statement(
        Statement(
            balance=Balance(available=1, held=0),
            allowance=Allowance(welcome=welcome, daily=daily, credit_micro=10_000),
            free=False,
            history=[(EntryKind.DAILY, 5, None), (EntryKind.DAILY, 5, None)],
            next_at=MIDNIGHT_MS,
        )
    )


@pytest.mark.parametrize(
    ("welcome", "daily", "line"),
    [
        (9, 5, "Everybody gets 9 to begin with and 5 a day: the next <t:1767225600:R>"),
        (0, 5, "Everybody gets 5 a day: the next <t:1767225600:R>"),
        (9, 0, "Everybody gets 9 to begin with. For more, ask the person who runs this bot."),
        (0, 0, "For more, ask the person who runs this bot."),
    ],
)
def test_nobody_is_promised_credits_that_are_not_given(welcome: int, daily: int, line: str) -> None:
    lines = told(welcome=welcome, daily=daily).splitlines()
    assert any(each.startswith(line) for each in lines)


def test_the_credits_of_earlier_days_are_not_called_those_of_today() -> None:
    assert "today" not in told(welcome=9, daily=5)
