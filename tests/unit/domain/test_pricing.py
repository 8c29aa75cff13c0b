from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import pricing


@given(st.integers(0, 10**12), st.integers(1, 10**7))
def test_credits_cover_the_price_and_not_a_credit_more(price: int, credit: int) -> None:
    cost = pricing.credits_for(price, credit)
    assert cost * credit >= price
    assert (cost - 1) * credit < price


def test_a_ten_second_clip_costs_six_credits_and_a_free_one_none() -> None:
    assert pricing.credits_for(55_300, 10_000) == 6
    assert pricing.credits_for(0, 10_000) == 0


@pytest.mark.parametrize(("price", "credit"), [(-1, 10), (1, 0), (1, -5)])
def test_nonsense_is_refused(price: int, credit: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        pricing.credits_for(price, credit)


def test_dollars_become_micro_dollars_rounded_up() -> None:
    assert pricing.micro_from_dollars(Decimal("0.0470001")) == 47_001
    assert pricing.micro_from_dollars(Decimal(5)) == 5_000_000


@pytest.mark.parametrize(
    ("micro", "words"),
    [(0, "$0.00"), (50_000, "$0.05"), (55_300, "$0.0553"), (12_000_000, "$12.00")],
)
def test_money_is_shown_with_the_digits_that_matter(micro: int, words: str) -> None:
    assert pricing.dollars(micro) == words
