"""The builder: a prompt is chosen from lists and written in parts, then made."""

import asyncio

import pytest

from bot.domain.craft.phrases import PHRASES, Purpose
from bot.domain.craft.starts import STARTS, Start
from cogs.ui import workbench_texts as texts
from storage.records import Balance
from tests.e2e.asking import labels, press, two_coloured
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.desk import PLACES, newcomer, place, use
from tests.e2e.results import finished, refusal, whispers
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.modals import Answer
from tests.fakes.discord.nouns import User

WORDS = "An old sailor reads a letter at the kitchen table and begins to smile"
LIGHT = PHRASES[Purpose.LIGHT][4]
FACE = list(PHRASES[Purpose.EXPRESSION][1:3])


async def choose(
    town: Town, message: Message, menu: str, *values: str, user: User | None = None
) -> Interaction:
    """Choose in a menu of the builder, by the start of its id."""
    [found] = [
        each.custom_id
        for each in town.view(message).menus
        if each.custom_id.startswith(f"v1:{menu}:")
    ]
    return await town.discord.people.select(user or town.mira, message, found, list(values))


async def fill(town: Town, message: Message, button: str, **answers: Answer) -> Interaction:
    """Open a form of the builder and send it."""
    opened = await press(town, message, button)
    await town.discord.observer.modal(opened)
    return await town.discord.people.submit_modal(town.mira, opened, answers)


async def restart(town: Town) -> None:
    await town.forget_tokens()
    await town.stop()
    await town.start()


async def prompts(town: Town) -> list[object]:
    return [row["prompt"] for row in await town.rows("SELECT prompt FROM job ORDER BY id")]


@pytest.mark.parametrize("where", PLACES)
async def test_a_prompt_is_built_and_made_everywhere_with_restarts_between(
    town: Town, where: str
) -> None:
    await town.start()
    message = await use(town, town.mira, place(town, where), "video", {"seconds": 2})
    assert texts.EMPTY in town.view(message).text
    assert town.view(message).button(texts.MAKE).is_disabled
    await restart(town)
    await fill(town, message, texts.WRITE, words=WORDS, sound="a ticking clock")
    await town.until(message, lambda seen: "old sailor" in seen.text)
    await restart(town)
    await choose(town, message, "part:light", LIGHT)
    await town.until(message, lambda seen: "single warm lamp" in seen.text)
    await press(town, message, texts.MOTION)
    await town.until(message, lambda seen: texts.SCENE in labels(seen))
    await restart(town)
    await choose(town, message, "part:expression", *FACE)
    view = await town.until(message, lambda seen: "natural blinks" in seen.text.lower())
    assert "You have 100 credits." in view.text
    assert await town.balance() == Balance(available=100, held=0)
    assert town.deapi.posts == 0
    await restart(town)
    await press(town, message, texts.MAKE)
    await town.until(message, lambda seen: bool(seen.files))
    [made] = await prompts(town)
    assert made == (
        "A single warm lamp in a dark room. An old sailor reads a letter at the kitchen table and "
        "begins to smile. A smile begins in the eyes before it reaches the mouth. Natural blinks "
        "between sentences. The audio is a ticking clock."
    )
    assert await town.rows("SELECT id FROM draft") == []
    assert await town.balance() == Balance(available=95, held=0)
    assert await town.broken_invariants() == []


async def test_a_situation_fills_the_parts_and_own_words_stay(town: Town) -> None:
    await town.start()
    message = await town.slash("video", seconds=2, parts=True, prompt=WORDS)
    await choose(town, message, "begin", Start.ESTABLISHING)
    await town.until(message, lambda seen: "fishing harbour" in seen.text)
    await press(town, message, texts.MAKE)
    await town.until(message, lambda seen: bool(seen.files))
    [made] = await prompts(town)
    assert f"{WORDS}." in str(made)
    assert "Boats rise" not in str(made)


async def test_all_the_words_can_be_seen_and_changed(town: Town) -> None:
    await town.start()
    message = await town.slash("video", seconds=2)
    await choose(town, message, "begin", Start.LANDSCAPE_WAKES)
    await town.until(message, lambda seen: "heron" in seen.text)
    opened = await press(town, message, texts.WHOLE)
    form = await town.discord.observer.modal(opened)
    assert STARTS[Start.LANDSCAPE_WAKES].prompt in str(form)
    changed = f"A heron sleeps. {LIGHT[0].upper()}{LIGHT[1:]}."
    await town.discord.people.submit_modal(town.mira, opened, {"words": changed})
    await town.until(message, lambda seen: "A heron sleeps" in seen.text)
    await press(town, message, texts.MAKE)
    await town.until(message, lambda seen: bool(seen.files))
    assert await prompts(town) == [f"{LIGHT[0].upper()}{LIGHT[1:]}. A heron sleeps."]


async def test_a_choice_is_taken_back(town: Town) -> None:
    await town.start()
    message = await town.slash("video", seconds=2, parts=True, prompt=WORDS)
    await choose(town, message, "part:light", LIGHT)
    await town.until(message, lambda seen: "warm lamp" in seen.text)
    await choose(town, message, "part:light", "-")
    await town.until(message, lambda seen: "warm lamp" not in seen.text)


async def test_never_mind_leaves_nothing(town: Town) -> None:
    await town.start()
    message = await town.slash("video", seconds=2)
    await press(town, message, "Never mind")
    await town.until(message, lambda seen: "paid nothing" in seen.text)
    assert await town.rows("SELECT id FROM draft") == []
    assert await town.balance() == Balance(available=100, held=0)


async def test_a_stranger_changes_nothing(town: Town) -> None:
    await town.start()
    message = await town.slash("video", seconds=2, parts=True, prompt=WORDS)
    before = town.view(message).text
    noa = newcomer(town)
    people = town.discord.people
    used = [
        await choose(town, message, "part:light", LIGHT, user=noa),
        await choose(town, message, "begin", Start.DIALOGUE, user=noa),
        *[
            await people.click(noa, message, label)
            for label in (texts.MAKE, texts.WRITE, texts.MOTION, texts.WHOLE, "Never mind")
        ],
    ]
    for pressed in used:
        assert "somebody else" in await refusal(town, pressed)
    assert town.view(message).text == before
    assert await town.rows("SELECT id FROM job") == []


async def test_make_pressed_twice_makes_one_video(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", seconds=2, parts=True, prompt=WORDS)
    click = town.discord.people.click
    presses = await asyncio.gather(*(click(town.mira, message, texts.MAKE) for _ in range(3)))
    await town.until(message, lambda seen: labels(seen) == ["Cancel #1"])
    told = await whispers(town, presses, 2)
    assert ["already used" in each for each in told] == [True, True]
    assert len(await town.rows("SELECT id FROM job")) == 1
    assert await town.balance() == Balance(available=95, held=5)
    assert await town.broken_invariants() == []


async def test_choices_made_at_once_are_all_kept(town: Town) -> None:
    await town.start()
    message = await town.slash("video", seconds=2, parts=True, prompt=WORDS)
    chosen = {each: PHRASES[each][3] for each in (Purpose.SHOT, Purpose.LIGHT, Purpose.CAMERA)}
    await asyncio.gather(
        *(choose(town, message, f"part:{purpose}", said) for purpose, said in chosen.items())
    )
    await town.until(
        message,
        lambda seen: all(said[1:] in seen.text for said in chosen.values()),
    )


@pytest.mark.parametrize("value", ["a phrase of an earlier version", "<@123>"])
async def test_a_choice_that_is_no_phrase_is_refused(town: Town, value: str) -> None:
    await town.start()
    message = await town.slash("video", seconds=2, parts=True, prompt=WORDS)
    for part in walk(message.draft.components):
        if str(part.get("custom_id")).startswith("v1:part:light"):
            options: list[dict[str, object]] = part["options"]  # type: ignore[assignment]  # JSON
            options[0]["value"] = value
    pressed = await choose(town, message, "part:light", value)
    assert "send the command again" in await refusal(town, pressed)


def walk(parts: object) -> list[dict[str, object]]:
    if isinstance(parts, dict):
        return [parts, *(each for value in parts.values() for each in walk(value))]
    if isinstance(parts, list | tuple):
        return [each for part in parts for each in walk(part)]
    return []


async def test_words_that_are_too_long_are_refused_and_what_was_there_stays(town: Town) -> None:
    await town.start()
    message = await town.slash("video", seconds=2, parts=True, prompt=WORDS)
    full = await fill(town, message, texts.WRITE, words="word " * 799 + "ends")
    await town.until(message, lambda seen: "800 words" in seen.text)
    assert full.followups == []
    await fill(town, message, texts.WRITE, words="A cat.")
    await town.until(message, lambda seen: "2 words." in seen.text)


async def test_a_remix_goes_on_in_the_builder(town: Town) -> None:
    await town.start()
    video = await finished(town)
    opened = await press(town, video, "Remix")
    await town.discord.observer.modal(opened)
    answers: dict[str, Answer] = {"next": ["build"], "shape": ["square"]}
    sent = await town.discord.people.submit_modal(town.mira, opened, answers)
    message = await town.reply(sent, LONG_S)
    assert message.id != video.id
    assert "red bicycle" in town.view(message).text
    await choose(town, message, "part:look", PHRASES[Purpose.LOOK][3])
    await town.until(message, lambda seen: "Black and white" in seen.text)
    await press(town, message, texts.MAKE)
    await town.until(message, lambda seen: bool(seen.files))
    rows = await town.rows("SELECT prompt, shape, made_from FROM job WHERE id = 2")
    [row] = rows
    assert row["shape"] == "square"
    assert row["made_from"] == 1
    assert str(row["prompt"]).endswith("Black and white with deep shadows.")
    assert await town.broken_invariants() == []


async def test_a_picture_is_built_on_and_its_situations_fit(town: Town) -> None:
    await town.start()
    message = await town.slash(
        "animate", image=two_coloured(400, 400), prompt="", seconds=2, parts=True
    )
    [menu] = [each for each in town.view(message).menus if "begin" in each.custom_id]
    assert set(menu.values) == {Start.PORTRAIT, Start.LANDSCAPE, Start.PRODUCT_TURN}
    await choose(town, message, "begin", Start.PRODUCT_TURN)
    await town.until(message, lambda seen: "turns slowly and evenly" in seen.text)
    await press(town, message, texts.MAKE)
    await town.until(message, lambda seen: bool(seen.files))
    assert await prompts(town) == [STARTS[Start.PRODUCT_TURN].prompt]


async def test_a_sound_left_as_it_is_gets_gentle_words(town: Town, voice: Upload) -> None:
    await town.start()
    message = await town.slash("talk", audio=voice, saved="#none", parts=True)
    assert "gentle words of its own" in town.view(message).text
    await press(town, message, texts.MAKE)
    await town.until(message, lambda seen: bool(seen.files))
    [made] = await prompts(town)
    assert "medium close-up" in str(made)


async def test_whoever_cannot_pay_is_told_before_they_build(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_WELCOME_CREDITS", "0")
    await town.start()
    message = await town.slash("video", seconds=2)
    view = town.view(message)
    assert view.is_ephemeral
    assert view.menus == ()


async def test_a_phrase_is_suggested_and_stands_behind_the_words(town: Town) -> None:
    await town.start()
    asked = await town.discord.people.autocomplete(
        town.mira, town.channel, "video", "add", {"add": "camera still"}
    )
    await town.discord.observer.answered(asked, LONG_S)
    choices = asked.choices or []
    assert choices[0]["name"].startswith("Camera: ")
    message = await town.slash("video", prompt=WORDS, add=choices[0]["value"], seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    assert await prompts(town) == [f"{WORDS}. The camera stays still at eye level."]


async def test_a_price_that_is_known_is_told_while_building(town: Town) -> None:
    await town.start()
    await finished(town)
    message = await town.slash("video", seconds=2)
    assert "It costs 5 of your 95 credits." in town.view(message).text
