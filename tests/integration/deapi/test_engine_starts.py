import asyncio
import socket
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.deapi.client import Client
from bot.deapi.retry import Policy
from bot.engines import base
from bot.engines.base import Lost, Reason, Spec, Task
from bot.engines.deapi import DeapiEngine
from storage.records import Mode
from tests.fakes import samples
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.server import StandIn
from tests.integration.deapi.clips import AGENT
from tests.integration.deapi.told import ToldTime

SPEC = Spec(mode=Mode.TEXT, width=512, height=512, frames=49)
TASK = Task(spec=SPEC, model=catalog.LTX.slug, prompt="Rain on a roof.", seed=11)
F = RequestFault


@pytest.fixture
def engine(client: Client, told: ToldTime) -> DeapiEngine:
    return DeapiEngine(client, model=catalog.LTX.slug, clock_s=lambda: told.now_s)


async def test_a_quote_names_the_configured_model_and_its_price(
    stand_in: StandIn, engine: DeapiEngine, told: ToldTime
) -> None:
    quote = await engine.quote(SPEC)
    assert quote == base.Quote(price_micro=38_001, model=catalog.LTX.slug)
    asked = len(stand_in.seen)
    assert await engine.model_for(SPEC) == quote.model
    assert len(stand_in.seen) == asked, "the list of models is good for some minutes"
    told.now_s += 301
    assert await engine.quote(SPEC) == quote
    assert len(stand_in.seen) == asked + 2


async def test_a_retired_model_is_replaced_by_one_that_can_do_the_same(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    stand_in.retire(catalog.LTX.slug)
    assert (await engine.quote(SPEC)).model == catalog.SUCCESSOR.slug
    task = Task(spec=SPEC, model=catalog.SUCCESSOR.slug, prompt="Rain.", seed=1)
    await engine.start(task)
    assert stand_in.asked("videos/")[-1].fields["steps"] == 6, "within the limits of that model"


async def test_without_any_fitting_model_nothing_is_started(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    stand_in.retire(catalog.LTX.slug)
    stand_in.retire(catalog.SUCCESSOR.slug)
    with pytest.raises(base.NotStarted) as caught:
        await engine.quote(SPEC)
    assert caught.value.reason is Reason.NO_MODEL


async def test_a_model_that_goes_between_quote_and_start_is_quoted_anew(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    await engine.quote(SPEC)
    stand_in.retire(catalog.LTX.slug)
    with pytest.raises(base.NotStarted) as caught:
        await engine.start(TASK)
    assert caught.value.reason is Reason.NO_MODEL
    assert (await engine.quote(SPEC)).model == catalog.SUCCESSOR.slug
    with pytest.raises(base.NotStarted) as again:
        await engine.start(TASK)
    assert again.value.reason is Reason.NO_MODEL
    assert not stand_in.jobs.by_id


async def test_an_account_that_holds_less_than_the_price_is_not_asked(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    stand_in.behaviour.balance = Decimal("0.60")
    with pytest.raises(base.NotStarted) as caught:
        await engine.start(replace(TASK, price_micro=600_001))
    assert caught.value.reason is Reason.BROKE
    assert stand_in.posts == 0
    assert not stand_in.price_reads, "a start asks for no price"


@pytest.mark.parametrize("dollars", ["0.489999", "0"])
async def test_below_the_floor_no_submit_is_sent(
    stand_in: StandIn, engine: DeapiEngine, dollars: str
) -> None:
    stand_in.behaviour.balance = Decimal(dollars)
    with pytest.raises(base.NotStarted) as caught:
        await engine.start(TASK)
    assert caught.value.reason is Reason.BROKE
    assert stand_in.posts == 0


async def test_at_the_floor_one_clip_may_start(stand_in: StandIn, engine: DeapiEngine) -> None:
    stand_in.behaviour.balance = Decimal("0.49")
    await engine.start(TASK)
    with pytest.raises(base.NotStarted):
        await engine.start(TASK)
    assert stand_in.posts == 1


async def test_funds_that_vanish_before_the_submit_are_no_fault_of_the_request(
    stand_in: StandIn, engine: DeapiEngine, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    async def rich() -> int:
        return 10_000_000

    monkeypatch.setattr(client, "balance", rich)
    stand_in.behaviour.balance = Decimal("0.1")
    with pytest.raises(base.NotStarted) as caught:
        await engine.start(TASK)
    assert caught.value.reason is Reason.BROKE


@pytest.mark.parametrize(
    ("fault", "reason", "wait_s"),
    [
        (F.RATE_LIMITED, Reason.BUSY, 7),
        (F.RATE_LIMITED_BARE, Reason.BUSY, 60),
        (F.RATE_LIMITED_DAY, Reason.BUSY, 40_000),
        (F.UNAUTHORIZED, Reason.KEY, None),
        (F.SUSPENDED, Reason.SUSPENDED, None),
        (F.CLOUDFLARE, Reason.DOWN, None),
    ],
)
async def test_a_definite_refusal_of_the_submit_started_nothing(
    stand_in: StandIn,
    engine: DeapiEngine,
    fault: RequestFault,
    reason: Reason,
    wait_s: float | None,
) -> None:
    await engine.quote(SPEC)
    stand_in.faults.plan(fault, path="videos/")
    with pytest.raises(base.NotStarted) as caught:
        await engine.start(TASK)
    assert (caught.value.reason, caught.value.retry_after_s) == (reason, wait_s)
    assert not stand_in.jobs.by_id
    assert await engine.start(TASK) in stand_in.jobs.by_id


@pytest.mark.parametrize(
    "fault",
    [F.DROP_UNSEEN, F.DROP_ACCEPTED, F.SERVER_ERROR, F.GATEWAY_ACCEPTED, F.GARBAGE_ACCEPTED],
)
async def test_an_answer_that_is_lost_leaves_the_engine_unsure(
    stand_in: StandIn, engine: DeapiEngine, fault: RequestFault
) -> None:
    await engine.quote(SPEC)
    stand_in.faults.plan(fault, path="videos/")
    with pytest.raises(base.Unsure):
        await engine.start(TASK)
    assert stand_in.posts == 1


async def test_trouble_before_the_submit_is_not_doubt(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    stand_in.faults.plan(F.SERVER_ERROR, path="account", times=9)
    with pytest.raises(base.NotStarted) as caught:
        await engine.start(TASK)
    assert caught.value.reason is Reason.DOWN
    assert stand_in.posts == 0


async def test_an_unreachable_provider_has_started_nothing() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        policy = Policy(attempts=1)
        async with Client("k", user_agent=AGENT, base_url=url, policy=policy) as client:
            engine = DeapiEngine(client, model=catalog.LTX.slug)
            with pytest.raises(base.NotStarted) as caught:
                await engine.start(TASK)
            assert caught.value.reason is Reason.DOWN
            assert not (await engine.examine())[0].ok


async def test_a_request_that_breaks_a_rule_is_refused_for_good(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    small = Spec(mode=Mode.TEXT, width=416, height=512, frames=49)
    with pytest.raises(base.Refused) as caught:
        await engine.quote(small)
    assert caught.value.reason is Reason.REJECTED
    assert "width" in caught.value.detail
    silent = Task(
        spec=Spec(mode=Mode.AUDIO, width=512, height=512, frames=49),
        model=catalog.LTX.slug,
        prompt="x",
        seed=1,
    )
    with pytest.raises(base.Refused):
        await engine.start(silent)
    assert stand_in.posts == 0


async def test_sound_in_the_wrong_form_is_refused_by_name(
    stand_in: StandIn, engine: DeapiEngine, tmp_path: Path
) -> None:
    wav = tmp_path / "sound.mp3"
    wav.write_bytes(samples.sound(2, "wav"))
    task = Task(
        spec=Spec(mode=Mode.AUDIO, width=512, height=512, frames=49),
        model=catalog.LTX.slug,
        prompt="x",
        seed=1,
        sound_mp3=wav,
    )
    with pytest.raises(base.Refused) as caught:
        await engine.start(task)
    assert "audio" in caught.value.detail


async def test_submits_go_one_at_a_time(stand_in: StandIn, engine: DeapiEngine) -> None:
    await engine.quote(SPEC)
    stand_in.faults.plan(F.SLOW_ACCEPTED, path="videos/")
    first = asyncio.create_task(engine.start(TASK))
    second = asyncio.create_task(engine.start(TASK))
    await stand_in.held.wait()
    assert (await engine.look("nothing")) == Lost(), "looking goes on meanwhile"
    assert stand_in.posts == 1
    stand_in.release.set()
    assert await first != await second
    assert stand_in.posts == 2
