import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.deapi import errors, webhook
from bot.deapi.bodies import Clip, Webhook
from bot.deapi.client import Client
from bot.deapi.webhook import Event, Refusal, Verified, Why
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import Behaviour, HookFault, JobFault, RequestFault
from tests.fakes.deapi.deliveries import WAITS_S
from tests.fakes.deapi.jobs import Job
from tests.fakes.deapi.server import StandIn
from tests.integration.deapi.told import ToldTime

SECRET = "0123456789abcdef" * 4
PATH = "/hooks/deapi/abc"
CLIP = Clip(
    model=catalog.LTX.slug,
    prompt="Rain on a roof.",
    width=512,
    height=512,
    frames=49,
    seed=11,
    webhook=Webhook(url=f"https://talkie.example{PATH}", secret=SECRET),
)


class Receiver:
    """A server of the bot's kind that keeps what it was sent and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[Verified | Refusal] = []
        self.status = 200
        self.never = asyncio.Event()
        self.is_deaf = False
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        stamp = float(request.headers["X-DeAPI-Timestamp"])
        found = webhook.verify(request.headers, body, secret=SECRET, now_s=stamp)
        self.got.append(found)
        if self.is_deaf:
            await self.never.wait()
        return web.Response(status=self.status, headers={"Location": PATH})

    @property
    def events(self) -> list[Event]:
        return [one.event for one in self.got if isinstance(one, Verified)]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post(PATH, receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield receiver
    receiver.never.set()
    await runner.cleanup()


@pytest.fixture
def told() -> ToldTime:
    return ToldTime()


@pytest.fixture
async def deapi(receiver: Receiver, told: ToldTime) -> AsyncIterator[StandIn]:
    behaviour = Behaviour(webhook_origin=receiver.url)
    async with StandIn(behaviour, now_s=lambda: told.now_s, sleep=told.sleep) as running:
        yield running


@pytest.fixture
async def client(deapi: StandIn) -> AsyncIterator[Client]:
    key = deapi.behaviour.key
    async with Client(key, user_agent="Talkie/0 (tests)", base_url=deapi.url) as opened:
        yield opened


async def a_job(deapi: StandIn, client: Client) -> Job:
    return deapi.jobs.by_id[await client.submit_text(CLIP)]


async def test_a_job_tells_its_webhook_of_its_beginning_and_its_end(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    job = await a_job(deapi, client)
    deapi.jobs.finish(job)
    await deapi.deliveries.settle()
    begun, done = receiver.got
    assert isinstance(begun, Verified)
    assert isinstance(done, Verified)
    assert (begun.event, done.event) == (Event.PROCESSING, Event.COMPLETED)
    assert begun.request_id == done.request_id == job.id
    assert begun.delivery_id != done.delivery_id
    assert [one.status for one in deapi.deliveries.attempts] == [200, 200]


async def test_a_failure_is_told_with_its_reasons(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    deapi.faults.plan_job(JobFault.ERROR_RETRYABLE)
    deapi.jobs.finish(await a_job(deapi, client))
    await deapi.deliveries.settle()
    last = receiver.got[-1]
    assert isinstance(last, Verified)
    assert isinstance(last.data, webhook.Failed)
    assert (last.data.retryable, last.data.refunded) == (True, True)


async def test_looks_move_a_job_and_its_webhooks_alike(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    job = await a_job(deapi, client)
    for _ in range(4):
        await client.job(job.id)
    await deapi.deliveries.settle()
    assert receiver.events == [Event.PROCESSING, Event.COMPLETED]


async def test_a_refused_webhook_comes_back_at_the_documented_times(
    deapi: StandIn, client: Client, receiver: Receiver, told: ToldTime
) -> None:
    receiver.status = 500
    deapi.jobs.process(await a_job(deapi, client), 10)
    await deapi.deliveries.settle()
    assert told.slept == [float(wait_s) for wait_s in WAITS_S[1:]]
    assert sum(told.slept) == 22 * 3_600 + 48 * 60
    assert [one.number for one in deapi.deliveries.attempts] == list(range(1, 11))
    assert len({one.delivery_id for one in deapi.deliveries.attempts}) == 1


async def test_the_waits_can_be_scaled_down_and_a_redirect_is_a_refusal(
    deapi: StandIn, client: Client, receiver: Receiver, told: ToldTime
) -> None:
    receiver.status = 307
    deapi.behaviour.webhook_scale = 0.001
    deapi.jobs.process(await a_job(deapi, client), 10)
    await deapi.deliveries.settle()
    assert sum(told.slept) == pytest.approx(82.08)
    assert len(receiver.got) == 10


async def test_a_receiver_that_does_not_answer_in_time_has_not_answered(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    receiver.is_deaf = True
    deapi.behaviour.webhook_answer_s = 0.02
    deapi.jobs.process(await a_job(deapi, client), 10)
    await deapi.deliveries.settle()
    assert {one.status for one in deapi.deliveries.attempts} == {0}


async def test_a_kept_timestamp_grows_stale_with_the_attempts(
    deapi: StandIn, client: Client, receiver: Receiver, told: ToldTime
) -> None:
    deapi.behaviour.webhook_keeps_stamp = True
    receiver.status = 500
    job = await a_job(deapi, client)
    began_s = told.now_s
    deapi.jobs.process(job, 10)
    await deapi.deliveries.settle()
    ids = {one.delivery_id for one in receiver.got if isinstance(one, Verified)}
    assert (len(receiver.got), len(ids)) == (10, 1)
    assert told.now_s - began_s > webhook.FRESH_S


async def test_ten_webhooks_that_failed_for_good_end_them_all(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    receiver.status = 404
    for _ in range(5):
        deapi.jobs.finish(await a_job(deapi, client))
    await deapi.deliveries.settle()
    assert deapi.deliveries.is_broken
    receiver.status, seen = 200, len(receiver.got)
    deapi.jobs.finish(await a_job(deapi, client))
    await deapi.deliveries.settle()
    assert len(receiver.got) == seen


async def test_webhooks_get_lost_doubled_late_and_overtaken_as_planned(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    deapi.faults.plan_hook(HookFault.LOST, event="job.processing")
    deapi.faults.plan_hook(HookFault.DUPLICATE, event="job.completed")
    deapi.jobs.finish(await a_job(deapi, client))
    await deapi.deliveries.settle()
    assert receiver.events == [Event.COMPLETED, Event.COMPLETED]
    first, second = receiver.got
    assert first == second
    receiver.got.clear()

    deapi.faults.plan_hook(HookFault.OVERTAKEN, event="job.processing")
    deapi.jobs.finish(await a_job(deapi, client))
    await deapi.deliveries.settle()
    assert receiver.events == [Event.COMPLETED, Event.PROCESSING]
    receiver.got.clear()

    deapi.faults.plan_hook(HookFault.LATE, event="job.completed")
    deapi.jobs.finish(await a_job(deapi, client))
    await deapi.deliveries.settle()
    assert receiver.events == [Event.PROCESSING]
    deapi.deliveries.release()
    await deapi.deliveries.settle()
    assert receiver.events == [Event.PROCESSING, Event.COMPLETED]


async def test_webhooks_can_be_unsigned_or_forged(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    deapi.faults.plan_hook(HookFault.FORGED)
    deapi.jobs.process(await a_job(deapi, client), 10)
    await deapi.deliveries.settle()
    deapi.behaviour.webhook_unsigned = True
    deapi.jobs.process(await a_job(deapi, client), 10)
    await deapi.deliveries.settle()
    assert receiver.got == [Refusal(Why.FORGED), Refusal(Why.UNSIGNED)]


async def test_the_beginning_can_be_told_before_the_submit_is_answered(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    deapi.behaviour.begins_before_answer = True
    deapi.faults.plan(RequestFault.DROP_ACCEPTED, path="videos/")
    with pytest.raises(errors.Ambiguous):
        await client.submit_text(CLIP)
    (found,) = receiver.got
    assert isinstance(found, Verified)
    assert found.request_id in deapi.jobs.by_id


async def test_without_a_place_to_send_them_none_are_sent(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    deapi.behaviour.webhook_origin = None
    deapi.jobs.finish(await a_job(deapi, client))
    await deapi.deliveries.settle()
    assert (receiver.got, deapi.deliveries.attempts) == ([], [])


async def test_by_the_clock_a_job_ends_although_nobody_looks(receiver: Receiver) -> None:
    behaviour = Behaviour(webhook_origin=receiver.url, seconds_to_done=0.05)
    async with (
        StandIn(behaviour) as deapi,
        Client(behaviour.key, user_agent="Talkie/0 (tests)", base_url=deapi.url) as client,
    ):
        job = await a_job(deapi, client)
        await asyncio.gather(*deapi._ticking)
        await deapi.deliveries.settle()
    assert (job.looks, receiver.events) == (0, [Event.PROCESSING, Event.COMPLETED])


async def test_faults_of_webhooks_can_be_planned_from_another_process(
    deapi: StandIn, client: Client, receiver: Receiver
) -> None:
    async with aiohttp.ClientSession(deapi.url) as session:
        plan = {"hook": "late", "event": "job.completed"}
        await session.post("/_control/faults", json=plan)
        deapi.jobs.finish(await a_job(deapi, client))
        await deapi.deliveries.settle()
        await session.post("/_control/release")
        await deapi.deliveries.settle()
        async with session.get("/_control/state") as answer:
            told = (await answer.json())["webhooks"]
    assert [one["event"] for one in told] == ["job.processing", "job.completed"]
    assert receiver.events == [Event.PROCESSING, Event.COMPLETED]
