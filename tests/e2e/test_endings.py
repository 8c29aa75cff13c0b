"""No card is a dead end: what failed is made again or taken away, and no press goes unheard."""

import asyncio

import pytest

from tests.e2e.asking import asked, two_coloured
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.results import answer, finished, labels, press, refusal, stranger, whisper
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nesting import walk

BARE = ["Again", "Remix", "Delete"]


async def failed(town: Town) -> Message:
    """The card of a job that the provider refused."""
    await town.deapi_plans(RequestFault.SERVER_ERROR)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row("SELECT 1 FROM call WHERE state IN ('doubt', 'failed')")
    await town.let_time_pass(11)
    await town.until(message, lambda seen: "could not be made" in seen.text)
    return message


async def test_what_failed_is_made_again_by_a_press(town: Town) -> None:
    await town.start()
    card = await failed(town)
    assert labels(town.view(card)) == BARE
    again = await answer(town, await press(town, card, "Again"))
    await town.until(again, lambda seen: bool(seen.files))
    assert await town.broken_invariants() == []


async def test_what_failed_can_be_deleted_with_its_words(town: Town) -> None:
    await town.start()
    card = await failed(town)
    noa = stranger(town)
    assert "somebody else" in await refusal(town, await press(town, card, "Delete", noa))
    question = await whisper(town, await press(town, card, "Delete"))
    asked = town.view(question).text
    assert "Its prompt and its messages go. If you change" in asked
    await press(town, question, "Delete for good")
    await town.discord.observer.wait_for(lambda: card.is_deleted, LONG_S)
    [job] = await town.rows("SELECT prompt FROM job")
    assert job["prompt"] == ""
    listed = town.view(await town.slash("jobs")).text
    assert "· deleted ·" in listed
    assert ">" not in listed, "no words are left to be quoted"


async def test_what_was_called_off_can_be_made_after_all(waits: Town) -> None:
    first = await waits.slash("video", prompt=WORDS, seconds=2)
    await waits.deapi_posts(1)
    card = await waits.slash("video", prompt=f"{WORDS} Once more.", seconds=2)
    await press(waits, card, "Cancel #2")
    await waits.until(card, lambda seen: "called off" in seen.text)
    assert labels(waits.view(card)) == BARE
    again = await answer(waits, await press(waits, card, "Again"))
    assert "Held " in waits.view(again).text
    assert "Cancel #1" in labels(waits.view(first))


async def test_a_job_that_failed_shows_its_buttons_by_its_number_too(town: Town) -> None:
    await town.start()
    await failed(town)
    shown = await town.slash("jobs", id=1)
    assert labels(town.view(shown)) == BARE


@pytest.mark.parametrize(
    "stale", ["v0:again:1", "v1:vanish:1", "again", "v1:again:1:2", "v1:again:x"]
)
async def test_a_button_that_no_version_knows_any_more_is_answered(town: Town, stale: str) -> None:
    await town.start()
    card = await finished(town)
    [button] = [
        part
        for _, part in walk(list(card.draft.components))
        if part.get("custom_id") == "v1:again:1"
    ]
    button["custom_id"] = stale
    assert "has expired" in await refusal(town, await press(town, card, "Again"))


@pytest.mark.parametrize("stale", ["v0:remix:1", "v1:vanish:1", "v1:remix:1:2", "v1:remix:x"])
async def test_a_form_that_no_version_knows_any_more_is_answered(town: Town, stale: str) -> None:
    await town.start()
    opened = await press(town, await finished(town), "Remix")
    form = await town.discord.observer.modal(opened)
    form["custom_id"] = stale
    sent = await town.discord.people.submit_modal(town.mira, opened, {})
    assert "has expired" in await refusal(town, sent)


async def test_a_refusal_is_heard_though_the_card_that_was_pressed_has_gone(town: Town) -> None:
    await town.start()
    card = await asked(town, two_coloured())
    held = town.discord.faults.add(Fault(trouble=Trouble.HELD, path="attachments/"))
    pressed = await press(town, card, "Render · 5 of 100 credits")
    async with asyncio.timeout(LONG_S):
        while not held.hits:  # noqa: ASYNC110 the file host only counts
            await asyncio.sleep(0.02)
    await town.discord.people.delete_message(card)
    await town.write("DELETE FROM draft")
    held.release()
    told = await whisper(town, pressed)
    assert "has expired" in town.view(told).text
