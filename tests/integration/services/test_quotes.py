"""Prices are read seldom, kept a day, and never guessed."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engines.base import Spec
from bot.engines.deapi import DeapiEngine
from bot.engines.local.engine import LocalEngine
from bot.errors import Code, UserError
from bot.services.pauses import Pauses
from bot.services.quotes import LONGEST_PAUSE_MS, PATIENCE, READS_A_DAY, Quotes
from storage.database import Statement, Store, single
from storage.records import Mode
from tests.fakes.clock import Clock
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.server import StandIn

SHORT = Spec(mode=Mode.TEXT, width=512, height=512, frames=49)
LONG = replace(SHORT, frames=241)
DAY_S = 86_400


@pytest.fixture
def quotes(store: Store, clock: Clock, deapi: DeapiEngine) -> Quotes:
    return Quotes(store, clock, deapi, Pauses(store, clock))


async def refusal(quotes: Quotes, spec: Spec) -> Code:
    with pytest.raises(UserError) as caught:
        await quotes.of(spec)
    return caught.value.code


async def test_a_price_is_read_once_a_day_and_survives_a_restart(
    quotes: Quotes, store: Store, clock: Clock, deapi: DeapiEngine, stand_in: StandIn
) -> None:
    first = await quotes.of(SHORT)
    assert first.price_micro == 38_001
    assert first.model == catalog.LTX.slug
    clock.advance(DAY_S - 60)
    assert await Quotes(store, clock, deapi, Pauses(store, clock)).of(SHORT) == first
    assert stand_in.price_reads == 1
    clock.advance(120)
    assert await quotes.of(SHORT) == first
    assert stand_in.price_reads == 2


@pytest.mark.parametrize("was_known", [False, True])
async def test_a_key_that_is_no_good_is_a_problem_that_its_owner_hears_of(
    quotes: Quotes, store: Store, clock: Clock, stand_in: StandIn, was_known: bool
) -> None:
    if was_known:
        await quotes.of(LONG)
    stand_in.behaviour.key = "another"
    assert await refusal(quotes, SHORT) is Code.ENGINE_KEY
    [pause] = await Pauses(store, clock).untold()
    assert (pause.engine, pause.mode, pause.reason) == ("deapi", "*", Code.ENGINE_KEY)


async def test_two_who_ask_the_same_at_once_share_one_read(
    quotes: Quotes, stand_in: StandIn
) -> None:
    told = await asyncio.gather(*(quotes.of(SHORT) for _ in range(20)))
    assert len(set(told)) == 1
    assert stand_in.price_reads == 1


async def test_a_failure_is_shared_by_all_who_waited_and_by_nobody_after(
    quotes: Quotes, store: Store, stand_in: StandIn
) -> None:
    await quotes.of(LONG)
    stand_in.faults.plan(
        RequestFault.SLOW_SERVER_ERROR, path="videos/generations/price", exact=True
    )
    asking = [asyncio.create_task(refusal(quotes, SHORT)) for _ in range(10)]
    await stand_in.held.wait()
    # One store answers one after the other: all of them have looked for a known price by now.
    await store.read(single(Statement("SELECT 1")))
    stand_in.release.set()
    assert set(await asyncio.gather(*asking)) == {Code.ENGINE_DOWN}
    assert stand_in.price_reads == 2
    assert (await quotes.of(SHORT)).price_micro == 38_001


async def test_one_who_stops_asking_takes_nobody_along(quotes: Quotes, stand_in: StandIn) -> None:
    stand_in.faults.plan(RequestFault.SLOW_ACCEPTED, path="videos/generations/price", exact=True)
    first = asyncio.create_task(quotes.of(SHORT))
    await stand_in.held.wait()
    second = asyncio.create_task(quotes.of(SHORT))
    await asyncio.sleep(0)
    first.cancel()
    stand_in.release.set()
    assert (await second).price_micro == 38_001


async def test_without_a_read_left_the_next_longer_clip_stands_in_and_never_a_shorter_one(
    store: Store, clock: Clock, deapi: DeapiEngine, stand_in: StandIn
) -> None:
    quotes = Quotes(store, clock, deapi, Pauses(store, clock), reads_a_day=2)
    long = await quotes.of(LONG)
    await quotes.of(SHORT)
    middle = await quotes.of(replace(SHORT, frames=121))
    assert middle == long
    assert stand_in.price_reads == 2
    assert await refusal(quotes, replace(LONG, width=768)) is Code.NO_PRICE
    assert await refusal(quotes, replace(LONG, mode=Mode.IMAGE)) is Code.NO_PRICE
    assert stand_in.price_reads == 2


async def test_with_only_a_shorter_price_known_nothing_is_guessed(
    store: Store, clock: Clock, deapi: DeapiEngine
) -> None:
    quotes = Quotes(store, clock, deapi, Pauses(store, clock), reads_a_day=1)
    await quotes.of(SHORT)
    assert await refusal(quotes, LONG) is Code.NO_PRICE


async def test_yesterdays_longer_price_does_not_stand_in(
    store: Store, clock: Clock, deapi: DeapiEngine, stand_in: StandIn
) -> None:
    quotes = Quotes(store, clock, deapi, Pauses(store, clock), reads_a_day=1)
    await quotes.of(LONG)
    clock.advance(DAY_S)
    assert (await quotes.of(SHORT)).price_micro == 38_001, "a new day has reads again"
    assert await refusal(quotes, replace(SHORT, frames=121)) is Code.NO_PRICE
    assert stand_in.price_reads == 2


async def test_sixty_reads_a_day_are_counted_over_restarts(
    store: Store, clock: Clock, deapi: DeapiEngine, stand_in: StandIn
) -> None:
    midnight_s = clock.now_ms() // 1000 % DAY_S
    clock.advance(DAY_S - midnight_s)
    lengths = [replace(LONG, frames=count) for count in range(241, 48, -8)]
    specs = [replace(spec, height=height) for height in (512, 576, 640) for spec in lengths]
    for half in (specs[:40], specs[40:]):
        restarted = Quotes(store, clock, deapi, Pauses(store, clock))
        for spec in half:
            await asyncio.gather(restarted.of(spec), return_exceptions=True)
    assert stand_in.price_reads == READS_A_DAY == 60


async def test_a_read_that_a_busy_provider_refused_falls_back_to_a_longer_clip(
    quotes: Quotes, stand_in: StandIn
) -> None:
    stand_in.faults.plan(RequestFault.RATE_LIMITED_DAY, path="videos/generations/price", exact=True)
    assert await refusal(quotes, SHORT) is Code.ENGINE_BUSY
    long = await quotes.of(LONG)
    stand_in.faults.plan(RequestFault.RATE_LIMITED_DAY, path="videos/generations/price", exact=True)
    assert await quotes.of(SHORT) == long


async def test_an_outage_does_not_use_up_the_reads_of_the_day(
    quotes: Quotes, clock: Clock, stand_in: StandIn
) -> None:
    clock.advance(DAY_S - clock.now_ms() // 1000 % DAY_S)
    price = "videos/generations/price"
    stand_in.faults.plan(RequestFault.SERVER_ERROR, path=price, exact=True, times=1_000)
    lengths = [replace(LONG, frames=count) for count in range(241, 48, -8)]
    for minute in range(60):
        assert await refusal(quotes, lengths[minute % len(lengths)]) is Code.ENGINE_DOWN
        clock.advance(60)
    assert stand_in.price_reads < 12
    stand_in.faults.requests.clear()
    clock.advance(LONGEST_PAUSE_MS / 1000)
    for spec in lengths:
        await quotes.of(spec)


async def test_a_clock_that_is_set_back_makes_no_pause_longer(
    quotes: Quotes, clock: Clock, stand_in: StandIn
) -> None:
    price = "videos/generations/price"
    stand_in.faults.plan(RequestFault.SERVER_ERROR, path=price, exact=True, times=PATIENCE)
    for _ in range(PATIENCE):
        assert await refusal(quotes, SHORT) is Code.ENGINE_DOWN
    clock.set_by(-7_200)
    clock.advance(LONGEST_PAUSE_MS / 1000)
    await quotes.of(SHORT)


async def test_while_prices_rest_a_longer_clip_stands_in_and_lines_are_priced(
    quotes: Quotes, deapi: DeapiEngine, stand_in: StandIn
) -> None:
    long = await quotes.of(LONG)
    price = "videos/generations/price"
    stand_in.faults.plan(RequestFault.SERVER_ERROR, path=price, exact=True, times=PATIENCE)
    for _ in range(PATIENCE):
        assert await refusal(quotes, SHORT) is Code.ENGINE_DOWN
    assert await quotes.of(SHORT) == long
    [voice, *_] = await deapi.voices()
    await quotes.of_line(41, voice)
    assert stand_in.price_reads == 1 + PATIENCE + 1


async def test_another_model_has_another_price(quotes: Quotes, stand_in: StandIn) -> None:
    await quotes.of(SHORT)
    stand_in.retire(catalog.LTX.slug)
    quotes._engine._models.clear()  # type: ignore[attr-defined]  # five minutes have passed
    assert (await quotes.of(SHORT)).model == catalog.SUCCESSOR.slug
    assert stand_in.price_reads == 2


async def test_the_local_engine_is_free_and_asks_nobody(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    quotes = Quotes(store, clock, LocalEngine(tmp_path / "local"), Pauses(store, clock))
    assert (await quotes.of(SHORT)).price_micro == 0
    with pytest.raises(UserError) as caught:
        await quotes.of(replace(SHORT, width=511))
    assert caught.value.code is Code.ENGINE_REJECTED


async def test_the_price_of_a_line_is_read_once_for_lines_of_about_its_length(
    quotes: Quotes, deapi: DeapiEngine, stand_in: StandIn
) -> None:
    [voice, *_] = await deapi.voices()
    first = await quotes.of_line(41, voice)
    assert (first.price_micro, first.model) == (47, voice.model)
    assert await quotes.of_line(60, voice) == first
    assert stand_in.price_reads == 1
    assert (await quotes.of_line(61, voice)).price_micro > first.price_micro
