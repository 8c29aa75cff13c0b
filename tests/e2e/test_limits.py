"""Limits name themselves and say when they lift; a mode at its limit does not stop the others."""

import asyncio

import pytest

from tests.e2e.conftest import WORDS, Town
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.discord.files import Upload


async def test_a_cool_down_says_when_it_lifts(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKIE_COOLDOWN_SECONDS", "60")
    await town.start()
    first = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(first, lambda seen: bool(seen.files))
    refused = town.view(await town.slash("video", prompt=WORDS))
    assert "every 60 seconds" in refused.text
    assert "<t:" in refused.text
    assert refused.is_ephemeral
    await town.let_time_pass(61)
    again = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(again, lambda seen: bool(seen.files))


async def test_a_server_has_a_limit_of_its_own(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKIE_SERVER_JOBS", "1")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS)
    refused = town.view(await town.slash("video", prompt=WORDS))
    assert "already has 1 video under way" in refused.text


async def test_waiting_seconds_are_limited_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKIE_MEMBER_QUEUE_SECONDS", "11")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS, seconds=10)
    await town.started(1)
    await town.slash("video", prompt=WORDS, seconds=10)
    refused = town.view(await town.slash("video", prompt=WORDS, seconds=10))
    assert "may last 11 seconds in all" in refused.text
    assert await town.broken_invariants() == []


async def test_a_mode_at_its_daily_limit_refuses_with_the_hour_and_stops_no_other(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    await town.deapi_plans(RequestFault.RATE_LIMITED_DAY)
    waiting = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(waiting, lambda seen: "tries again" in seen.text)
    refused = town.view(await town.slash("video", prompt=WORDS))
    assert "takes no more of this kind" in refused.text
    assert "<t:" in refused.text
    other = await town.slash("animate", image=portrait, prompt=WORDS, seconds=2)
    await town.until(other, lambda seen: bool(seen.files))
    await town.let_time_pass(40_001)
    posted = await town.discord.observer.message(
        town.channel, lambda view: "Video #1" in view.text and bool(view.files)
    )
    assert posted.reply_to is waiting
    assert await town.broken_invariants() == []


async def test_a_model_retired_after_the_quote_is_replaced_by_one_of_its_kind(
    town: Town,
) -> None:
    await town.start()
    town.deapi.faults.plan(
        RequestFault.SLOW_ACCEPTED, path="videos/generations/price", times=1, exact=True
    )
    message = asyncio.create_task(town.slash("video", prompt=WORDS, seconds=2))
    await town.deapi.held.wait()
    town.deapi.retire(catalog.LTX.slug)
    town.deapi.release.set()
    await town.until(await message, lambda seen: bool(seen.files))
    [job] = await town.rows("SELECT model FROM job")
    assert job["model"] == "Ltx2_5_22B_Dist_INT8"
    assert await town.broken_invariants() == []
