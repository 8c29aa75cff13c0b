"""What Talkie offers to start from is good by its own coach."""

import pytest

from bot.domain import frames
from bot.domain.coach import rules
from bot.domain.context import Context
from bot.domain.craft.starts import Start
from bot.domain.shapes import Shape
from cogs.ui import examples
from cogs.ui.examples import Example
from storage.records import Mode

EVERY = (*examples.EXAMPLES, *examples.SITUATIONS)


@pytest.mark.parametrize("example", EVERY, ids=[each.slug for each in EVERY])
def test_the_coach_has_nothing_to_say_to_an_example(example: Example) -> None:
    context = Context(
        mode=example.mode,
        has_picture=example.mode is not Mode.TEXT and example.has_picture,
        shape=example.shape or Shape.WIDE,
        frames=frames.for_seconds(example.seconds),
    )
    assert list(rules.review(example.prompt, context)) == []


def test_every_example_and_situation_is_found_by_its_own_name() -> None:
    assert len({each.slug for each in EVERY}) == len(EVERY)
    assert [examples.by_slug(each.slug) for each in EVERY] == list(EVERY)
    assert {each.slug for each in examples.SITUATIONS} == set(Start)


def test_every_kind_of_video_has_three_situations() -> None:
    for mode in Mode:
        assert len([each for each in examples.SITUATIONS if each.mode is mode]) >= 3
