"""The builder's card and forms keep Discord's rules, whatever is built."""

from typing import Any

import pytest

from bot.domain.craft import sketch as sketches
from bot.domain.craft.phrases import PHRASES, Purpose
from bot.domain.craft.sketch import Sketch
from bot.domain.craft.starts import STARTS, Start
from cogs.ui import examples, workbench, workbench_forms
from cogs.ui.frame import Card
from cogs.ui.workbench import Page
from storage.records import Mode
from tests.cards.benches import a_bench, begun, hostile
from tests.fakes.discord import components, modals, nesting

HOSTILE = "**bold** <@1234567890> @everyone ||x|| `y` [z](https://x.example) " + "long " * 780


def parts(card: Card) -> list[dict[str, Any]]:
    payload: list[dict[str, Any]] = card.to_components()  # type: ignore[no-untyped-call]  # theirs
    return [part for _, part in nesting.walk(components.check(payload, is_v2=True))]


def said(card: Card) -> str:
    return "\n".join(part["content"] for part in parts(card) if "content" in part)


def menus(card: Card) -> dict[str, dict[str, Any]]:
    return {part["custom_id"]: part for part in parts(card) if part["type"] in nesting.SELECTS}


def chosen(menu: dict[str, Any]) -> list[str]:
    return [option["value"] for option in menu["options"] if option.get("default")]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("page", Page)
@pytest.mark.parametrize("sketch", [Sketch(), begun(), hostile(HOSTILE)])
def test_it_is_accepted_by_discord_and_outlives_restarts(
    sketch: Sketch, page: Page, mode: Mode
) -> None:
    card = workbench.card(a_bench(sketch, mode=mode), page)
    text = said(card)
    assert "<@1234567890>" not in text.replace("\\<", "")
    assert "@everyone" not in text
    assert card.is_persistent()


def test_the_two_pages_hold_every_purpose_once() -> None:
    ids = [*menus(workbench.card(a_bench())), *menus(workbench.card(a_bench(), Page.MOTION))]
    shown = [part.split(":")[2] for part in ids if part.startswith("v1:part:")]
    assert sorted(shown) == sorted(Purpose)


def test_what_was_chosen_is_marked_in_its_menu() -> None:
    bench = a_bench(begun())
    light = menus(workbench.card(bench))[f"v1:part:light:{bench.draft}"]
    assert chosen(light) == [PHRASES[Purpose.LIGHT][4]]
    face = menus(workbench.card(bench, Page.MOTION))[f"v1:part:expression:{bench.draft}"]
    assert chosen(face) == list(PHRASES[Purpose.EXPRESSION][1:3])
    assert face["min_values"] == 0


def test_own_words_for_a_part_are_marked_as_own() -> None:
    bench = a_bench(sketches.begin(Sketch(), Start.ESTABLISHING))
    menu = menus(workbench.card(bench))[f"v1:part:sound:{bench.draft}"]
    [own] = [option for option in menu["options"] if option.get("default")]
    assert own["label"].startswith("Now: The audio is water")


def test_without_words_a_video_from_words_cannot_be_made_yet() -> None:
    spent = [part["label"] for part in parts(workbench.card(a_bench())) if part.get("disabled")]
    assert spent == ["Make it"]
    picture = workbench.card(a_bench(mode=Mode.IMAGE))
    assert not any(part.get("disabled") for part in parts(picture))


@pytest.mark.parametrize("sketch", [Sketch(), begun(), hostile(HOSTILE[:3_900])])
def test_the_forms_are_accepted_by_discord(sketch: Sketch) -> None:
    bench = a_bench(sketch)
    for form in (
        workbench_forms.WriteForm(bench, Page.SCENE),
        workbench_forms.WholeForm(bench, Page.MOTION),
    ):
        modals.check(form.to_dict())


@pytest.mark.parametrize("start", Start)
def test_every_situation_has_a_title_and_fits_into_the_forms(start: Start) -> None:
    assert len(examples.TITLES[start]) <= 45
    for text in STARTS[start].parts.values():
        assert len(text) <= workbench_forms.LONGEST_PART
