import pytest

from bot.domain import request
from bot.domain.request import Plan
from bot.domain.shapes import Shape, Size
from bot.errors import Code, UserError
from storage.records import Mode


def test_a_chosen_seed_is_kept_and_a_missing_one_is_drawn() -> None:
    assert request.checked_seed(0, 99) == 0
    assert request.checked_seed(None, 99) == 99
    assert request.checked_seed(None, 2**32 + 5) == 5


@pytest.mark.parametrize("seed", [-1, 2**32, 10**20])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(UserError) as refused:
        request.checked_seed(seed, 0)
    assert refused.value.code is Code.SEED_INVALID


def test_a_plan_knows_its_pixels_and_its_length() -> None:
    plan = Plan(
        mode=Mode.TEXT,
        prompt="p",
        shape=Shape.CINEMATIC,
        size=Size.LARGE,
        frames=241,
        seed=1,
    )
    assert (plan.format.width, plan.format.height, plan.format.kept_height) == (1024, 512, 432)
    assert plan.seconds == pytest.approx(10.04, abs=0.01)
