import asyncio
import contextlib
from contextlib import aclosing

import pytest
from aiohttp import web

from bot.deapi import errors
from bot.deapi.push import Address, Ended, Pace, Push
from bot.deapi.pusher import Progress
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.deapi.server import StandIn
from tests.integration.push.listening import (
    AGENT,
    CHANNEL,
    News,
    ToldTime,
    a_job,
    a_push,
    next_news,
    only_news,
)


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
        coming = asyncio.create_task(anext(news))
        ping = {"event": "pusher:ping", "data": {}}
        # On a busy machine its greeting may have come too late before.
        await deapi.sockets.until(lambda: ping in deapi.sockets.heard)
        met = deapi.sockets.connects
        await deapi.sockets.until(lambda: deapi.sockets.connects > met)
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
        await deapi.sockets.until(lambda: deapi.sockets.connects >= 3)
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
    async with asyncio.timeout(60), aclosing(push.listen()) as news:
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
