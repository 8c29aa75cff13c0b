"""Better words before anything is held: the price first, both versions, and one request."""

import asyncio

import pytest

from bot import client
from bot.services import rewriter
from cogs.ui import answers
from storage.records import Balance
from tests.e2e.asking import asked, labels, looked, made, press, two_coloured
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.results import refusal, stranger, whisper
from tests.fakes.deapi import prompts
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.uploads import Upload
from tests.fakes.discord.messages import Message
from tests.fakes.discord.view import View

IMPROVE, YES, NEVER = "Improve", "Yes, rewrite them", "Never mind"
MINE, OTHER = "Use my own words", "Use the other version"
RENDER = "Render · 5 of 100 credits"
UNTOUCHED = Balance(available=100, held=0)
# 0.0001 + 300 x 0.0000002 dollars: priced for up to 300 characters
PRICE_MICRO = 160
REWRITTEN = f"{WORDS} {prompts.ADDED}"


async def offered(town: Town) -> Message:
    """A question in which a rewriting is offered with its price."""
    message = await looked(town)
    await press(town, message, IMPROVE)
    view = await town.until(message, lambda seen: YES in labels(seen))
    assert "costs $0.00016 at most" in view.text
    assert "you keep your credits" in view.text
    assert town.deapi.rewritings == []
    return message


async def rewritten(town: Town) -> tuple[Message, View]:
    message = await offered(town)
    await press(town, message, YES)
    return message, await town.until(message, lambda seen: MINE in labels(seen))


async def failed(town: Town, message: Message, fault: RequestFault) -> View:
    """The question once a rewriting came to nothing."""
    town.deapi.faults.plan(fault, path=prompts.PATH, exact=True)
    await press(town, message, YES)
    return await town.until(message, lambda seen: MINE in labels(seen))


async def rows(town: Town) -> list[dict[str, object]]:
    return await town.rows("SELECT state, price_micro, answer FROM rewriting")


async def test_words_are_rewritten_once_their_price_was_agreed_to(town: Town) -> None:
    message, view = await rewritten(town)
    assert "**Soft evening light" in view.text
    assert "rewrote these words for $0.00016, paid by this bot's owner" in view.text
    assert labels(view) == ["Use my own words", RENDER, "Edit", NEVER]
    assert await town.balance() == UNTOUCHED
    assert await town.promised_today() == PRICE_MICRO
    assert len(town.deapi.rewritings) == 1
    assert await made(town, message) == REWRITTEN


async def test_the_receipt_shows_what_was_sent_and_what_its_member_wrote(town: Town) -> None:
    message, _ = await rewritten(town)
    await made(town, message)
    shown = await town.discord.people.slash(town.mira, town.channel, "jobs", {"id": 1})
    receipt = await town.discord.observer.wait_for(
        lambda: shown.followups[-1] if shown.followups else None, LONG_S
    )
    view = town.view(receipt)
    assert view.is_ephemeral
    assert prompts.ADDED in view.text
    assert f"You wrote:\n> {WORDS}" in view.text
    assert "$0.00016" in view.text


async def test_both_versions_are_kept_and_the_member_picks_also_after_a_restart(
    town: Town,
) -> None:
    message, _ = await rewritten(town)
    await town.stop()
    await town.start()
    await press(town, message, MINE)
    view = await town.until(message, lambda seen: OTHER in labels(seen))
    assert f"> {WORDS}" in view.text
    assert "your own words" in view.text
    await press(town, message, OTHER)
    await town.until(message, lambda seen: MINE in labels(seen))
    await press(town, message, MINE)
    await town.until(message, lambda seen: OTHER in labels(seen))
    assert await made(town, message) == WORDS
    assert await town.rows("SELECT own FROM version") == []
    assert len(town.deapi.rewritings) == 1


async def test_an_animation_sends_its_picture_along(town: Town) -> None:
    await town.start()
    message = await asked(town, two_coloured())
    await press(town, message, IMPROVE)
    view = await town.until(message, lambda seen: YES in labels(seen))
    assert "Your words and your picture are sent for it." in view.text
    await press(town, message, YES)
    await town.until(message, lambda seen: MINE in labels(seen))
    [seen] = town.deapi.rewritings
    assert seen.fields["type"] == "videos.animations"
    assert isinstance(seen.fields["image"], Upload)


async def test_without_a_guide_it_is_said_and_talkie_s_own_version_stands_in(town: Town) -> None:
    town.deapi.behaviour.has_guides = False
    message = await looked(town)
    await press(town, message, IMPROVE)
    view = await town.until(message, lambda seen: MINE in labels(seen))
    assert "There is no rewriting for this kind of video here." in view.text
    assert "Talkie added: " in view.text
    assert IMPROVE not in labels(view)
    assert town.deapi.rewritings == []
    reads = town.deapi.price_reads
    other = await looked(town)
    await press(town, other, IMPROVE)
    await town.until(other, lambda seen: MINE in labels(seen))
    assert town.deapi.price_reads == reads, "a refusal is remembered"
    assert await town.promised_today() == 0
    assert (await made(town, message)).startswith(WORDS)
    [version] = await town.rows("SELECT own, author, price_micro FROM version")
    assert version == {"own": WORDS, "author": "builder", "price_micro": 0}


@pytest.mark.parametrize("fault", [RequestFault.DROP_ACCEPTED, RequestFault.GARBAGE_ACCEPTED])
async def test_a_lost_answer_costs_its_member_nothing_and_is_never_asked_for_again(
    town: Town, fault: RequestFault
) -> None:
    message = await offered(town)
    view = await failed(town, message, fault)
    assert "It is not asked twice" in view.text
    assert labels(view)[0] == MINE
    assert await rows(town) == [{"state": "lost", "price_micro": PRICE_MICRO, "answer": None}]
    assert await town.promised_today() == PRICE_MICRO, "it may have been paid for"
    assert len(town.deapi.rewritings) == 1
    assert await town.balance() == UNTOUCHED
    assert (await made(town, message)).startswith(WORDS)


async def test_a_refusal_for_now_costs_nobody_anything_and_may_be_tried_again(town: Town) -> None:
    message = await offered(town)
    view = await failed(town, message, RequestFault.RATE_LIMITED)
    assert "nothing was paid" in view.text
    assert await town.promised_today() == 0
    await press(town, message, IMPROVE)
    await town.until(message, lambda seen: YES in labels(seen))
    await press(town, message, YES)
    await town.until(message, lambda seen: "**Soft evening" in seen.text)
    assert [row["state"] for row in await rows(town)] == ["refused", "done"]
    assert await town.promised_today() == PRICE_MICRO


async def test_a_stop_waits_for_what_is_being_paid(town: Town) -> None:
    message = await offered(town)
    town.deapi.faults.plan(RequestFault.SLOW_ACCEPTED, path=prompts.PATH, exact=True)
    await press(town, message, YES)
    async with asyncio.timeout(LONG_S):
        await town.deapi.held.wait()
    stop = asyncio.create_task(town.stop())
    town.deapi.release.set()
    await stop
    assert MINE in labels(town.view(message))
    await town.start()
    assert [row["state"] for row in await rows(town)] == ["done"]


async def test_a_request_that_a_stop_cut_short_is_not_sent_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_FAREWELL_S", 0.1)
    message = await offered(town)
    town.deapi.faults.plan(RequestFault.SLOW_ACCEPTED, path=prompts.PATH, exact=True)
    await press(town, message, YES)
    async with asyncio.timeout(LONG_S):
        await town.deapi.held.wait()
    assert [row["state"] for row in await rows(town)] == ["intended"]
    await town.stop()
    town.deapi.release.set()
    assert labels(town.view(message)) == []
    await town.start()
    view = await town.until(message, lambda seen: YES in labels(seen))
    assert answers.PRESS_AGAIN in view.text
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM promise)")
    await press(town, message, YES)
    view = await town.until(message, lambda seen: MINE in labels(seen))
    assert "No answer came" in view.text
    assert len(town.deapi.rewritings) == 1
    assert [row["state"] for row in await rows(town)] == ["lost"]
    assert await town.broken_invariants() == []


async def test_twice_at_once_is_paid_for_once(town: Town) -> None:
    message = await offered(town)
    await asyncio.gather(*(press(town, message, YES) for _ in range(3)))
    await town.until(message, lambda seen: MINE in labels(seen))
    assert len(town.deapi.rewritings) == 1
    assert [row["state"] for row in await rows(town)] == ["done"]
    assert await town.promised_today() == PRICE_MICRO
    assert await made(town, message) == REWRITTEN


@pytest.mark.parametrize("label", [YES, "Edit"])
async def test_a_stranger_can_have_nothing_rewritten(town: Town, label: str) -> None:
    message = await offered(town)
    pressed = await town.discord.people.click(stranger(town), message, label)
    assert "somebody else" in await refusal(town, pressed)
    assert town.deapi.rewritings == []


async def test_a_stranger_can_pick_nothing(town: Town) -> None:
    message, view = await rewritten(town)
    pressed = await town.discord.people.click(stranger(town), message, MINE)
    assert "somebody else" in await refusal(town, pressed)
    assert town.view(message).text == view.text


async def test_the_host_s_budget_of_the_day_bounds_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_DAILY_SPEND_USD", "0.0001")
    message = await offered(town)
    await press(town, message, YES)
    view = await town.until(message, lambda seen: MINE in labels(seen))
    assert "may spend today is used up" in view.text
    assert town.deapi.rewritings == []
    assert await rows(town) == []


async def test_a_member_has_so_many_rewritings_a_day(town: Town) -> None:
    message = await offered(town)
    day = town.clock.now_ms()
    for number in range(rewriter.MOST_A_DAY):
        await town.write(
            "INSERT INTO rewriting (person_id, draft, engine, model, words, state, price_micro,"
            f" intent_at, ended_at) SELECT person_id, 1000 + {number}, 'deapi', 'm', 'w', 'done',"
            f" 0, {day}, {day} FROM draft"
        )
    await press(town, message, YES)
    view = await town.until(message, lambda seen: MINE in labels(seen))
    assert "all your rewritings of today" in view.text
    assert town.deapi.rewritings == []


async def test_a_price_that_rose_is_shown_before_anything_is_asked_for(town: Town) -> None:
    message = await offered(town)
    await town.write("UPDATE quote SET price_micro = 900 WHERE width = 0")
    await press(town, message, YES)
    view = await town.until(message, lambda seen: "costs $0.0009 at most" in seen.text)
    assert YES in labels(view)
    assert town.deapi.rewritings == []


@pytest.mark.parametrize("answer", ["**", "x" * 4_001])
async def test_an_answer_of_which_no_video_can_be_made_is_not_used(town: Town, answer: str) -> None:
    town.deapi.behaviour.enhanced = answer
    message = await offered(town)
    await press(town, message, YES)
    view = await town.until(message, lambda seen: MINE in labels(seen))
    assert "cannot be used" in view.text
    assert await rows(town) == [{"state": "done", "price_micro": PRICE_MICRO, "answer": None}]


async def test_marks_and_mentions_of_an_answer_mean_nothing(town: Town) -> None:
    town.deapi.behaviour.enhanced = f"{WORDS} @everyone <@{1}> [here](https://x.example) **now**"
    message, view = await rewritten(town)
    assert "@everyone" not in view.text
    assert "https://x.example" not in view.text
    assert "<@" not in await made(town, message)


@pytest.mark.parametrize("keeps_own", [False, True])
async def test_a_deleted_video_leaves_no_words_behind(town: Town, *, keeps_own: bool) -> None:
    message, _ = await rewritten(town)
    if keeps_own:
        await press(town, message, MINE)
        await town.until(message, lambda seen: OTHER in labels(seen))
    await made(town, message)
    question = await whisper(town, await press(town, message, "Delete"))
    await press(town, question, "Delete for good")
    await town.until(question, lambda seen: "Gone:" in seen.text)
    assert await town.rows("SELECT own, price_micro FROM version") == (
        [] if keeps_own else [{"own": "", "price_micro": PRICE_MICRO}]
    )
    assert await town.rows("SELECT words, answer, state FROM rewriting") == [
        {"words": "", "answer": None, "state": "done"}
    ]
    assert await town.promised_today() > PRICE_MICRO
    assert await town.broken_invariants() == []
