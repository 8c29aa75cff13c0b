import pytest

from bot.domain import shapes
from bot.domain.shapes import FORMATS, Cut, Direction, Shape, Size


def test_every_shape_has_both_sizes_inside_the_model_s_limits() -> None:
    assert set(FORMATS) == {(shape, size) for shape in Shape for size in Size}
    for chosen in FORMATS.values():
        assert 512 <= chosen.width <= 1024
        assert 512 <= chosen.height <= 1024
        assert chosen.width % 2 == chosen.height % 2 == chosen.kept_height % 2 == 0


def test_the_guide_s_sizes_are_what_members_get() -> None:
    shown = {key: (value.width, value.kept_height) for key, value in FORMATS.items()}
    assert shown[Shape.WIDE, Size.LARGE] == (1024, 576)
    assert shown[Shape.WIDE, Size.STANDARD] == (896, 512)
    assert shown[Shape.TALL, Size.LARGE] == (576, 1024)
    assert shown[Shape.TALL, Size.STANDARD] == (512, 896)
    assert shown[Shape.SQUARE, Size.LARGE] == (1024, 1024)
    assert shown[Shape.SQUARE, Size.STANDARD] == (768, 768)
    assert shown[Shape.CINEMATIC, Size.STANDARD] == (960, 416)
    assert shown[Shape.CINEMATIC, Size.LARGE] == (1024, 432)


def test_only_the_cinematic_shape_is_cropped() -> None:
    cropped = {key[0] for key, value in FORMATS.items() if value.kept_height != value.height}
    assert cropped == {Shape.CINEMATIC}


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [
        (1920, 1080, Shape.WIDE),
        (1080, 1920, Shape.TALL),
        (512, 512, Shape.SQUARE),
        (2390, 1000, Shape.CINEMATIC),
        (4000, 3000, Shape.WIDE),
        (3000, 4000, Shape.TALL),
        (3000, 2600, Shape.SQUARE),
    ],
)
def test_a_picture_gets_the_shape_that_crops_least(width: int, height: int, shape: Shape) -> None:
    assert shapes.nearest(width, height) is shape


@pytest.mark.parametrize(
    ("width", "height", "lost"),
    [
        (800, 400, Cut(direction=Direction.ACROSS, share=0.5)),
        (400, 1600, Cut(direction=Direction.DOWN, share=0.75)),
        (1024, 1024, None),
        (1019, 1000, None),
        (1000, 1019, None),
    ],
)
def test_a_cut_is_told_by_its_direction_and_share(
    width: int, height: int, lost: Cut | None
) -> None:
    assert shapes.cut(width, height, shapes.format_of(Shape.SQUARE, Size.STANDARD)) == lost
