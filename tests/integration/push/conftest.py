"""The stand-in, a listener, and what it hears."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from bot.deapi.push import Push
from tests.fakes.deapi.server import StandIn
from tests.integration.push.listening import News, ToldTime, a_push


@pytest.fixture
async def told() -> ToldTime:
    return ToldTime()


@pytest.fixture
async def deapi() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
async def push(deapi: StandIn, told: ToldTime) -> Push:
    return a_push(deapi, told)


@pytest.fixture
async def news(push: Push) -> AsyncIterator[News]:
    async with aclosing(push.listen()) as news:
        yield news
