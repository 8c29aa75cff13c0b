"""Rewriting: price reads that others need are left to them, and words go with their draft."""

import asyncio

import pytest

from bot.domain.request import Plan, Wish
from bot.domain.shapes import Shape, Size
from bot.domain.versions import Snag
from bot.engines.base import Quote, Spec
from bot.engines.deapi import DeapiEngine
from bot.errors import Code, UserError
from bot.services import rewriter as rewriting
from bot.services.bounds import Bounds, Limits
from bot.services.pauses import Pauses
from bot.services.quotes import (
    LONGEST_PAUSE_MS,
    PATIENCE,
    REWRITING_READS_A_DAY,
    REWRITING_STEPS,
    Quotes,
)
from bot.services.rewriter import Rewriter, Rewritten
from bot.services.wishes import Kept, Wishes
from storage import audit, drafts, versions
from storage.belongings import RewritingState
from storage.database import Statement, Store, single
from storage.records import Mode
from tests.fakes.clock import Clock
from tests.fakes.deapi import prompts
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.server import StandIn

MIRA = 501
WORDS = "A red kite over grey dunes."
AGREED_MICRO = 1_000_000
PLAN = Plan(mode=Mode.TEXT, prompt=WORDS, shape=Shape.WIDE, size=Size.STANDARD, frames=49, seed=1)
PRICE = f"{prompts.PATH}/price"


@pytest.fixture
def quotes(store: Store, clock: Clock, deapi: DeapiEngine) -> Quotes:
    return Quotes(store, clock, deapi, Pauses(store, clock))


@pytest.fixture
def rewriter(store: Store, clock: Clock, deapi: DeapiEngine, quotes: Quotes) -> Rewriter:
    limits = Limits(
        member_queue=3, member_queue_s=60, server_jobs=9, cooldown_s=0, daily_spend_micro=None
    )
    return Rewriter(
        store=store,
        clock=clock,
        engine=deapi,
        quotes=quotes,
        bounds=Bounds(limits, deapi),
        pauses=Pauses(store, clock),
    )


@pytest.fixture
def wishes(store: Store, clock: Clock) -> Wishes:
    return Wishes(store, clock)


async def a_draft(wishes: Wishes) -> int:
    return await wishes.keep(Kept(wish=Wish(mode=Mode.TEXT, prompt=WORDS)), MIRA)


async def rewrite(rewriter: Rewriter, draft: int) -> Rewritten | Snag | None:
    return await rewriter.rewrite(
        PLAN, WORDS, None, draft=draft, member=MIRA, agreed_micro=AGREED_MICRO
    )


async def rows(store: Store) -> list[tuple[str, str | None, str]]:
    found = await store.read(single(Statement("SELECT words, answer, state FROM rewriting")))
    return [(row["words"], row["answer"], row["state"]) for row in found]


async def test_a_provider_that_is_busy_is_not_asked_for_its_price_at_each_press(
    rewriter: Rewriter, clock: Clock, stand_in: StandIn
) -> None:
    stand_in.faults.plan(RequestFault.RATE_LIMITED_DAY, path=PRICE, exact=True, times=1_000)
    for _ in range(10):
        assert await rewriter.price(PLAN, WORDS) is Snag.BUSY
    assert stand_in.price_reads == PATIENCE
    stand_in.faults.requests.clear()
    clock.advance(LONGEST_PAUSE_MS / 1000)
    assert isinstance(await rewriter.price(PLAN, WORDS), Quote)


async def test_a_price_that_is_known_stands_while_others_cannot_be_read(
    rewriter: Rewriter, wishes: Wishes, stand_in: StandIn
) -> None:
    assert isinstance(await rewriter.price(PLAN, WORDS), Quote)
    stand_in.faults.plan(RequestFault.SERVER_ERROR, path=PRICE, exact=True, times=1_000)
    for _ in range(PATIENCE + 1):
        assert await rewriter.price(PLAN, "x" * REWRITING_STEPS[-1]) is Snag.BUSY
    assert isinstance(await rewrite(rewriter, await a_draft(wishes)), Rewritten)


async def test_whatever_is_pressed_all_day_the_reads_that_videos_need_are_left(
    rewriter: Rewriter, quotes: Quotes, clock: Clock, stand_in: StandIn
) -> None:
    clock.advance(86_400 - clock.now_ms() // 1000 % 86_400)
    stand_in.faults.plan(RequestFault.SERVER_ERROR, path=PRICE, exact=True, times=1_000)
    for press in range(90):
        words = "x" * REWRITING_STEPS[press % len(REWRITING_STEPS)]
        assert await rewriter.price(PLAN, words) is Snag.BUSY
        clock.advance(900)
    assert stand_in.price_reads == REWRITING_READS_A_DAY
    for frames in range(49, 242, 8):
        await quotes.of(Spec(mode=Mode.TEXT, width=512, height=512, frames=frames))
    assert stand_in.price_reads == REWRITING_READS_A_DAY + 25


async def test_prices_of_rewritings_are_read_although_videos_read_many(
    rewriter: Rewriter, quotes: Quotes
) -> None:
    for frames in range(49, 242, 8):
        await quotes.of(Spec(mode=Mode.TEXT, width=512, height=512, frames=frames))
    assert isinstance(await rewriter.price(PLAN, WORDS), Quote)


async def test_the_words_of_a_rewriting_go_with_their_draft_and_with_no_other(
    rewriter: Rewriter, wishes: Wishes, store: Store
) -> None:
    first, second = await a_draft(wishes), await a_draft(wishes)
    for draft in (first, second):
        assert isinstance(await rewrite(rewriter, draft), Rewritten)
    kept = (WORDS, f"{WORDS} {prompts.ADDED}", "done")
    assert await rows(store) == [kept, kept]
    await wishes.drop(first, MIRA)
    assert await rows(store) == [("", None, "done"), kept]
    assert await store.write(drafts.use(second))
    assert await rows(store) == [("", None, "done")] * 2
    assert await store.read(audit.broken()) == []


async def test_a_draft_that_nobody_answered_takes_its_rewriting_along(
    rewriter: Rewriter, wishes: Wishes, store: Store, clock: Clock
) -> None:
    draft = await a_draft(wishes)
    await rewrite(rewriter, draft)
    clock.advance(1)
    await store.write(drafts.sweep(clock.now_ms()))
    assert await rows(store) == [("", None, "done")]


async def test_an_answer_that_comes_after_its_draft_has_gone_is_not_kept(
    rewriter: Rewriter, wishes: Wishes, store: Store, stand_in: StandIn
) -> None:
    draft = await a_draft(wishes)
    stand_in.faults.plan(RequestFault.SLOW_ACCEPTED, path=prompts.PATH, exact=True)
    under_way = asyncio.create_task(rewrite(rewriter, draft))
    await stand_in.held.wait()
    await wishes.drop(draft, MIRA)
    stand_in.release.set()
    await under_way
    assert await rows(store) == [("", None, "done")]


async def test_nothing_is_paid_for_a_draft_that_has_gone(
    rewriter: Rewriter, wishes: Wishes, store: Store, stand_in: StandIn
) -> None:
    draft = await a_draft(wishes)
    await wishes.drop(draft, MIRA)
    with pytest.raises(UserError) as caught:
        await rewrite(rewriter, draft)
    assert caught.value.code is Code.FORM_EXPIRED
    assert stand_in.rewritings == []
    assert await rows(store) == []


async def test_the_last_rewriting_of_the_day_is_given_and_not_one_more(
    rewriter: Rewriter, wishes: Wishes, store: Store, clock: Clock, stand_in: StandIn
) -> None:
    clock.advance(86_400 - clock.now_ms() // 1000 % 86_400)
    for _ in range(rewriting.MOST_A_DAY):
        assert isinstance(await rewrite(rewriter, await a_draft(wishes)), Rewritten)
    assert await rewrite(rewriter, await a_draft(wishes)) is Snag.OFTEN
    assert len(stand_in.rewritings) == rewriting.MOST_A_DAY
    clock.advance(86_400)
    assert isinstance(await rewrite(rewriter, await a_draft(wishes)), Rewritten)
    assert await store.read(audit.broken()) == []


async def test_refusals_for_now_use_up_nothing_of_the_day(
    rewriter: Rewriter, wishes: Wishes, store: Store, stand_in: StandIn
) -> None:
    draft = await a_draft(wishes)
    for _ in range(rewriting.MOST_A_DAY + 1):
        stand_in.faults.plan(RequestFault.RATE_LIMITED, path=prompts.PATH, exact=True)
        assert await rewrite(rewriter, draft) is Snag.BUSY
    assert isinstance(await rewrite(rewriter, draft), Rewritten)
    latest = await store.read(versions.latest(draft, WORDS))
    assert latest is not None
    assert latest.state is RewritingState.DONE
