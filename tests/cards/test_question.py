"""The question card keeps Discord's rules, whatever it asks about."""

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.coach.findings import Finding, Rule, Severity
from bot.domain.request import Anchor, Chosen, Part, Plan, Wish
from bot.domain.shapes import Cut, Direction, Shape, Size
from bot.domain.versions import Snag, Words
from bot.services.intake import Question
from cogs.ui import cards, question, rewording, texts
from cogs.ui.frame import Card
from storage.belongings import Author, Version
from storage.records import Balance, JobState, Mode
from tests.cards import drafts
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
    card = question.card(asked)
    text = "\n".join(part["content"] for part in parts(card) if "content" in part)
    assert "<@1234567890>" not in text.replace("\\<", "")
    assert "@everyone" not in text
    assert card.timeout is None
    assert card.is_persistent()


def test_what_stays_is_said_in_words_and_its_button_is_spent() -> None:
    asked = a_question()
    found = parts(question.card(asked))
    assert any("74 % of the picture's height; the bottom stays" in str(part) for part in found)
    spent = [part["label"] for part in found if part.get("disabled")]
    assert spent == ["Bottom"]


def test_without_a_picture_there_is_no_gallery() -> None:
    asked = a_question(picture=None, cut=None, hold=0)
    found = parts(question.card(asked))
    assert nesting.Part.GALLERY not in {part["type"] for part in found}
    assert [part["label"] for part in found if "label" in part] == [
        "Improve",
        "Render · free",
        "Edit",
        texts.NEVER,
    ]


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


def test_a_tip_is_one_quiet_line_in_which_a_member_s_words_mean_nothing() -> None:
    facts = {"words": "**Subject** <@1234567890> @everyone\n# " + "long " * 200}
    finding = Finding(rule=Rule.LABELS, severity=Severity.WEAK, facts=facts)
    card = cards.accepted(a_standing(JobState.QUEUED), NOTICES["in line"], left=95, tip=finding)
    text = "\n".join(part["content"] for part in parts(card) if "content" in part)
    last = text.splitlines()[-1]
    assert last.startswith("-# Tip: Headings like “\\*\\*Subject")
    assert "@everyone" not in last
    assert len(last) < 400


def test_findings_are_four_at_most_and_the_better_version_is_offered_with_its_price() -> None:
    found = tuple(Finding(rule=Rule.NO_LIGHT, severity=Severity.HINT) for _ in range(7))
    asked = a_question(cut=None, findings=found, can_improve=True)
    made = parts(question.card(asked))
    text = "\n".join(part["content"] for part in made if "content" in part)
    assert text.count("• ") == 4
    assert [part["label"] for part in made if "label" in part] == [
        "Use the better version",
        "Improve",
        "Render anyway · 999999 of 1000000 credits",
        "Edit",
        "Never mind",
    ]


def test_a_difference_strikes_what_is_gone_and_keeps_a_member_s_marks_harmless() -> None:
    shown = rewording.difference("A **cat** ran @everyone home.", "A **cat** runs @everyone home.")
    assert "~~ran~~ **runs**" in shown
    assert "@everyone" not in shown
    assert "\\*\\*cat\\*\\*" in shown


@pytest.mark.parametrize("own", [HOSTILE, "x " * 1_990, "** ~~ " * 600])
def test_a_difference_of_the_longest_words_still_fits_the_card(own: str) -> None:
    asked = a_question(
        words=Words(own=own, better=HOSTILE, author=Author.COACH),
        findings=(
            Finding(rule=Rule.TOO_MUCH, severity=Severity.WEAK, facts={"seconds": "9" * 4_000}),
        )
        * 4,
    )
    text = "\n".join(part["content"] for part in parts(question.card(asked)) if "content" in part)
    assert len(text) < 4_000


@pytest.mark.parametrize("words", ["word " * 800, "** ~~ " * 600, "`x` " * 1_000])
def test_what_was_sent_fits_a_card_with_what_its_member_wrote(words: str) -> None:
    version = Version(own=words, author=Author.ENGINE, price_micro=160)
    standing = replace(a_standing(JobState.DONE, prompt=words), version=version)
    card = rewording.sent(standing)
    text = "\n".join(part["content"] for part in parts(card) if "content" in part)
    assert len(text) < 4_000


async def test_every_question_about_words_is_accepted_by_discord() -> None:
    for name, card in (await drafts.coaching()).items():
        text = "\n".join(part["content"] for part in parts(card) if "content" in part)
        assert text, name
        assert card.is_persistent(), name


def test_each_snag_says_what_it_is_and_whose_version_stands_there() -> None:
    for snag in Snag:
        words = Words(own="A cat.", better="A black cat.", author=Author.BUILDER, snag=snag)
        plan = replace(a_question().plan, prompt="A black cat.")
        lines = rewording.lines(a_question(words=words, plan=plan))
        assert rewording.SNAGS[snag] in lines[0]
        assert "Talkie's own version" in lines[0]
