import numpy as np
import pytest

from bot.engines.local import scene
from bot.engines.local.canvas import to_yuv


def test_the_same_prompt_and_seed_make_the_same_choices() -> None:
    first, again = scene.dice("a boat", 5), scene.dice("a boat", 5)
    assert first.random() == again.random()
    assert scene.dice("a boat", 6).random() != scene.dice("a ship", 5).random()


def test_any_text_can_be_a_source_of_choices() -> None:
    assert 0 <= scene.dice("\ud83c lone surrogate \x00", -(2**70)).random() < 1


def test_words_of_a_prompt_call_for_a_palette() -> None:
    rng = np.random.default_rng(1)
    assert scene.choose_palette("Waves of the ocean, and rain.", rng) is scene.Palette.TIDE
    assert scene.choose_palette("a green forest of tall trees", rng) is scene.Palette.MOSS


def test_without_such_words_the_seed_decides() -> None:
    chosen = {scene.choose_palette("xyz", scene.dice("xyz", seed)) for seed in range(60)}
    assert len(chosen) == len(scene.Palette)


@pytest.mark.parametrize("seconds", [2.0, 6.0, 10.0])
@pytest.mark.parametrize("gentle", [True, False])
def test_a_camera_move_stays_inside_the_picture(*, seconds: float, gentle: bool) -> None:
    for seed in range(40):
        move = scene.plan_move(scene.dice("", seed), seconds=seconds, gentle=gentle)
        for progress in (0.0, 0.5, 1.0):
            zoom, x, y = move.at(progress)
            assert 1.0 <= zoom <= 1.4
            assert 0.0 <= x <= 1.0
            assert 0.0 <= y <= 1.0


@pytest.mark.parametrize("lines", range(1, 7))
@pytest.mark.parametrize("seconds", [2.04, 5.0, 10.0])
def test_all_lines_of_a_title_are_there_in_good_time(lines: int, seconds: float) -> None:
    reveals = scene.plan_reveals(lines, seconds)
    assert len(reveals) == lines
    assert all(0 < start < end for start, end in reveals)
    assert reveals == sorted(reveals)
    assert reveals[-1][1] <= 0.56 * seconds


def test_white_black_and_grey_have_no_colour() -> None:
    assert to_yuv(255, 255, 255) == pytest.approx((235, 128, 128), abs=0.1)
    assert to_yuv(0, 0, 0) == pytest.approx((16, 128, 128), abs=0.1)
    assert to_yuv(128, 128, 128)[1:] == pytest.approx((128, 128), abs=0.1)
