"""What is held back, by Discord or the provider, holds neither others back nor a stop."""

import asyncio

import aiohttp
import pytest

from bot import client
from bot.deapi import results
from bot.domain import ladder
from cogs.ui import rungs
from storage.records import JobId
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.galleries import opened, posted
from tests.e2e.results import answer, finished, press
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message
from tests.fakes.moments import Moment

AN_HOUR_S = 3_600.0


@pytest.fixture(autouse=True)
def _slowly(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None


async def held_back(town: Town) -> Fault:
    """A video whose message Discord wants an hour later, and is not asked for again before."""
    await town.start()
    await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.forget_tokens()
    limit = town.discord.faults.add(
        Fault(
            trouble=Trouble.STATUS,
            status=429,
            retry_after_s=AN_HOUR_S,
            path=f"/channels/{town.channel.id}/messages$",
            method="POST",
        )
    )
    town.finish()
    await town.discord.observer.wait_for(lambda: limit.hits or None, LONG_S)
    return limit


async def arrived(town: Town) -> Message:
    video = await town.discord.observer.message(
        town.channel, lambda view: bool(view.files), timeout_s=LONG_S
    )
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    assert town.videos(town.channel) == [video]
    assert await town.broken_invariants() == []
    return video


async def test_a_stop_does_not_wait_until_discord_takes_a_message(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_FAREWELL_S", 0.2)
    await held_back(town)
    async with asyncio.timeout(LONG_S):
        await town.stop()
    await town.start()
    await arrived(town)


async def test_an_attempt_that_is_held_back_for_long_is_made_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rungs, "LONGEST_S", 3.0)
    await held_back(town)
    await town.until_row("SELECT 1 FROM delivery WHERE attempts = 1 AND begun_at IS NOT NULL")
    monkeypatch.setattr(rungs, "LONGEST_S", LONG_S)
    await town.grow_old(60)
    await arrived(town)


async def test_a_post_that_is_held_back_for_long_is_made_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "FIRST_PAUSE_S", 0.1)
    town.deapi.behaviour.looks_until_done = 1
    place = await opened(town)
    card = await finished(town)
    path = f"/channels/{place.gallery.id}/messages$"
    limit = Fault(
        trouble=Trouble.STATUS, status=429, retry_after_s=AN_HOUR_S, path=path, method="POST"
    )
    town.discord.faults.add(limit)
    monkeypatch.setattr(rungs, "LONGEST_S", 2.0)
    await answer(town, await press(town, card, "Share"))
    await town.discord.observer.wait_for(lambda: limit.hits or None, LONG_S)
    monkeypatch.setattr(rungs, "LONGEST_S", LONG_S)
    await posted(place)
    assert len(town.videos(place.gallery)) == 1
    assert await town.broken_invariants() == []


async def test_a_stop_does_not_wait_for_a_download(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "TIMES", aiohttp.ClientTimeout(total=AN_HOUR_S))
    begun, going_on = asyncio.Event(), asyncio.Event()

    async def hold(moment: Moment) -> bool:
        if moment.path.startswith("/1/"):
            begun.set()
            await going_on.wait()
        return False

    town.deapi.moments.watch(hold)
    await town.start()
    await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    town.finish()
    async with asyncio.timeout(LONG_S):
        await begun.wait()
    stopping = asyncio.create_task(town.stop())
    done, _ = await asyncio.wait({stopping}, timeout=LONG_S)
    going_on.set()
    await stopping
    assert done, "an answer that does not come would be waited for"
    await town.start()
    await arrived(town)


async def left_behind(town: Town) -> Message:
    """The waiting message of a video that was posted, which Discord does not let be edited."""
    await town.start()
    waiting = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.forget_tokens()
    town.discord.faults.add(
        Fault(
            trouble=Trouble.DROPPED,
            path=f"/channels/{town.channel.id}/messages/{waiting.id}",
            method="PATCH",
            times=1_000,
        )
    )
    town.finish()
    await arrived(town)
    begun = "SELECT 1 FROM delivery WHERE tidy_due_at >= shown_at + 60000"
    await town.until_row(begun)
    return waiting


async def test_an_old_card_that_could_not_be_tidied_is_tidied_later(town: Town) -> None:
    waiting = await left_behind(town)
    town.discord.faults.clear()
    await town.grow_old(61)
    view = await town.until(waiting, lambda seen: "see below" in seen.text)
    assert not view.buttons
    await town.until_row("SELECT 1 FROM delivery WHERE tidy_due_at IS NULL")


async def test_an_old_card_is_tidied_by_the_next_start(town: Town) -> None:
    waiting = await left_behind(town)
    await town.stop()
    assert "see below" not in town.view(waiting).text
    town.discord.faults.clear()
    town.clock.advance(61)
    await town.start()
    await town.until(waiting, lambda seen: "see below" in seen.text)


async def test_an_old_card_of_a_deleted_video_is_left_alone(town: Town) -> None:
    await left_behind(town)
    assert town.talkie is not None
    await town.talkie.services.removal.remove(town.mira.id, JobId(1))
    await town.grow_old(61)
    assert await town.talkie.services.tidying.due() == []
