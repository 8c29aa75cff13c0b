"""Portraits in the hand: saved, seen as videos crop them, renamed, removed, and used to speak."""

import asyncio
from pathlib import Path

import pytest

from tests.e2e.asking import BLUE, RED, first_frame, mean, two_coloured
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.desk import PLACES, newcomer, place, use
from tests.e2e.pressing import until_seen
from tests.e2e.results import refusal
from tests.fakes.discord.files import Upload
from tests.fakes.discord.messages import Message
from tests.fakes.discord.view import View

SAVED = "Saved."


async def save(town: Town, name: str = "Captain", **options: str) -> Message:
    given = {"name": name, **options}
    files = {"picture": two_coloured()}
    return await use(town, town.mira, town.channel, "portrait set", dict(given), files)


async def shown(town: Town, message: Message, words: str) -> View:
    return await town.until(message, lambda seen: words in seen.text)


@pytest.mark.parametrize("where", PLACES)
async def test_a_portrait_is_saved_shown_and_removed_everywhere(town: Town, where: str) -> None:
    await town.start()
    channel = place(town, where)
    files = {"picture": two_coloured()}
    message = await use(town, town.mira, channel, "portrait set", None, files)
    view = town.view(message)
    assert view.is_ephemeral
    assert SAVED in view.text
    assert "**Me** · your default" in view.text
    [file] = view.files
    assert file.description
    message = await use(town, town.mira, channel, "portrait show", {"shape": "tall"})
    assert "Seen in 9:16. The shape leaves out" in town.view(message).text
    message = await use(town, town.mira, channel, "portrait remove", {"name": "me"})
    await town.discord.people.click(town.mira, message, "Remove")
    await shown(town, message, "It is gone")
    assert list((town.data / "portraits").iterdir()) == []
    message = await use(town, town.mira, channel, "portrait show")
    assert "`/portrait set`" in town.view(message).text


async def test_the_crop_is_chosen_by_looking_and_stays_after_a_restart(town: Town) -> None:
    await town.start()
    message = await save(town, crop="start")
    await town.discord.people.select(
        town.mira, message, "v1:portrait-menu:shape:wide:1", ["square"]
    )
    view = await shown(town, message, "Seen in 1:1")
    assert view.button("Left").is_disabled
    assert mean(view.files[0].content)[RED] > 200
    await town.stop()
    await town.start()
    await town.discord.people.click(town.mira, message, "Right")
    view = await town.until(message, lambda seen: seen.button("Right").is_disabled)
    assert mean(view.files[0].content)[BLUE] > 200
    assert "the right stays" in view.text


async def test_presses_at_once_leave_the_card_as_the_portrait_is(town: Town) -> None:
    await town.start()
    message = await save(town)
    presses = ["Left", "Right", "Left", "Right"]
    pressed = await asyncio.gather(
        *(town.discord.people.click(town.mira, message, label) for label in presses)
    )
    for each in pressed:
        await town.discord.observer.answered(each, LONG_S)
    await town.until(message, lambda seen: message.edits >= len(presses) and bool(seen.files))
    [row] = await town.rows("SELECT anchor FROM portrait")
    spent = {"start": "Left", "end": "Right"}[str(row["anchor"])]
    assert town.view(message).button(spent).is_disabled


async def test_a_portrait_is_renamed_by_a_form_even_after_a_restart(town: Town) -> None:
    await town.start()
    message = await save(town)
    opened = await town.discord.people.click(town.mira, message, "Rename")
    await town.discord.observer.modal(opened)
    await town.stop()
    await town.start()
    sent = await town.discord.people.submit_modal(town.mira, opened, {"name": "**Old** <@1>"})
    view = await shown(town, message, r"**\*\*Old\*\* \<@")
    assert "Captain" not in view.text
    await save(town, "Second")
    taken = await town.discord.people.click(town.mira, message, "Rename")
    await town.discord.observer.modal(taken)
    sent = await town.discord.people.submit_modal(town.mira, taken, {"name": "SECOND"})
    assert "Choose another name" in await refusal(town, sent)


async def test_another_portrait_is_made_the_default_and_picked_from_the_card(town: Town) -> None:
    await town.start()
    await save(town, "First")
    message = await save(town, "Second")
    view = town.view(message)
    assert "stays as it is" in view.text
    await town.discord.people.click(town.mira, message, "Make default")
    view = await shown(town, message, "**Second** · your default")
    menu = next(each for each in view.menus if ":pick:" in each.custom_id)
    await town.discord.people.select(town.mira, message, menu.custom_id, ["1"])
    view = await shown(town, message, "**First**")
    assert "your default" not in view.text


async def test_nobody_sees_or_changes_another_s_portrait(town: Town) -> None:
    await town.start()
    message = await save(town)
    noa = newcomer(town)
    message.ephemeral_for = noa
    for label in ("Rename", "Remove", "Left"):
        pressed = await town.discord.people.click(noa, message, label)
        assert "no portrait like this" in await refusal(town, pressed)
    answer = await use(town, noa, town.channel, "portrait show", {"name": "#1"})
    assert "no portrait like this" in town.view(answer).text
    [row] = await town.rows("SELECT count(*) AS kept FROM portrait")
    assert row["kept"] == 1


async def test_a_portrait_that_is_removed_twice_is_removed_once(town: Town) -> None:
    await town.start()
    await save(town)
    message = await use(town, town.mira, town.channel, "portrait remove", {"name": "captain"})
    people = town.discord.people
    first, second = await asyncio.gather(
        people.click(town.mira, message, "Remove"), people.click(town.mira, message, "Remove")
    )
    await shown(town, message, "It is gone")
    # That it is gone already may be known before the press is acknowledged, or only after.
    await until_seen(town, "no portrait like this", first, second)


async def test_keeping_it_shows_it_again(town: Town) -> None:
    await town.start()
    await save(town)
    message = await use(town, town.mira, town.channel, "portrait remove", {"name": "#1"})
    await town.discord.people.click(town.mira, message, "Keep it")
    view = await town.discord.observer.file(message, LONG_S)
    assert "**Captain**" in view.text


async def test_a_file_that_is_no_picture_is_refused_with_what_to_do(
    town: Town, voice: Upload
) -> None:
    await town.start()
    answer = await use(town, town.mira, town.channel, "portrait set", None, {"picture": voice})
    assert "not a picture I can read" in town.view(answer).text


async def test_own_portraits_are_suggested_and_nobody_else_s(town: Town) -> None:
    await town.start()
    await save(town, "Captain")
    await save(town, "Café **x**")
    people, observer = town.discord.people, town.discord.observer
    typed = await people.autocomplete(
        town.mira, town.channel, "portrait show", "name", {"name": "CA"}
    )
    assert await observer.choices(typed) == ["Captain", "Café **x**"]
    typed = await people.autocomplete(town.mira, town.channel, "talk", "saved", {"saved": "cap"})
    assert await observer.choices(typed) == ["Captain", "No picture: the prompt says who speaks"]
    noa = newcomer(town)
    typed = await people.autocomplete(noa, town.channel, "portrait remove", "name", {"name": ""})
    assert await observer.choices(typed) == []


@pytest.mark.parametrize("how", ["default", "saved by suggestion", "saved by name", "none"])
async def test_talk_uses_the_portrait_that_is_meant(
    town: Town, voice: Upload, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    await save(town, crop="end")
    saved = {"saved by suggestion": "#1", "saved by name": "captain", "none": "#none"}
    options = {"saved": saved[how]} if how in saved else {}
    people = town.discord.people
    asked = await people.slash(
        town.mira, town.channel, "talk", {"shape": "square", **options}, {"audio": voice}
    )
    message = await town.reply(asked, LONG_S)
    notes = [view for view in [town.view(message)] if "I used your portrait Captain" in view.text]
    assert bool(notes) is (how == "default")
    view = await town.until(message, lambda seen: bool(seen.files))
    colours = mean(await first_frame(view.files[0].content, tmp_path))
    assert (colours[BLUE] > 3 * colours[RED]) is (how != "none")


async def test_a_picture_and_a_saved_portrait_at_once_are_refused(
    town: Town, voice: Upload, portrait: Upload
) -> None:
    await town.start()
    files = {"audio": voice, "portrait": portrait}
    answer = await use(town, town.mira, town.channel, "talk", {"saved": "me"}, files)
    view = town.view(answer)
    assert "with one of them" in view.text
    assert view.is_ephemeral


async def test_make_it_talk_prefers_the_saved_portrait_to_the_avatar(
    town: Town, voice: Upload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    await save(town, crop="start")
    people = town.discord.people
    note = await people.send_message(
        newcomer(town), town.channel, attachments=[voice], is_voice=True
    )
    used = await people.context_menu(town.mira, town.channel, "Make it talk", note)
    message = await town.reply(used, LONG_S)
    assert "I used your portrait Captain" in town.view(message).text
    view = await town.until(message, lambda seen: bool(seen.files))
    colours = mean(await first_frame(view.files[0].content, tmp_path))
    assert max(colours[RED], colours[BLUE]) > 60
