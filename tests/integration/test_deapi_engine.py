import asyncio
import socket
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from bot.deapi.client import Client
from bot.deapi.retry import Policy, Timing
from bot.engines import base
from bot.engines.base import Done, Failed, Lost, Pending, Reason, Running, Spec, Task
from bot.engines.deapi import DeapiEngine
from storage.records import Mode
from tests.fakes import samples
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import JobFault, RequestFault
from tests.fakes.deapi.server import StandIn

AGENT = "Talkie/0.1 (+https://talkie.example)"
SPEC = Spec(mode=Mode.TEXT, width=512, height=512, frames=49)
TASK = Task(spec=SPEC, model=catalog.LTX.slug, prompt="Rain on a roof.", seed=11)
F = RequestFault


class ToldTime:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    async def sleep(self, seconds: float) -> None:
        self.now_s += seconds


@pytest.fixture
def told() -> ToldTime:
    return ToldTime()


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
async def client(stand_in: StandIn, told: ToldTime) -> AsyncIterator[Client]:
    key = stand_in.behaviour.key
    timing = Timing(sleep=told.sleep, clock_s=lambda: told.now_s)
    async with Client(key, user_agent=AGENT, base_url=stand_in.url, timing=timing) as opened:
        yield opened


@pytest.fixture
def engine(client: Client, told: ToldTime) -> DeapiEngine:
    return DeapiEngine(client, model=catalog.LTX.slug, clock_s=lambda: told.now_s)


async def finished(stand_in: StandIn, engine: DeapiEngine) -> str:
    handle = await engine.start(TASK)
    stand_in.jobs.finish(stand_in.jobs.by_id[handle])
    return handle


async def test_a_quote_names_the_configured_model_and_its_price(
    stand_in: StandIn, engine: DeapiEngine, told: ToldTime
) -> None:
    quote = await engine.quote(SPEC)
    assert quote == base.Quote(price_micro=38_001, model=catalog.LTX.slug)
    asked = len(stand_in.seen)
    assert await engine.quote(SPEC) == quote
    assert len(stand_in.seen) == asked, "a price is good for some minutes"
    told.now_s += 301
    await engine.quote(SPEC)
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
        (JobFault.NULL_URL, Reason.RESULT),
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
