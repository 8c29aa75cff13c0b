"""A stand-in of deAPI, and a client that talks to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.deapi.client import Client
from tests.fakes import samples
from tests.fakes.deapi.server import StandIn
from tests.integration.deapi.clips import AGENT
from tests.integration.deapi.told import ToldTime


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
    async with Client(key, user_agent=AGENT, base_url=stand_in.url, timing=told.timing()) as opened:
        yield opened


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "first.png"
    path.write_bytes(samples.picture(512, 512))
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.mp3"
    path.write_bytes(samples.sound(2))
    return path
