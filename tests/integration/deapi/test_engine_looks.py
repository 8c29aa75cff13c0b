import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from bot.deapi.client import Client
from bot.engines import base
from bot.engines.base import Done, Failed, Pending, Reason, Running, Spec, Task
from bot.engines.deapi import DeapiEngine
from storage.records import Mode
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import JobFault, RequestFault
from tests.fakes.deapi.server import StandIn
from tests.integration.deapi.told import ToldTime

SPEC = Spec(mode=Mode.TEXT, width=512, height=512, frames=49)
TASK = Task(spec=SPEC, model=catalog.LTX.slug, prompt="Rain on a roof.", seed=11)
F = RequestFault


@pytest.fixture
def engine(client: Client, told: ToldTime) -> DeapiEngine:
    return DeapiEngine(client, model=catalog.LTX.slug, clock_s=lambda: told.now_s)


async def finished(stand_in: StandIn, engine: DeapiEngine) -> str:
    handle = await engine.start(TASK)
    stand_in.jobs.finish(stand_in.jobs.by_id[handle])
    return handle


async def test_looks_tell_pending_running_and_the_price_in_the_end(
    stand_in: StandIn, engine: DeapiEngine
) -> None:
    stand_in.behaviour.looks_until_done = 4
    handle = await engine.start(TASK)
    assert [await engine.look(handle) for _ in range(5)] == [
        Pending(),
        Running(0.25),
        Running(0.5),
        Running(0.75),
        Done(38_001),
    ]


@pytest.mark.parametrize(
    ("fault", "retryable"), [(JobFault.ERROR_RETRYABLE, True), (JobFault.ERROR_FINAL, False)]
)
async def test_a_job_that_fails_says_whether_to_try_again(
    stand_in: StandIn, engine: DeapiEngine, fault: JobFault, retryable: bool
) -> None:
    stand_in.faults.plan_job(fault)
    before = stand_in.behaviour.balance
    state = await engine.look(await finished(stand_in, engine))
    assert isinstance(state, Failed)
    assert state.retryable == retryable
    assert "WORKER" in state.detail
    assert stand_in.behaviour.balance == before


async def test_a_stuck_job_goes_on_running(stand_in: StandIn, engine: DeapiEngine) -> None:
    stand_in.faults.plan_job(JobFault.STUCK)
    handle = await finished(stand_in, engine)
    looks = [await engine.look(handle) for _ in range(20)]
    assert looks[-1] == Running(0.4)
    assert not any(isinstance(look, Done | Failed) for look in looks)


@pytest.mark.parametrize("fault", [F.SERVER_ERROR, F.DROP_UNSEEN, F.CLOUDFLARE, F.UNAUTHORIZED])
async def test_a_look_that_fails_is_no_end_of_the_job(
    stand_in: StandIn, engine: DeapiEngine, fault: RequestFault
) -> None:
    handle = await finished(stand_in, engine)
    stand_in.faults.plan(fault, path="jobs/", times=9)
    with pytest.raises(base.Unreadable):
        await engine.look(handle)
    stand_in.faults.requests.clear()
    assert isinstance(await engine.look(handle), Done)


async def test_a_link_that_aged_between_look_and_fetch_is_asked_for_again(
    stand_in: StandIn, engine: DeapiEngine, tmp_path: Path
) -> None:
    stand_in.faults.plan_job(JobFault.URL_EXPIRED)
    handle = await finished(stand_in, engine)
    await engine.fetch(handle, tmp_path / "clip.mp4")
    assert stand_in.jobs.by_id[handle].downloads == 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (JobFault.NULL_URL, Reason.MISSING),
        (JobFault.OVERSIZED, Reason.RESULT),
        (JobFault.TRUNCATED, Reason.DOWN),
    ],
)
async def test_a_result_that_cannot_be_had_is_unreadable(
    stand_in: StandIn, engine: DeapiEngine, tmp_path: Path, fault: JobFault, reason: Reason
) -> None:
    stand_in.faults.plan_job(fault)
    handle = await finished(stand_in, engine)
    target = tmp_path / "clip.mp4"
    with pytest.raises(base.Unreadable) as caught:
        await engine.fetch(handle, target)
    assert caught.value.reason is reason
    assert not await asyncio.to_thread(target.exists)


async def test_a_clip_that_is_not_ready_is_not_fetched(
    stand_in: StandIn, engine: DeapiEngine, tmp_path: Path
) -> None:
    handle = await engine.start(TASK)
    with pytest.raises(base.Unreadable):
        await engine.fetch(handle, tmp_path / "clip.mp4")
    with pytest.raises(base.Unreadable):
        await engine.fetch("nothing", tmp_path / "clip.mp4")


async def test_the_doctor_names_what_is_wrong(stand_in: StandIn, engine: DeapiEngine) -> None:
    stand_in.behaviour.balance = Decimal("0.12")
    stand_in.retire(catalog.LTX.slug)
    findings = await engine.examine()
    assert [finding.ok for finding in findings] == [True, False, False, False, False]
    assert "0.49" in findings[1].remedy
    assert catalog.SUCCESSOR.slug in findings[2].remedy
    stand_in.faults.plan(F.UNAUTHORIZED)
    (refused,) = await engine.examine()
    assert "key" in refused.remedy
    assert stand_in.behaviour.key not in str(refused)


async def test_limits_reach_the_caller_as_busy(stand_in: StandIn, engine: DeapiEngine) -> None:
    handle = await engine.start(TASK)
    stand_in.faults.plan(F.RATE_LIMITED_DAY, path="jobs/")
    with pytest.raises(base.Unreadable) as caught:
        await engine.look(handle)
    assert (caught.value.reason, caught.value.retry_after_s) == (Reason.BUSY, 40_000)
