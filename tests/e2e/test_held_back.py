"""Discord holds messages back: nobody else waits for that, and neither does a stop."""

import asyncio

import pytest

from bot import client
from cogs.ui import rungs
from tests.e2e.conftest import LONG_S, Town
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message

WORDS = "A red bicycle leans against a harbour wall while gulls drift by."
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
    await town.grow_old(60)
    await arrived(town)
