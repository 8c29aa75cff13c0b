import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.deapi import errors, pusher
from bot.deapi.models import JobStatus
from bot.deapi.push import Address, Ended, Pace, Push
from bot.deapi.pusher import Complaint, Denied, Greeting, Noise, Progress, Subscribed
from bot.deapi.retry import Timing
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.jobs import Job
from tests.fakes.deapi.rules import TEXT
from tests.fakes.deapi.server import StandIn

AGENT = "Talkie/0 (tests)"
CHANNEL = "private-client.42"
News = AsyncGenerator[Progress | Ended, None]


class ToldTime:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 1_000.0
        self.slept: list[float] = []
        self.five_times = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds
        if len(self.slept) == 5:
            self.five_times.set()
        await asyncio.sleep(0)

    def timing(self) -> Timing:
        return Timing(
            sleep=self.sleep,
            clock_s=lambda: self.now_s,
            now_s=lambda: self.now_s,
            chance=lambda: 1.0,
        )


@pytest.fixture
async def told() -> ToldTime:
    return ToldTime()


@pytest.fixture
async def deapi() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


def a_push(
    deapi: StandIn,
    told: ToldTime,
    *,
    key: str = "",
    socket_url: str = "",
    client_id: int = 42,
    pace: Pace | None = None,
) -> Push:
    address = Address(
        client_id=client_id, socket_url=socket_url or deapi.socket_url, base_url=deapi.url
    )
    return Push(
        key or deapi.behaviour.key, address, user_agent=AGENT, pace=pace, timing=told.timing()
    )


@pytest.fixture
async def push(deapi: StandIn, told: ToldTime) -> Push:
    return a_push(deapi, told)


@pytest.fixture
async def news(push: Push) -> AsyncIterator[News]:
    async with aclosing(push.listen()) as news:
        yield news


def a_job(deapi: StandIn) -> Job:
    return deapi.jobs.accept(TEXT, {}, deapi.behaviour.balance, None)


async def next_news(deapi: StandIn, news: News, job: Job, progress: float) -> Progress | Ended:
    """Wait until somebody listens, move a job and answer what was told of it."""
    coming = asyncio.create_task(anext(news))
    await deapi.sockets.until_joined()
    deapi.jobs.process(job, progress)
    return await coming


async def only_news(push: Push) -> Progress | Ended:
    async with aclosing(push.listen()) as news:
        return await anext(news)


async def test_progress_arrives_with_its_status_and_number(
    deapi: StandIn, push: Push, news: News
) -> None:
    job = a_job(deapi)
    assert await next_news(deapi, news, job, 45.5) == Progress(
        request_id=job.id, status=JobStatus.PROCESSING, progress=45.5
    )
    assert push.is_joined
    deapi.jobs.finish(job)
    done = await anext(news)
    assert isinstance(done, Progress)
    assert (done.status, done.progress) == (JobStatus.DONE, 100.0)


async def test_it_greets_as_pusher_asks_and_shows_the_key_to_the_api_alone(
    deapi: StandIn, news: News
) -> None:
    await next_news(deapi, news, a_job(deapi), 1)
    (frame,) = deapi.sockets.heard
    assert frame["event"] == "pusher:subscribe"
    assert frame["data"]["channel"] == CHANNEL
    assert deapi.behaviour.key not in json.dumps(frame)


async def test_a_closed_listener_leaves_nothing_behind(deapi: StandIn, told: ToldTime) -> None:
    push = a_push(deapi, told)
    async with aclosing(push.listen()) as news:
        await next_news(deapi, news, a_job(deapi), 1)
    await deapi.sockets.until(lambda: not deapi.sockets._connections)
    assert not push.is_joined
    assert push.lost == 0


async def test_what_cannot_be_understood_is_counted_and_passed_over(
    deapi: StandIn, push: Push, news: News
) -> None:
    job = a_job(deapi)
    await next_news(deapi, news, job, 1)
    hostile = [
        "",
        "null",
        "[" * 50_000,
        '{"event":7}',
        '{"event":"request.status.updated","data":"{}"}',
        json.dumps({"event": "request.status.updated", "channel": CHANNEL, "data": "{"}),
        json.dumps({"event": "request.status.updated", "channel": CHANNEL, "data": [1]}),
        json.dumps({
            "event": "request.status.updated", "channel": "private-client.7",
            "data": {"request_id": "a", "status": "done"},
        }),
        json.dumps({
            "event": "request.status.updated", "channel": CHANNEL,
            "data": {"request_id": "../balance", "status": "done"},
        }),
        json.dumps({"event": "pusher:connection_established", "data": {"socket_id": "x"}}),
    ]  # fmt: skip
    for text in hostile:
        deapi.sockets.say(text)
    deapi.jobs.process(job, 2)
    assert await anext(news) == Progress(
        request_id=job.id, status=JobStatus.PROCESSING, progress=2.0
    )
    assert push.ignored == len(hostile)


async def test_a_lost_connection_is_opened_again(
    deapi: StandIn, push: Push, news: News, told: ToldTime
) -> None:
    job = a_job(deapi)
    await next_news(deapi, news, job, 1)
    coming = asyncio.create_task(anext(news))
    deapi.sockets.drop()
    await deapi.sockets.until(lambda: deapi.sockets.connects == 2)
    await deapi.sockets.until_joined()
    deapi.jobs.process(job, 2)
    told_of = await coming
    assert isinstance(told_of, Progress)
    assert told_of.progress == 2.0
    assert (push.lost, told.slept) == (1, [1.0])


async def test_the_waits_double_up_to_a_cap_and_shrink_after_a_long_hold(
    deapi: StandIn, told: ToldTime
) -> None:
    pace = Pace(first_delay_s=1, longest_delay_s=10)
    deapi.behaviour.socket_greets = False
    push = a_push(deapi, told, pace=pace)
    job = a_job(deapi)
    async with aclosing(push.listen()) as news:
        coming = asyncio.create_task(anext(news))
        for number in range(1, 7):
            await deapi.sockets.until(lambda n=number: deapi.sockets.connects == n)  # type: ignore[misc]
            deapi.behaviour.socket_greets = number == 6
            deapi.sockets.drop()
        await deapi.sockets.until_joined()
        deapi.jobs.process(job, 1)
        await coming
        assert told.slept == [1, 2, 4, 8, 10, 10]
        told.now_s += 10
        coming = asyncio.create_task(anext(news))
        deapi.sockets.drop()
        await deapi.sockets.until(lambda: deapi.sockets.connects == 8)
        await deapi.sockets.until_joined()
        deapi.jobs.process(job, 2)
        await coming
    assert told.slept[-1] == 1


def test_the_wait_is_spread_over_its_upper_half() -> None:
    pace = Pace(first_delay_s=2, longest_delay_s=60)
    assert (pace.delay_s(1, 0.0), pace.delay_s(1, 1.0)) == (1, 2)
    assert pace.delay_s(10_000, 1.0) == 60


async def test_a_silent_peer_is_asked_and_kept_while_it_answers(
    deapi: StandIn, told: ToldTime
) -> None:
    push = a_push(deapi, told, pace=Pace(silence_s=0.02))
    async with aclosing(push.listen()) as news:
        job = a_job(deapi)
        await next_news(deapi, news, job, 1)
        coming = asyncio.create_task(anext(news))
        pings = {"event": "pusher:ping", "data": {}}
        await deapi.sockets.until(lambda: deapi.sockets.heard.count(pings) >= 3)
        deapi.jobs.process(job, 2)
        await coming
    assert push.lost == 0


async def test_a_peer_that_does_not_answer_a_ping_is_left(deapi: StandIn, told: ToldTime) -> None:
    deapi.behaviour.socket_answers_pings = False
    push = a_push(deapi, told, pace=Pace(silence_s=0.02, answer_s=0.05))
    async with aclosing(push.listen()) as news:
        await next_news(deapi, news, a_job(deapi), 1)
        coming = asyncio.create_task(anext(news))
        await deapi.sockets.until(lambda: deapi.sockets.connects == 2)
        coming.cancel()
        await asyncio.wait([coming])
    assert push.lost >= 1


async def test_a_ping_of_the_server_is_answered(deapi: StandIn, news: News) -> None:
    job = a_job(deapi)
    await next_news(deapi, news, job, 1)
    coming = asyncio.create_task(anext(news))
    deapi.sockets.say('{"event":"pusher:ping","data":"{}"}')
    await deapi.sockets.until(lambda: {"event": "pusher:pong", "data": {}} in deapi.sockets.heard)
    deapi.jobs.process(job, 2)
    await coming


async def test_a_peer_that_never_greets_is_left_in_time(deapi: StandIn, told: ToldTime) -> None:
    deapi.behaviour.socket_greets = False
    push = a_push(deapi, told, pace=Pace(answer_s=0.05))
    async with aclosing(push.listen()) as news:
        coming = asyncio.create_task(anext(news))
        await deapi.sockets.until(lambda: deapi.sockets.connects == 3)
        coming.cancel()
        await asyncio.wait([coming])
    assert push.lost >= 2


async def test_a_foreign_channel_ends_it_for_good(deapi: StandIn, told: ToldTime) -> None:
    ended = await only_news(a_push(deapi, told, client_id=43))
    assert isinstance(ended, Ended)
    assert isinstance(ended.error, errors.ChannelRefused)
    assert told.slept == []


async def test_a_wrong_key_ends_it_for_good(deapi: StandIn, told: ToldTime) -> None:
    ended = await only_news(a_push(deapi, told, key="1|wrong"))
    assert isinstance(ended, Ended)
    assert isinstance(ended.error, errors.BadKey)


async def test_an_unknown_app_ends_it_for_good(deapi: StandIn, told: ToldTime) -> None:
    ended = await only_news(a_push(deapi, told, socket_url=deapi.socket_url + "-not"))
    assert isinstance(ended, Ended)
    assert "4001" in str(ended.error)


@pytest.mark.parametrize(
    ("fault", "slept"),
    [
        (RequestFault.SERVER_ERROR, [1.0]),
        (RequestFault.CLOUDFLARE, [1.0]),
        (RequestFault.DROP_UNSEEN, [1.0]),
        (RequestFault.RATE_LIMITED, [7.0]),
    ],
)
async def test_trouble_with_the_permission_passes(
    deapi: StandIn, news: News, told: ToldTime, fault: RequestFault, slept: list[float]
) -> None:
    deapi.faults.plan(fault, path="broadcasting/")
    assert isinstance(await next_news(deapi, news, a_job(deapi), 1), Progress)
    assert told.slept == slept


async def test_after_its_end_there_is_no_more_news(deapi: StandIn, told: ToldTime) -> None:
    deapi.faults.plan(RequestFault.SUSPENDED, path="broadcasting/")
    push = a_push(deapi, told)
    assert [type(one) async for one in push.listen()] == [Ended]
    assert not push.is_joined


async def test_a_peer_that_talks_on_after_goodbye_cannot_keep_us(
    deapi: StandIn, told: ToldTime
) -> None:
    async def chatter(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoclose=False)
        await socket.prepare(request)
        greeting = {"event": "pusher:connection_established", "data": {"socket_id": "1.2"}}
        await socket.send_json(greeting)
        await socket.receive()
        welcome = {"event": "pusher_internal:subscription_succeeded", "channel": CHANNEL}
        await socket.send_json(welcome)
        told_of = {"request_id": "a", "status": "processing"}
        update = {"event": "request.status.updated", "channel": CHANNEL, "data": told_of}
        with contextlib.suppress(ConnectionResetError):
            while True:
                await socket.send_json(update)
                await asyncio.sleep(0)
        return socket

    app = web.Application()
    app.router.add_get("/app/x", chatter)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"ws://127.0.0.1:{runner.addresses[0][1]}/app/x"
    push = a_push(deapi, told, socket_url=url, pace=Pace(goodbye_s=0.05))
    async with asyncio.timeout(5), aclosing(push.listen()) as news:
        assert isinstance(await anext(news), Progress)
    await runner.cleanup()
    assert not push.is_joined


@pytest.mark.parametrize(("code", "is_final"), [(4001, True), (4004, False), (4201, False)])
async def test_the_code_of_a_close_decides_whether_to_come_back(
    deapi: StandIn, told: ToldTime, *, code: int, is_final: bool
) -> None:
    push = a_push(deapi, told)
    async with aclosing(push.listen()) as news:
        job = a_job(deapi)
        await next_news(deapi, news, job, 1)
        coming = asyncio.create_task(anext(news))
        deapi.sockets.close_with(code)
        if not is_final:
            await deapi.sockets.until(lambda: deapi.sockets.connects == 2)
            await deapi.sockets.until_joined()
            deapi.jobs.process(job, 2)
        assert isinstance(await coming, Ended) is is_final


async def test_nobody_there_is_tried_again_and_a_redirect_is_not_followed(
    told: ToldTime, deapi: StandIn
) -> None:
    asked = asyncio.Event()
    tries = 0

    async def lead_away(_: web.Request) -> web.Response:
        nonlocal tries
        tries += 1
        if tries == 3:
            asked.set()
        return web.Response(status=302, headers={"Location": deapi.socket_url})

    app = web.Application()
    app.router.add_get("/app/x", lead_away)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    push = a_push(deapi, told, socket_url=f"ws://127.0.0.1:{runner.addresses[0][1]}/app/x")
    async with aclosing(push.listen()) as news:
        coming = asyncio.create_task(anext(news))
        await asked.wait()
        await runner.cleanup()
        await told.five_times.wait()
        coming.cancel()
        await asyncio.wait([coming])
    assert (push.lost, deapi.sockets.connects) == (5, 0)


def test_plain_text_is_for_this_machine_alone() -> None:
    for address in (
        Address(client_id=1, socket_url="ws://soketi.deapi.ai/app/x"),
        Address(client_id=1, base_url="http://api.deapi.ai"),
    ):
        with pytest.raises(ValueError, match="TLS"):
            Push("1|key", address, user_agent=AGENT)


@pytest.mark.parametrize(
    ("frame", "meaning"),
    [
        (
            {"event": "pusher:connection_established", "data": '{"socket_id":"1.2"}'},
            Greeting(socket_id="1.2", activity_s=30),
        ),
        (
            {
                "event": "pusher:connection_established",
                "data": {"socket_id": "1.2", "activity_timeout": 0.5},
            },
            Greeting(socket_id="1.2", activity_s=30),
        ),
        (
            {
                "event": "pusher:connection_established",
                "data": {"socket_id": "1.2", "activity_timeout": 1},
            },
            Greeting(socket_id="1.2", activity_s=5),
        ),
        ({"event": "pusher_internal:subscription_succeeded", "channel": CHANNEL}, Subscribed()),
        ({"event": "pusher_internal:subscription_succeeded", "channel": "other"}, Noise()),
        ({"event": "pusher:subscription_error", "channel": CHANNEL}, Denied()),
        ({"event": "pusher:error", "data": {"code": None, "message": "m"}}, Complaint(0)),
        ({"event": "pusher:error", "data": '{"code":"4200"}'}, Complaint(4200)),
    ],
)
def test_each_frame_has_its_meaning(frame: dict[str, object], meaning: pusher.Frame) -> None:
    assert pusher.read(json.dumps(frame), CHANNEL) == meaning


@given(
    st.text(max_size=200)
    | st.fixed_dictionaries({
        "event": st.sampled_from([
            "pusher:connection_established", "pusher:error", "request.status.updated",
            "pusher:subscription_error", "other",
        ]),
        "channel": st.just(CHANNEL) | st.text(max_size=5),
        "data": st.text(max_size=40) | st.none() | st.dictionaries(
            st.sampled_from(["request_id", "status", "progress", "code", "socket_id"]),
            st.none() | st.text(max_size=10) | st.integers() | st.floats() | st.lists(st.none()),
        ),
    }).map(json.dumps)
)  # fmt: skip
def test_no_frame_raises(text: str) -> None:
    assert pusher.read(text, CHANNEL) is not None
