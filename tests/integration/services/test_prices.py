"""What a video costs is known before anything is held, and large sums are asked about."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.app import App
from bot.domain.request import Plan, Wish
from bot.domain.shapes import Shape, Size
from bot.errors import Code, UserError
from bot.services.guilds import Place
from bot.services.intake import Question
from bot.services.quotes import PATIENCE
from bot.services.submission import Origin, Prepared, Ticket
from bot.settings import Settings
from storage.database import Statement, single
from storage.records import Mode
from tests.fakes import samples
from tests.fakes.clock import Clock
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.server import StandIn
from tests.integration.services import household
from tests.integration.services.household import MIRA

PLAN = Plan(
    mode=Mode.TEXT, prompt="A kite.", shape=Shape.WIDE, size=Size.STANDARD, frames=49, seed=1
)


@pytest.fixture
async def paid(
    data: Path, clock: Clock, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[App]:
    environment = {
        "DEAPI_API_KEY": stand_in.behaviour.key,
        "TALKIE_DEAPI_BASE_URL": stand_in.url,
        "TALKIE_DATA_DIR": str(data),
        "TALKIE_ASK_ABOVE_CREDITS": "5",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    async with app.opened(Settings(), clock=clock, fetcher=household.Copies()) as talkie:
        yield talkie


async def submit(talkie: App, plan: Plan = PLAN, **origin: Any) -> int:
    scratch = talkie.parts.files.new_scratch()
    folder = talkie.parts.files.adopt(scratch)
    prepared = Prepared(plan=plan, folder=folder, inputs={})
    asked = Origin(discord_id=MIRA, interaction_id=None, **origin)
    return (await talkie.services.submission.submit(prepared, asked)).hold


async def refusal(talkie: App, plan: Plan = PLAN, **origin: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        await submit(talkie, plan, **origin)
    return caught.value


def of_length(frames: int) -> Plan:
    return replace(PLAN, frames=frames)


async def test_a_price_shown_and_the_price_held_are_one_read(paid: App, stand_in: StandIn) -> None:
    shown = await paid.services.submission.price(PLAN)
    assert shown.hold == 5
    assert await submit(paid, agreed=shown.hold) == 5
    assert stand_in.price_reads == 1
    assert (await paid.services.submission.balance(MIRA)).held == 5
    assert stand_in.posts == 0


async def test_more_than_the_threshold_is_asked_about_and_nothing_is_held(paid: App) -> None:
    large = of_length(241)
    price = await paid.services.submission.price(large)
    assert price.hold == 6
    asked = await refusal(paid, large)
    assert (asked.code, asked.facts["cost"]) == (Code.PRICE_ASKED, 6)
    assert (await paid.services.submission.balance(MIRA)).held == 0
    risen = await refusal(paid, large, agreed=5)
    assert risen.code is Code.PRICE_ROSE
    assert await submit(paid, large, agreed=6) == 6


async def test_a_server_s_threshold_stands_above_the_host_s(paid: App) -> None:
    await paid.services.guilds.change(77, lambda was: replace(was, ask_above=4))
    assert (await refusal(paid, guild_id=77)).code is Code.PRICE_ASKED
    await paid.services.guilds.change(77, lambda was: replace(was, ask_above=50))
    assert await submit(paid, of_length(241), guild_id=77) == 6


async def test_without_any_price_nothing_is_held_and_nothing_started(
    paid: App, stand_in: StandIn
) -> None:
    stand_in.faults.plan(
        RequestFault.RATE_LIMITED_DAY, path="videos/generations/price", times=9_999
    )
    codes = {(await refusal(paid, of_length(57))).code for _ in range(70)}
    assert codes == {Code.ENGINE_BUSY}
    assert stand_in.price_reads == PATIENCE, "the reads of the day outlast an outage"
    assert (await paid.services.submission.balance(MIRA)).held == 0
    assert await household.rows(paid, "SELECT id FROM job") == []


async def test_the_price_that_is_foretold_is_that_of_the_member_s_own_shape(paid: App) -> None:
    await paid.services.preferences.change(MIRA, lambda was: replace(was, shape="square"))
    wish = Wish(mode=Mode.TEXT, prompt="A kite.", seconds=10, size=Size.LARGE)
    for shape in (Shape.WIDE, Shape.SQUARE):
        await paid.services.submission.price(replace(of_length(241), shape=shape, size=Size.LARGE))
    foretold = await paid.services.reception.hear(MIRA, Place(), wish)
    assert not foretold.is_most
    question = await paid.services.intake.consider(wish, Origin(discord_id=MIRA, interaction_id=1))
    assert isinstance(question, Question)
    assert (question.plan.shape, question.hold) == (Shape.SQUARE, foretold.credits)


async def test_members_at_once_pay_by_one_price(paid: App, stand_in: StandIn) -> None:
    holds = await asyncio.gather(*(submit(paid) for _ in range(5)))
    assert holds == [5] * 5
    assert stand_in.price_reads == 1
    assert await household.broken(paid) == []


async def test_a_member_is_asked_before_a_large_sum_and_then_pays_what_was_shown(
    paid: App, stand_in: StandIn
) -> None:
    wish = Wish(mode=Mode.TEXT, prompt="A kite.", seconds=10)
    origin = Origin(discord_id=MIRA, interaction_id=None)
    question = await paid.services.intake.consider(wish, origin)
    assert isinstance(question, Question)
    assert question.hold == 6
    assert (await paid.services.submission.balance(MIRA)).held == 0
    ticket = await paid.services.intake.accept_draft(question.draft, origin)
    assert (ticket.hold, ticket.plan.seed) == (6, question.plan.seed)
    assert stand_in.price_reads == 1
    small = await paid.services.intake.consider(replace(wish, seconds=2), origin)
    assert isinstance(small, Ticket)


async def test_a_price_that_is_asked_about_only_at_the_last_moment_is_asked_about(
    paid: App, data: Path, tmp_path: Path
) -> None:
    """The server's rule changes between the look at the price and the hold."""
    await paid.services.guilds.change(77, lambda was: replace(was, ask_above=50))
    rule = "UPDATE guild SET ask_above = 4 WHERE guild_id = 77;"
    trigger = f"CREATE TRIGGER meanwhile AFTER INSERT ON person BEGIN {rule} END"
    await paid.parts.store.write(single(Statement(trigger)))
    picture = tmp_path / "red.png"
    picture.write_bytes(samples.picture(896, 512))
    wish = Wish(mode=Mode.IMAGE, first_image=household.a_source(picture), shape=Shape.WIDE)
    origin = Origin(discord_id=MIRA, interaction_id=None, guild_id=77)
    question = await paid.services.intake.consider(wish, origin)
    assert isinstance(question, Question)
    assert question.hold == 5
    assert question.picture is not None
    assert (await paid.services.submission.balance(MIRA)).held == 0
    ticket = await paid.services.intake.accept_draft(question.draft, origin)
    assert (ticket.hold, ticket.plan) == (5, question.plan)
    assert len(list((data / "jobs").iterdir())) == 1
    assert list((data / "scratch").iterdir()) == []
