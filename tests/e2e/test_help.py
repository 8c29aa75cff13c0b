"""Help: examples that are made by a press, prices, and the tour after the first command."""

import asyncio

import pytest

from tests.e2e.asking import prices, two_coloured
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.desk import PLACES, newcomer, place, use
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.modals import Answer
from tests.fakes.discord.nouns import User
from tests.fakes.moments import Moment, Phase

TOUR = "New here?"


def tours(town: Town, *done: Interaction) -> list[str]:
    texts = [town.view(message).text for each in done for message in each.followups]
    return [text for text in texts if TOUR in text]


@pytest.mark.parametrize("where", PLACES)
async def test_help_shows_examples_and_one_is_made_everywhere(town: Town, where: str) -> None:
    await town.start()
    channel = place(town, where)
    guide = await use(town, town.mira, channel, "help")
    view = town.view(guide)
    assert view.is_ephemeral
    for words in ("`/video`", "Make it talk", "Credits for 5 seconds", "deleted"):
        assert words in view.text
    opened = await town.discord.people.click(town.mira, guide, "v1:example:tram")
    await town.discord.observer.modal(opened)
    await town.stop()
    await town.start()
    answers: dict[str, Answer] = {"prompt": "A kite.", "shape": ["square"], "seconds": ["2"]}
    sent = await town.discord.people.submit_modal(town.mira, opened, answers)
    message = await town.reply(sent, LONG_S)
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "A kite." in view.text
    assert "1:1" in view.text
    assert not view.is_ephemeral
    assert await town.broken_invariants() == []


async def test_an_example_is_made_as_it_stands(town: Town) -> None:
    await town.start()
    guide = await town.slash("help")
    opened = await town.discord.people.click(town.mira, guide, "v1:example:coffee")
    await town.discord.observer.modal(opened)
    sent = await town.discord.people.submit_modal(town.mira, opened, {})
    message = await town.reply(sent, LONG_S)
    view = town.view(message)
    assert "coffee being poured" in view.text
    assert "9:16" in view.text


async def test_an_example_with_a_picture_takes_it_in_the_form(town: Town) -> None:
    await town.start()
    guide = await town.slash("help")
    opened = await town.discord.people.click(town.mira, guide, "v1:example:harbour")
    await town.discord.observer.modal(opened)
    files: dict[str, Answer] = {"picture": [two_coloured(400, 400)], "seconds": ["2"]}
    sent = await town.discord.people.submit_modal(town.mira, opened, files)
    message = await town.reply(sent, LONG_S)
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "picture to video" in view.text


@pytest.mark.parametrize("who", ["avatar", "nobody", "picture"])
async def test_an_example_with_a_sound_speaks_through_whom_there_is(
    town: Town, voice: Upload, portrait: Upload, who: str
) -> None:
    await town.start()
    presser: User = newcomer(town) if who == "nobody" else town.mira
    guide = await use(town, presser, town.channel, "help")
    opened = await town.discord.people.click(presser, guide, "v1:example:story")
    await town.discord.observer.modal(opened)
    files: dict[str, Answer] = {"sound": [voice]}
    if who == "picture":
        files["picture"] = [portrait]
    sent = await town.discord.people.submit_modal(presser, opened, files)
    message = await town.reply(sent, LONG_S)
    await town.until(message, lambda seen: bool(seen.files))
    [post] = [seen for seen in town.deapi.asked("videos/audio-syncs") if "price" not in seen.path]
    assert ("first_frame_image" in post.fields) is (who != "nobody")


async def test_a_form_sent_twice_at_once_makes_what_its_limits_allow(town: Town) -> None:
    await town.start()
    guide = await town.slash("help")
    opened = await town.discord.people.click(town.mira, guide, "v1:example:tram")
    await town.discord.observer.modal(opened)
    people = town.discord.people
    sent = await asyncio.gather(
        *(people.submit_modal(town.mira, opened, {"seconds": ["2"]}) for _ in range(2))
    )
    for each in sent:
        await town.reply(each, LONG_S)
    assert len(await town.rows("SELECT id FROM job")) == 2, "two sent forms are two wishes"
    assert await town.broken_invariants() == []


async def test_an_example_of_an_earlier_version_is_answered_with_what_to_do(town: Town) -> None:
    await town.start()
    guide = await town.slash("help")
    for part in walk_buttons(guide.draft.components):
        if part.get("custom_id") == "v1:example:tram":
            part["custom_id"] = "v1:example:bygone"
    pressed = await town.discord.people.click(town.mira, guide, "v1:example:bygone")
    answer = await town.reply(pressed, LONG_S)
    assert "send the command again" in town.view(answer).text


def walk_buttons(parts: object) -> list[dict[str, object]]:
    if isinstance(parts, dict):
        inner = [each for value in parts.values() for each in walk_buttons(value)]
        return [parts, *inner]
    if isinstance(parts, list | tuple):
        return [each for part in parts for each in walk_buttons(part)]
    return []


async def test_prices_are_read_once_a_day_and_left_out_where_nobody_tells_them(
    town: Town,
) -> None:
    await town.start()
    await town.slash("help")
    asked = len(prices(town))
    assert asked == 3
    await town.slash("help")
    assert len(prices(town)) == asked


async def test_where_videos_are_free_help_says_so(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    view = town.view(await town.slash("help"))
    assert "Nothing: this bot renders videos itself." in view.text
    assert "deAPI" not in view.text


@pytest.mark.parametrize("where", PLACES)
async def test_the_first_command_is_followed_by_the_tour_once_in_a_lifetime(
    town: Town, where: str
) -> None:
    town.is_new = True
    await town.start()
    channel = place(town, where)
    people = town.discord.people
    first = await people.slash(town.mira, channel, "credits")
    told = await town.discord.observer.wait_for(lambda: tours(town, first) or None, LONG_S)
    assert len(told) == 1
    assert all(message.ephemeral_for is town.mira for message in first.followups)
    await town.stop()
    await town.start()
    second = await people.slash(town.mira, channel, "jobs")
    await town.reply(second, LONG_S)
    third = await people.slash(town.mira, channel, "video", {"prompt": WORDS, "seconds": 2})
    message = await town.reply(third, LONG_S)
    await town.until(message, lambda seen: bool(seen.files))
    assert tours(town, second, third) == []


async def test_two_first_commands_at_once_get_one_tour(town: Town) -> None:
    town.is_new = True
    await town.start()
    people = town.discord.people
    done = [await people.slash(town.mira, town.channel, "credits") for _ in range(4)]
    await town.discord.observer.wait_for(lambda: tours(town, *done) or None, LONG_S)
    for each in done:
        await town.reply(each, LONG_S)
    await town.slash("jobs")
    assert len(tours(town, *done)) == 1


async def test_a_stop_waits_for_the_tour_that_is_being_shown(town: Town) -> None:
    town.is_new = True
    await town.start()
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def hold(moment: Moment) -> bool:
        if moment.phase is Phase.ARRIVED and moment.method == "POST" and "webhook" in moment.path:
            arrived.set()
            await go_on.wait()
        return False

    town.discord.moments.watch(hold)
    first = await town.discord.people.slash(town.mira, town.channel, "credits")
    await asyncio.wait_for(arrived.wait(), LONG_S)
    stop = asyncio.create_task(town.stop())
    ended, _ = await asyncio.wait({stop}, timeout=0.3)
    go_on.set()
    await stop
    assert ended == set()
    assert len(tours(town, first)) == 1


async def test_who_asks_for_help_first_needs_no_tour(town: Town) -> None:
    town.is_new = True
    await town.start()
    people = town.discord.people
    first = await people.slash(town.mira, town.channel, "help")
    await town.reply(first, LONG_S)
    await town.until_row("SELECT 1 FROM preference WHERE greeted = 1")
    second = await people.slash(town.mira, town.channel, "credits")
    await town.reply(second, LONG_S)
    await town.slash("jobs")
    assert tours(town, first, second) == []
