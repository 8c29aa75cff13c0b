import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from bot.services.hooks import Outcome
from bot.web.app import make_app
from bot.web.keys import Patience
from bot.web.server import serving
from storage.records import Video
from tests.fakes import reel
from tests.fakes.reel import Reel
from tests.integration.web.asking import CONTENT, SECRET, Hurried

LONG_S = 120.0


@dataclass
class Decider:
    """Decides about webhooks as it is told, and keeps what it was asked."""

    outcome: Outcome = Outcome.ACCEPTED
    error: Exception | None = None
    is_stuck: bool = False
    asked: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    async def __call__(self, token: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        self.asked.append((token, headers, body))
        if self.is_stuck:
            await asyncio.Event().wait()
        if self.error:
            raise self.error
        return self.outcome


@dataclass
class Readiness:
    """Says whether the bot is ready, as it is told."""

    answer: bool = True
    error: Exception | None = None
    is_stuck: bool = False

    async def __call__(self) -> bool:
        if self.is_stuck:
            await asyncio.Event().wait()
        if self.error:
            raise self.error
        return self.answer


@pytest.fixture
def decider() -> Decider:
    return Decider()


@pytest.fixture
def readiness() -> Readiness:
    return Readiness()


@pytest.fixture
def patience() -> Patience:
    """More than a busy machine needs; what is never done is waited for less."""
    return Patience(body_s=LONG_S, ready_s=LONG_S, webhook_s=LONG_S)


@pytest.fixture
async def origin(decider: Decider, readiness: Readiness, patience: Patience) -> AsyncIterator[str]:
    app = make_app(ready=readiness, receive=decider, patience=patience)
    async with serving(app, host="127.0.0.1", port=0) as origin:
        yield origin


@pytest.fixture
async def visitor(origin: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(origin) as session:
        yield session


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Reel]:
    (tmp_path / "secret").write_bytes(SECRET)
    async with reel.opened(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
async def video(shelf: Reel) -> Video:
    return await shelf.add(content=CONTENT)


@pytest.fixture
async def guest(shelf: Reel) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody who looks at the pages, as often as they like."""
    async with reel.shown(shelf, Hurried()) as origin, aiohttp.ClientSession(origin) as session:
        yield session
