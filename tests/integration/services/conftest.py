"""A clock that is told, and the provider's stand-in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from bot.app import App
from bot.deapi.client import Client
from bot.deapi.retry import Policy
from bot.engines.deapi import DeapiEngine
from tests.fakes.clock import Clock
from tests.fakes.deapi import catalog
from tests.fakes.deapi.server import StandIn
from tests.integration.deapi.clips import AGENT
from tests.integration.services import household


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
async def deapi(stand_in: StandIn) -> AsyncIterator[DeapiEngine]:
    policy = Policy(attempts=1)
    key = stand_in.behaviour.key
    async with Client(key, user_agent=AGENT, base_url=stand_in.url, policy=policy) as client:
        yield DeapiEngine(client, model=catalog.LTX.slug)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
async def talkie(data: Path, clock: Clock) -> AsyncIterator[App]:
    async with household.opened(data, clock) as opened:
        yield opened


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A phone's picture: 3000 x 1500 when upright, stored lying, red above blue, with a place."""
    made = Image.new("RGB", (3000, 1500), (255, 0, 0))
    made.paste((0, 0, 255), (0, 750, 3000, 1500))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "where it was taken"
    made.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "photo.jpg", exif=exif, quality=90)
    return tmp_path / "photo.jpg"
