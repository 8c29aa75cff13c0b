"""The cards and forms of portraits, settings and help keep Discord's rules and hide no meaning."""

import json
from typing import Any

import discord
import pytest

from bot.domain.request import Chosen, Part
from bot.domain.shapes import Shape
from cogs.ui import (
    cards,
    examples,
    forms,
    guide,
    guide_texts,
    likeness,
    own_settings,
    server_settings,
    settings_texts,
)
from cogs.ui.frame import Card
from storage.records import JobState
from tests.cards import desks
from tests.cards.standings import NOTICES, a_standing
from tests.fakes.discord import components, modals, nesting


def parts(card: Card) -> list[dict[str, Any]]:
    payload: list[dict[str, Any]] = card.to_components()  # type: ignore[no-untyped-call]  # theirs
    return [part for _, part in nesting.walk(components.check(payload, is_v2=True))]


def said(card: Card) -> str:
    return "\n".join(part["content"] for part in parts(card) if "content" in part)


def every_card(name: str = "Captain") -> dict[str, Card]:
    portrait = desks.a_portrait(10**15 - 1, name)
    sights = {
        f"portrait {shape}": likeness.card(desks.a_sight(shape, name=name), "Saved.")
        for shape in Shape
    }
    return sights | {
        "remove": likeness.question(portrait, Shape.CINEMATIC),
        "gone": likeness.gone(portrait),
        "own": own_settings.card(desks.own_settings(name)),
        "own, nothing chosen": own_settings.card(desks.no_settings()),
        "server": server_settings.card(desks.some_rules()),
        "server, nothing set": server_settings.card(desks.no_rules()),
        "help": guide.card(desks.a_guide()),
        "help, free": guide.card(desks.a_guide(free=True)),
    }


def every_form() -> list[discord.ui.Modal]:
    portrait = desks.a_portrait(10**15 - 1, "x" * 32)
    return [
        forms.PortraitForm(10**15 - 1),
        likeness.NameForm(portrait, Shape.CINEMATIC),
        server_settings.NumbersForm(desks.some_rules()),
        server_settings.NumbersForm(desks.no_rules()),
        *(guide.ExampleForm(each) for each in examples.EXAMPLES),
    ]


@pytest.mark.parametrize("name", ["Captain", desks.HOSTILE_NAME])
def test_every_card_is_accepted_and_outlives_restarts(name: str) -> None:
    for which, card in every_card(name).items():
        text = said(card)
        assert "@everyone" not in text, which
        assert "<@123>" not in text.replace("\\<", ""), which
        assert card.timeout is None, which
        assert card.is_persistent(), which


async def test_every_form_is_accepted_by_discord() -> None:
    for form in every_form():
        payload = json.loads(json.dumps(form.to_dict()))
        # The library sends it for uploads whose number is not said.
        assert '"min_values": null' not in json.dumps(payload), payload
        modals.check(payload)


def test_every_picture_has_words_for_who_cannot_see_it() -> None:
    for shape in Shape:
        gallery = next(
            part
            for part in parts(likeness.card(desks.a_sight(shape)))
            if part["type"] == nesting.Part.GALLERY
        )
        assert gallery["items"][0]["description"]


def test_a_switch_says_how_it_stands_and_offers_the_opposite() -> None:
    for own, label in ((desks.own_settings(), "Turn off"), (desks.no_settings(), "Turn on")):
        found = parts(own_settings.card(own))
        [dm] = [part for part in found if str(part.get("custom_id")).startswith("v1:own:dm:")]
        assert dm["label"] == label
        state = settings_texts.ON if label == "Turn off" else settings_texts.OFF
        assert f"Message me when a video is done** · {state}" in str(found)


def test_present_values_are_chosen_in_the_menus() -> None:
    found = {part.get("custom_id"): part for part in parts(every_card()["server"])}
    assert len(found["v1:server-menu:channels"]["default_values"]) == 25
    assert len(found["v1:server-menu:roles"]["default_values"]) == 25
    chosen = [each for each in found["v1:server-menu:gallery"]["options"] if each.get("default")]
    assert [each["value"] for each in chosen] == ["public"]
    mine = {part.get("custom_id"): part for part in parts(every_card()["own"])}
    for menu in ("v1:own-menu:shape", "v1:own-menu:portrait"):
        assert [each.get("default") for each in mine[menu]["options"]].count(True) == 1


def test_the_portrait_that_was_used_unasked_is_told() -> None:
    told = Chosen(part=Part.PORTRAIT, name=desks.HOSTILE_NAME, place=1, of=1)
    standing = a_standing(JobState.QUEUED)
    text = said(cards.accepted(standing, NOTICES["in line"], left=95, chosen=[told]))
    assert "-# I used your portrait " in text
    assert "@everyone" not in text


def test_examples_can_be_named_by_their_suggestion() -> None:
    slugs = [each.slug for each in examples.EXAMPLES]
    assert len(set(slugs)) == len(slugs)
    for each in examples.EXAMPLES:
        assert each.slug.isascii()
        assert each.slug.isalpha()
        assert examples.by_slug(each.slug) is each
        assert 100 < len(each.prompt) < 400


def test_help_tells_only_prices_that_are_known() -> None:
    assert "5 from words, 5 from a picture, 7 from a sound" in said(every_card()["help"])
    assert "Credits for 5 seconds" not in guide_texts.costs({}, 60)
    assert "You have 60." in guide_texts.costs({}, 60)
