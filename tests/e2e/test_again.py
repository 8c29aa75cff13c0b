"""Again and Remix: under every finished video, for whoever presses, at any time."""

import asyncio

import pytest

from bot.services import presses
from storage.records import Balance
from tests.e2e.asking import two_coloured
from tests.e2e.conftest import LONG_S, PATIENCE_MS, Town
from tests.e2e.results import (
    PLACES,
    ROWS,
    answer,
    finished,
    labels,
    place,
    press,
    refusal,
    stranger,
)
from tests.fakes.discord.files import Upload

NEW_WORDS = "The bicycle rides off by itself along the harbour wall at dusk."


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine does not make two presses of one, also with a restart between."""
    monkeypatch.setattr(presses, "DEBOUNCE_MS", PATIENCE_MS)


@pytest.mark.parametrize("where", PLACES)
async def test_again_makes_the_same_with_a_new_seed_wherever_it_is_pressed(
    town: Town, where: str
) -> None:
    await town.start()
    message = await finished(town, place(town, where), shape="tall", seed=7)
    assert labels(town.view(message)) == ROWS
    second = await answer(town, await press(town, message, "Again"))
    assert second.id != message.id
    assert not town.view(second).is_ephemeral
    view = await town.until(second, lambda seen: bool(seen.files))
    assert labels(view) == ROWS
    rows = await town.rows("SELECT prompt, shape, frames, made_from FROM job ORDER BY id")
    assert rows[1] == rows[0] | {"made_from": 1}
    seeds = await town.rows("SELECT DISTINCT seed FROM job")
    assert len(seeds) == 2
    assert await town.balance() == Balance(available=90, held=0)
    assert await town.broken_invariants() == []


async def test_the_waiting_card_of_again_says_what_it_holds_and_what_is_left(town: Town) -> None:
    await town.start()
    message = await finished(town)
    town.deapi.behaviour.looks_until_done = None
    second = await answer(town, await press(town, message, "Again"))
    view = await town.until(second, lambda seen: "Cancel #2" in labels(seen))
    assert "Held 5 credits, 90 left." in view.text


async def until_let_go(town: Town) -> None:
    """Wait until no press is under way any more: its card is seen before that."""
    assert town.talkie is not None
    again = town.talkie.services.again
    async with asyncio.timeout(LONG_S):
        while not all(press.is_answered for press in again._doorbell._heard.values()):  # noqa: ASYNC110 it does not ring
            await asyncio.sleep(0.02)


async def test_ten_presses_within_five_seconds_make_one_job(town: Town) -> None:
    await town.start()
    message = await finished(town)
    town.deapi.behaviour.looks_until_done = None
    used = [await press(town, message, "Again") for _ in range(10)]
    for pressed in used:
        await town.discord.observer.answered(pressed)
    hidden = [pressed for pressed in used if pressed.is_ephemeral]
    assert len(hidden) == 9
    for pressed in hidden:
        assert "just pressed this" in await refusal(town, pressed)
    [first] = [pressed for pressed in used if not pressed.is_ephemeral]
    await town.until(await answer(town, first), lambda seen: "Cancel #2" in labels(seen))
    assert len(await town.rows("SELECT id FROM job")) == 2
    assert await town.balance() == Balance(available=90, held=5)
    await until_let_go(town)
    town.clock.advance(PATIENCE_MS / 1000)
    later = await press(town, message, "Again")
    await town.until(await answer(town, later), lambda seen: "Cancel #3" in labels(seen))


async def test_a_press_is_the_same_press_after_a_restart(town: Town) -> None:
    await town.start()
    message = await finished(town)
    await answer(town, await press(town, message, "Again"))
    await town.until_row("SELECT 1 FROM job WHERE id = 2")
    await town.stop()
    await town.start()
    assert "just pressed this" in await refusal(town, await press(town, message, "Again"))
    assert len(await town.rows("SELECT id FROM job")) == 2


async def test_months_later_and_after_a_restart_both_buttons_still_work(town: Town) -> None:
    await town.start()
    message = await finished(town)
    await town.forget_tokens()
    await town.stop()
    town.clock.advance(90 * 24 * 3600)
    town.discord.clock.advance(90 * 24 * 3600)
    await town.start()
    second = await answer(town, await press(town, message, "Again"))
    await town.until(second, lambda seen: bool(seen.files))
    opened = await press(town, second, "Remix")
    await town.discord.observer.modal(opened)
    await town.stop()
    await town.start()
    sent = await town.discord.people.submit_modal(town.mira, opened, {"prompt": NEW_WORDS})
    third = await answer(town, sent)
    view = await town.until(third, lambda seen: bool(seen.files))
    assert NEW_WORDS in view.text
    assert await town.rows("SELECT made_from FROM job WHERE id = 3") == [{"made_from": 2}]
    assert await town.broken_invariants() == []


async def test_a_press_that_failed_can_be_repeated_at_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_MEMBER_QUEUE", "1")
    await town.start()
    message = await finished(town)
    town.deapi.behaviour.looks_until_done = None
    await town.slash("video", prompt="A gull.", seconds=2)
    await town.started(2)
    await town.slash("video", prompt="Another gull.", seconds=2)
    for _ in range(2):
        assert "1 video waiting" in await refusal(town, await press(town, message, "Again"))
    town.deapi.jobs.finish(list(town.deapi.jobs.by_id.values())[-1])
    await town.started(3)
    second = await answer(town, await press(town, message, "Again"))
    await town.until(second, lambda seen: "Cancel #4" in labels(seen))


async def test_another_member_makes_it_again_with_their_own_credits(town: Town) -> None:
    await town.start()
    message = await finished(town)
    noa = stranger(town)
    second = await answer(town, await press(town, message, "Again", noa))
    await town.until(second, lambda seen: bool(seen.files))
    assert await town.balance() == Balance(available=95, held=0)
    owners = await town.rows("SELECT discord_id FROM person WHERE discord_id > 0 ORDER BY id")
    assert [row["discord_id"] for row in owners] == [town.mira.id, noa.id]
    assert len(await town.rows("SELECT DISTINCT person_id FROM job")) == 2


@pytest.mark.parametrize("label", ["Again", "Remix"])
async def test_a_picture_is_only_its_member_s_to_use_again(town: Town, label: str) -> None:
    await town.start()
    message = await town.slash(
        "animate", image=two_coloured(), prompt=NEW_WORDS, shape="wide", seconds=2
    )
    await town.until(message, lambda seen: bool(seen.files))
    text = await refusal(town, await press(town, message, label, stranger(town)))
    assert "only they can use" in text
    assert len(await town.rows("SELECT id FROM job")) == 1


async def test_a_remix_opens_with_the_old_wish_and_changes_what_was_changed(town: Town) -> None:
    await town.start()
    message = await town.slash(
        "animate", image=two_coloured(), prompt=NEW_WORDS, shape="wide", seconds=3
    )
    await town.until(message, lambda seen: bool(seen.files))
    opened = await press(town, message, "Remix")
    form = await town.discord.observer.modal(opened)
    assert form["custom_id"] == "v1:remix:1"
    fields = {part["component"]["custom_id"]: part["component"] for part in form["components"]}
    assert fields["prompt"]["value"] == NEW_WORDS
    preset = {
        name: next(option["value"] for option in field["options"] if option.get("default"))
        for name, field in fields.items()
        if "options" in field
    }
    same = {"shape": "wide", "seconds": "same", "size": "standard", "next": "make"}
    assert preset == same
    sent = await town.discord.people.submit_modal(
        town.mira, opened, {"shape": ["square"], "seconds": ["2"]}
    )
    await town.until(await answer(town, sent), lambda seen: bool(seen.files))
    rows = await town.rows("SELECT prompt, shape, frames FROM job WHERE id = 2")
    assert rows == [{"prompt": NEW_WORDS, "shape": "square", "frames": 49}]
    assert await town.broken_invariants() == []


async def test_a_sound_says_how_long_a_remix_lasts(
    town: Town, voice: Upload, portrait: Upload
) -> None:
    await town.start()
    message = await town.slash("talk", audio=voice, portrait=portrait)
    await town.until(message, lambda seen: bool(seen.files))
    opened = await press(town, message, "Remix")
    form = await town.discord.observer.modal(opened)
    names = [part["component"]["custom_id"] for part in form["components"]]
    assert names == ["prompt", "shape", "size", "next"]
    sent = await town.discord.people.submit_modal(town.mira, opened, {"prompt": NEW_WORDS})
    await town.until(await answer(town, sent), lambda seen: bool(seen.files))
    rows = await town.rows("SELECT DISTINCT frames FROM job")
    assert len(rows) == 1


async def test_two_different_remixes_at_once_are_two_jobs_and_two_alike_are_one(
    town: Town,
) -> None:
    await town.start()
    message = await finished(town)
    town.deapi.behaviour.looks_until_done = None
    opened = await press(town, message, "Remix")
    await town.discord.observer.modal(opened)
    sent = [
        await town.discord.people.submit_modal(town.mira, opened, {"prompt": words})
        for words in (NEW_WORDS, NEW_WORDS, "It rains.")
    ]
    for each in sent:
        await town.discord.observer.answered(each)
    assert sorted(bool(each.is_ephemeral) for each in sent) == [False, False, True]
    await town.until_row("SELECT 1 FROM job WHERE id = 3")
    assert len(await town.rows("SELECT id FROM job")) == 3


async def test_a_dear_one_is_asked_about_before_anything_is_held(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ASK_ABOVE_CREDITS", "5")
    await town.start()
    picture = two_coloured()
    message = await town.slash(
        "animate", image=picture, prompt=NEW_WORDS, shape="square", seconds=2
    )
    await town.until(message, lambda seen: bool(seen.files))
    opened = await press(town, message, "Remix")
    await town.discord.observer.modal(opened)
    sent = await town.discord.people.submit_modal(town.mira, opened, {"seconds": ["9"]})
    asked = await answer(town, sent)
    view = await town.until(asked, lambda seen: bool(seen.buttons))
    [*_, render, edit, never] = labels(view)
    assert render.startswith("Render · ")
    assert render.endswith(" of 95 credits")
    assert [edit, never] == ["Edit", "Never mind"]
    assert view.files, "the first frame is seen"
    assert await town.balance() == Balance(available=95, held=0)
    await town.forget_tokens()
    await town.stop()
    await town.start()
    await press(town, asked, render)
    view = await town.until(asked, lambda seen: "AI-generated" in seen.text)
    assert labels(view) == ROWS
    rows = await town.rows("SELECT frames, made_from FROM job WHERE id = 2")
    assert rows == [{"frames": 217, "made_from": 1}]
    assert await town.broken_invariants() == []


async def test_the_video_shown_by_its_number_has_live_buttons_too(town: Town) -> None:
    await town.start()
    await finished(town)
    shown = await town.slash("jobs", id=1)
    view = await town.until(shown, lambda seen: bool(seen.files))
    assert labels(view) == ROWS
    second = await answer(town, await press(town, shown, "Again"))
    await town.until(second, lambda seen: bool(seen.files))


@pytest.mark.parametrize("label", ["Again", "Remix", "Delete"])
async def test_a_number_nobody_has_is_answered_with_a_sentence(town: Town, label: str) -> None:
    await town.start()
    message = await finished(town)
    for part in message.draft.components:
        _renumber(part, "999999999999999")
    pressed = await press(town, message, label)
    await asyncio.wait_for(town.discord.observer.answered(pressed), LONG_S)
    assert "There is no video #999999999999999" in await refusal(town, pressed)


async def test_a_form_with_values_nobody_offered_is_refused(town: Town) -> None:
    await town.start()
    message = await finished(town)
    opened = await press(town, message, "Remix")
    form = await town.discord.observer.modal(opened)
    for part in form["components"]:
        for option in part["component"].get("options", []):
            option["value"] = "../../etc"
    sent = await town.discord.people.submit_modal(town.mira, opened, {})
    assert "already used or has expired" in await refusal(town, sent)
    assert len(await town.rows("SELECT id FROM job")) == 1


def _renumber(part: dict[str, object], number: str) -> None:
    if isinstance(part.get("custom_id"), str):
        part["custom_id"] = str(part["custom_id"]).replace(":1", f":{number}")
    for inner in part.get("components") or []:  # type: ignore[attr-defined]  # Discord's JSON
        _renumber(inner, number)
