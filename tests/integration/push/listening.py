"""Listening to the stand-in's socket, with a clock that is told."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from bot.deapi.push import Address, Ended, Pace, Push
from bot.deapi.pusher import Progress
from bot.deapi.retry import Timing
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
