import asyncio
import json
from contextlib import aclosing

from bot.deapi.models import JobStatus
from bot.deapi.push import Pace, Push
from bot.deapi.pusher import Progress
from tests.fakes.deapi.server import StandIn
from tests.integration.push.listening import (
    CHANNEL,
    News,
    ToldTime,
    a_job,
    a_push,
    next_news,
)


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
            await deapi.sockets.until(lambda n=number: deapi.sockets.connects == n)  # type: ignore[misc]  # mypy infers no defaults
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
