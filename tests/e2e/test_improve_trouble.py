"""Rewriting when it goes wrong: strange answers, refusals, drafts that have gone, edited words."""

import asyncio

import pytest

from tests.e2e.asking import OWNER_PROBLEMS, asked, labels, looked, made, press, two_coloured
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.results import refusal, whisper
from tests.e2e.test_improve import (
    IMPROVE,
    MINE,
    NEVER,
    UNTOUCHED,
    YES,
    failed,
    offered,
    rewritten,
    rows,
)
from tests.fakes.deapi import prompts
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message
from tests.fakes.discord.view import View


async def answered(town: Town) -> View:
    """The question once a rewriting was tried for it."""
    message = await offered(town)
    await press(town, message, YES)
    return await town.until(message, lambda seen: NEVER in labels(seen) and YES not in labels(seen))


async def test_words_that_come_back_as_they_were_are_not_called_better(town: Town) -> None:
    town.deapi.behaviour.enhanced = f" {WORDS}\n"
    view = await answered(town)
    assert "sent your words back as they are" in view.text
    assert "rewrote these words" not in view.text
    assert "Talkie added: " in view.text
    assert [row["state"] for row in await rows(town)] == ["done"]


@pytest.mark.parametrize("answer", [None, 5, ["words"], {"words": 1}, "x" * 9_000_000])
async def test_an_answer_that_is_no_text_counts_as_lost(town: Town, answer: object) -> None:
    town.deapi.behaviour.enhanced = answer
    view = await answered(town)
    assert "It is not asked twice" in view.text
    assert [row["state"] for row in await rows(town)] == ["lost"]
    assert len(town.deapi.rewritings) == 1


async def test_invisible_characters_of_an_answer_do_nothing(town: Town) -> None:
    town.deapi.behaviour.enhanced = "\u202eA \ud800blue\u0000 boat\u2066 rocks."
    message, view = await rewritten(town)
    assert "**blue boat rocks.**" in view.text
    assert await made(town, message) == "A blue boat rocks."


async def test_a_long_answer_shows_how_it_begins(town: Town) -> None:
    town.deapi.behaviour.enhanced = "A blue boat rocks gently in the harbour. " * 90
    view = await answered(town)
    assert "**blue boat rocks gently" in view.text
    assert len(view.text) < 4_000


async def test_words_that_are_refused_are_not_blamed_on_the_kind_of_video(town: Town) -> None:
    message = await offered(town)
    view = await failed(town, message, RequestFault.INVALID)
    assert "refused to rewrite this; nothing was paid" in view.text
    assert await town.promised_today() == 0
    other = await looked(town)
    await press(town, other, IMPROVE)
    await town.until(other, lambda seen: YES in labels(seen))


@OWNER_PROBLEMS
async def test_the_owner_is_told_once_what_keeps_their_account_from_rewriting(
    town: Town, fault: RequestFault | None, problem: str
) -> None:
    message = await offered(town)
    money = town.deapi.behaviour.balance
    if fault is None:
        town.deapi.behaviour.balance = money * 0
    else:
        town.deapi.faults.plan(fault, path=prompts.PATH, exact=True)
    await press(town, message, YES)
    await town.until(message, lambda seen: MINE in labels(seen))
    owners = town.discord.world.dm(town.discord.world.owner)
    notice = await town.discord.observer.message(owners, timeout_s=LONG_S)
    assert problem in town.view(notice).text
    asked_for = len(town.deapi.rewritings)
    await press(town, message, IMPROVE)
    await town.until(message, lambda seen: YES in labels(seen))
    await press(town, message, YES)
    await town.until(message, lambda seen: "cannot rewrite words just now" in seen.text)
    assert len(town.deapi.rewritings) == asked_for
    town.deapi.behaviour.balance = money
    await town.let_time_pass(700)
    await press(town, message, IMPROVE)
    await town.until(message, lambda seen: YES in labels(seen))
    await press(town, message, YES)
    await town.until(message, lambda seen: "**Soft evening" in seen.text)
    assert await town.rows("SELECT 1 FROM pause") == []
    assert len(town.discord.observer.messages(owners)) == 1


@pytest.mark.parametrize(
    "fault", [RequestFault.UNAUTHORIZED, RequestFault.SUSPENDED, RequestFault.CLOUDFLARE]
)
async def test_what_only_the_owner_can_mend_costs_nothing(town: Town, fault: RequestFault) -> None:
    message = await offered(town)
    town.deapi.faults.plan(fault, path=prompts.PATH, exact=True)
    await press(town, message, YES)
    view = await town.until(message, lambda seen: MINE in labels(seen))
    assert "nothing was paid" in view.text
    assert await town.promised_today() == 0
    assert await town.balance() == UNTOUCHED


async def test_a_provider_that_is_down_leaves_talkie_s_own_version(town: Town) -> None:
    message = await looked(town)
    town.deapi.faults.plan(
        RequestFault.SERVER_ERROR, path=f"{prompts.PATH}/price", exact=True, times=100
    )
    await press(town, message, IMPROVE)
    view = await town.until(message, lambda seen: MINE in labels(seen))
    assert "cannot rewrite words just now" in view.text
    assert (await made(town, message)).startswith(WORDS)


@pytest.mark.parametrize("label", [IMPROVE, YES])
async def test_a_question_that_has_expired_pays_for_nothing(town: Town, label: str) -> None:
    message = await (looked if label == IMPROVE else offered)(town)
    await town.write("DELETE FROM draft")
    pressed = await press(town, message, label)
    assert "expired" in await refusal(town, pressed)
    assert town.deapi.rewritings == []


async def held(town: Town, message: Message) -> View:
    """The card as long as its rewriting does not come back."""
    town.deapi.faults.plan(RequestFault.SLOW_ACCEPTED, path=prompts.PATH, exact=True)
    await press(town, message, YES)
    async with asyncio.timeout(LONG_S):
        await town.deapi.held.wait()
    return town.view(message)


async def test_a_rewriting_that_takes_its_time_is_seen_at_once_and_leaves_nothing_to_press(
    town: Town,
) -> None:
    message = await offered(town)
    view = await held(town, message)
    assert "is rewriting your words" in view.text
    assert f"> {WORDS}" in view.text
    assert labels(view) == []
    town.deapi.release.set()
    await town.until(message, lambda seen: MINE in labels(seen))
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM promise)")


async def test_a_question_that_goes_while_its_words_are_rewritten_says_so(town: Town) -> None:
    message = await offered(town)
    await held(town, message)
    await town.write("DELETE FROM draft")
    town.deapi.release.set()
    view = await town.until(message, lambda seen: "has expired" in seen.text)
    assert labels(view) == []


async def test_a_picture_that_cannot_be_fetched_just_now_leaves_the_way_to_a_rewriting(
    town: Town,
) -> None:
    await town.start()
    message = await asked(town, two_coloured())
    await press(town, message, IMPROVE)
    await town.until(message, lambda seen: YES in labels(seen))
    gone = town.discord.faults.add(
        Fault(trouble=Trouble.STATUS, status=404, path="attachments/", times=2)
    )
    await press(town, message, YES)
    await town.until(message, lambda seen: labels(seen) == [YES])
    assert gone.hits == 2
    assert town.deapi.rewritings == []
    await press(town, message, YES)
    await town.until(message, lambda seen: MINE in labels(seen))


async def edit(town: Town, message: Message, words: str) -> None:
    opened = await press(town, message, "Edit")
    await town.discord.observer.wait_for(lambda: opened.modal, LONG_S)
    await town.discord.people.submit_modal(town.mira, opened, {"words": words})
    await town.until(message, lambda seen: words in seen.text)


async def test_rewritten_words_that_were_edited_by_hand_are_gone_with_their_question(
    town: Town,
) -> None:
    message, _ = await rewritten(town)
    await edit(town, message, "A green bicycle rolls along the harbour wall in the rain.")
    assert (await made(town, message)).startswith("A green bicycle")
    blank = [{"words": "", "answer": None, "state": "done"}]
    assert await town.rows("SELECT words, answer, state FROM rewriting") == blank


async def test_a_deleted_video_takes_no_words_of_another_question_along(town: Town) -> None:
    message, _ = await rewritten(town)
    other, _ = await rewritten_again(town)
    await made(town, message)
    question = await whisper(town, await press(town, message, "Delete"))
    await press(town, question, "Delete for good")
    await town.until(question, lambda seen: "Gone:" in seen.text)
    await edit(town, other, "Something else.")
    await edit(town, other, WORDS)
    await press(town, other, IMPROVE)
    await town.until(other, lambda seen: YES in labels(seen))
    await press(town, other, YES)
    await town.until(other, lambda seen: "**Soft evening light" in seen.text)
    assert len(town.deapi.rewritings) == 2, "what was paid for is remembered"
    assert await town.broken_invariants() == []


async def rewritten_again(town: Town) -> tuple[Message, View]:
    message = await looked(town)
    await press(town, message, IMPROVE)
    await town.until(message, lambda seen: YES in labels(seen))
    await press(town, message, YES)
    return message, await town.until(message, lambda seen: MINE in labels(seen))
