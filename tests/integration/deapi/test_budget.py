"""What the stand-in's headers teach the budget, in both dialects."""

from pathlib import Path

import pytest

from bot.deapi.client import Client
from bot.engines.base import Allowance, Ask, Done, Reason, Spec, Task, Unreadable
from bot.engines.deapi import DeapiEngine
from bot.worker.budget import Budget
from storage.records import Mode
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import HeaderSet, RequestFault, Tier
from tests.fakes.deapi.server import StandIn
from tests.integration.deapi.told import ToldTime

SPEC = Spec(mode=Mode.TEXT, width=512, height=512, frames=49)
TASK = Task(spec=SPEC, model=catalog.LTX.slug, prompt="Rain on a roof.", seed=11)
Told = list[tuple[Ask, Allowance]]


@pytest.fixture
def engine(client: Client, told: ToldTime) -> DeapiEngine:
    return DeapiEngine(client, model=catalog.LTX.slug, clock_s=lambda: told.now_s)


@pytest.fixture
def heard(engine: DeapiEngine) -> Told:
    heard: Told = []
    engine.observe(lambda ask, allowance: heard.append((ask, allowance)))
    return heard


@pytest.fixture
def budget(engine: DeapiEngine, told: ToldTime) -> Budget:
    budget = Budget(pace_s=lambda: told.now_s, utc_s=lambda: told.now_s)
    engine.observe(budget.told)
    return budget


async def test_looks_and_starts_tell_what_they_are_allowed(
    stand_in: StandIn, engine: DeapiEngine, heard: Told
) -> None:
    stand_in.behaviour.tier = Tier.BASIC
    handle = await engine.start(TASK)
    await engine.look(handle)
    assert [(ask, told.a_minute, told.left_minute) for ask, told in heard] == [
        (Ask.START, 1, 0),
        (Ask.LOOK, 50, 49),
    ]


async def look_on(engine: DeapiEngine, handle: str) -> None:
    """The minute may turn once meanwhile, so that it takes more than one look."""
    for _ in range(60):
        await engine.look(handle)


@pytest.mark.parametrize("headers", list(HeaderSet))
async def test_a_refused_look_says_how_long_and_is_asked_once(
    stand_in: StandIn, engine: DeapiEngine, heard: Told, headers: HeaderSet
) -> None:
    stand_in.behaviour.looks_until_done = None
    handle = await engine.start(TASK)
    stand_in.behaviour.tier, stand_in.behaviour.headers = Tier.BASIC, headers
    for _ in range(50):
        await engine.look(handle)
    asked = len(stand_in.asked("jobs/"))
    with pytest.raises(Unreadable) as refused:
        await look_on(engine, handle)
    assert refused.value.reason is Reason.BUSY
    assert 0 < (refused.value.retry_after_s or 0) <= 60
    assert len(stand_in.asked("jobs/")) - asked <= 51, "no look was repeated unasked"
    ask, last = heard[-1]
    assert (ask, last.a_minute, last.left_minute) == (Ask.LOOK, 50, 0)
    assert (last.a_day == 200) == (headers is not HeaderSet.DOCS)


async def test_paced_by_its_budget_a_small_account_is_not_refused(
    stand_in: StandIn, engine: DeapiEngine, budget: Budget, told: ToldTime
) -> None:
    stand_in.behaviour.looks_until_done = None
    stand_in._buckets._now_s = lambda: told.now_s
    handle = await engine.start(TASK)
    stand_in.behaviour.tier = Tier.BASIC
    for _ in range(120):
        told.now_s += budget.wait_s(Ask.LOOK)
        budget.take(Ask.LOOK)
        await engine.look(handle)
    assert budget.left_today(Ask.LOOK) == 80


async def test_the_fetch_needs_no_look_of_its_own(
    stand_in: StandIn, engine: DeapiEngine, tmp_path: Path
) -> None:
    handle = await engine.start(TASK)
    stand_in.jobs.finish(stand_in.jobs.by_id[handle])
    assert isinstance(await engine.look(handle), Done)
    looked = len(stand_in.asked("jobs/"))
    await engine.fetch(handle, tmp_path / "clip.mp4")
    assert len(stand_in.asked("jobs/")) == looked


async def test_a_look_that_meets_an_error_is_one_request(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    handle = await engine.start(TASK)
    stand_in.faults.plan(RequestFault.SERVER_ERROR, path="jobs/", times=3)
    with pytest.raises(Unreadable):
        await engine.look(handle)
    assert len(stand_in.asked("jobs/")) == 1
