"""Cost and balance stand in the answer of every way to a video; a dear one is asked about first."""

from collections.abc import Awaitable, Callable

import pytest

from storage.records import Balance
from tests.e2e.asking import a_voice, two_coloured
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.results import answer, labels, press
from tests.fakes.discord.messages import Message

Way = Callable[[Town], Awaitable[Message]]


async def by_video(town: Town) -> Message:
    return await town.slash("video", prompt=WORDS, seconds=2)


async def by_animate(town: Town) -> Message:
    return await town.slash("animate", image=two_coloured(), prompt=WORDS, seconds=2)


async def by_talk(town: Town) -> Message:
    return await town.slash("talk", audio=a_voice())


async def by_make_a_video(town: Town) -> Message:
    people = town.discord.people
    message = await people.send_message(town.mira, town.channel, WORDS)
    used = await people.context_menu(town.mira, town.channel, "Make a video", message)
    return await town.reply(used, LONG_S)


async def by_make_it_talk(town: Town) -> Message:
    people = town.discord.people
    message = await people.send_message(
        town.mira, town.channel, attachments=[a_voice()], is_voice=True
    )
    used = await people.context_menu(town.mira, town.channel, "Make it talk", message)
    return await town.reply(used, LONG_S)


WAYS = [by_video, by_animate, by_talk, by_make_a_video, by_make_it_talk]


@pytest.mark.parametrize("way", WAYS)
async def test_above_the_threshold_nothing_is_held_before_yes(
    town: Town, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    monkeypatch.setenv("TALKIE_ASK_ABOVE_CREDITS", "0")
    await town.start()
    asked = await way(town)
    [*_, render, edit, never] = labels(town.view(asked))
    assert render.startswith("Render · ")
    assert render.endswith(" of 100 credits")
    assert [edit, never] == ["Edit", "Never mind"]
    assert await town.balance() == Balance(available=100, held=0)
    assert town.deapi.posts == 0


@pytest.mark.parametrize("way", WAYS)
async def test_below_it_the_answer_says_what_is_held_and_what_is_left(
    town: Town, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    monkeypatch.setenv("TALKIE_ASK_ABOVE_CREDITS", "100")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await way(town)
    balance = await town.balance()
    assert balance.held > 0
    view = town.view(message)
    assert f"Held {balance.held} credits, {balance.available} left." in view.text


async def test_again_and_remix_ask_as_every_command_does(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ASK_ABOVE_CREDITS", "0")
    await town.start()
    message = await by_video(town)
    await press(town, message, "Render · 5 of 100 credits")
    await town.until(message, lambda seen: bool(seen.files))
    asked = await answer(town, await press(town, message, "Again"))
    assert labels(town.view(asked)) == ["Improve", "Render · 5 of 95 credits", "Edit", "Never mind"]
    opened = await press(town, message, "Remix")
    await town.discord.observer.modal(opened)
    sent = await town.discord.people.submit_modal(town.mira, opened, {"prompt": "It rains."})
    other = await answer(town, sent)
    assert labels(town.view(other)) == ["Improve", "Render · 5 of 95 credits", "Edit", "Never mind"]
    assert await town.balance() == Balance(available=95, held=0)
    await press(town, asked, "Never mind")
    await town.until(asked, lambda seen: "paid nothing" in seen.text)
    assert len(await town.rows("SELECT id FROM job")) == 1
    assert await town.broken_invariants() == []
