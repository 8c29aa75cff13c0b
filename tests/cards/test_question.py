"""The question card keeps Discord's rules, whatever it asks about."""

from typing import Any

import discord
import pytest

from bot.domain.request import Anchor, Chosen, Part, Plan, Wish
from bot.domain.shapes import Cut, Direction, Shape, Size
from bot.services.intake import Question
from cogs.ui import cards, crops, question, texts
from cogs.ui.frame import Card
from storage.records import Balance, JobState, Mode
from tests.cards.standings import NOTICES, a_standing
from tests.fakes.discord import components, nesting

HOSTILE = "**bold** <@1234567890> @everyone ||x|| `y` [z](https://x.example) " + "long " * 900


def parts(card: Card) -> list[dict[str, Any]]:
    payload: list[dict[str, Any]] = card.to_components()  # type: ignore[no-untyped-call]  # theirs
    return [part for _, part in nesting.walk(components.check(payload, is_v2=True))]


def a_question(**changes: Any) -> Question:
    fields: dict[str, Any] = {
        "draft": 9**15,
        "wish": Wish(mode=Mode.IMAGE, anchor=Anchor.END),
        "plan": Plan(
            mode=Mode.IMAGE,
            prompt=HOSTILE,
            shape=Shape.WIDE,
            size=Size.LARGE,
            frames=241,
            seed=2**32 - 1,
        ),
        "hold": 999_999,
        "balance": Balance(available=1_000_000, held=0),
        "picture": b"jpg",
        "cut": Cut(direction=Direction.DOWN, share=0.744),
    }
    return Question(**fields | changes)


@pytest.mark.parametrize("direction", Direction)
def test_it_is_accepted_by_discord_and_outlives_restarts(direction: Direction) -> None:
    asked = a_question(cut=Cut(direction=direction, share=0.5))
    card = question.card(asked, crops.rows(asked))
    text = "\n".join(part["content"] for part in parts(card) if "content" in part)
    assert "<@1234567890>" not in text.replace("\\<", "")
    assert "@everyone" not in text
    assert card.timeout is None
    assert card.is_persistent()


def test_what_stays_is_said_in_words_and_its_button_is_spent() -> None:
    asked = a_question()
    found = parts(question.card(asked, crops.rows(asked)))
    assert any("74 % of the picture's height; the bottom stays" in str(part) for part in found)
    spent = [part["label"] for part in found if part.get("disabled")]
    assert spent == ["Bottom"]


def test_without_a_picture_there_is_no_gallery() -> None:
    asked = a_question(picture=None, cut=None, hold=0)
    found = parts(question.card(asked, crops.rows(asked)))
    assert nesting.Part.GALLERY not in {part["type"] for part in found}
    assert [part["label"] for part in found if "label" in part] == ["Render · free", texts.NEVER]


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "the first of 3 pictures"), (2, "number 2 of 3 pictures"), (3, "the last of 3 pictures")],
)
def test_the_file_that_was_taken_is_told_with_its_place(place: int, words: str) -> None:
    name = "@everyone <@1234567890> **x** `" + "long" * 900 + ".png"
    chosen = [Chosen(part=Part.PICTURE, name=name, place=place, of=3)]
    standing = a_standing(JobState.QUEUED)
    card = cards.accepted(standing, NOTICES["in line"], left=95, chosen=chosen)
    text = "\n".join(part["content"] for part in parts(card) if "content" in part)
    assert f"-# I used {words}: " in text
    assert "@everyone" not in text
    assert "**x**" not in text
    assert len(text) < 500
    assert isinstance(card, discord.ui.LayoutView)
