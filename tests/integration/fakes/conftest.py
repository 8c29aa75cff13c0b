"""A fresh Discord, a home in it, and bots that are pointed to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
import pytest
import yarl

from tests.fakes.discord.nouns import Channel, Guild, User
from tests.fakes.discord.server import Discord, serve
from tests.integration.fakes.small_bot import SmallBot

StartBot = Callable[..., Awaitable[SmallBot]]
Rest = Callable[..., Coroutine[Any, Any, tuple[int, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A guild with one member and one channel."""

    guild: Guild
    channel: Channel
    mira: User


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    async with serve() as running:
        yield running


@pytest.fixture
def home(server: Discord) -> Home:
    mira = server.world.add_user("mira")
    guild = server.world.add_guild("Home", members=[mira])
    return Home(guild=guild, channel=server.world.add_channel(guild, "general"), mira=mira)


@pytest.fixture
async def start_bot(server: Discord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StartBot]:
    monkeypatch.setattr(discord.http.Route, "BASE", server.api_base)
    monkeypatch.setattr(
        discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway_url)
    )
    monkeypatch.setattr(discord.Asset, "BASE", server.root)
    running: list[tuple[SmallBot, asyncio.Task[None]]] = []

    async def start(**options: Any) -> SmallBot:
        bot = SmallBot(**options)
        running.append((bot, asyncio.create_task(bot.start(server.token))))
        async with asyncio.timeout(60):
            await bot.is_ready_now.wait()
        return bot

    yield start
    for bot, task in running:
        await bot.close()
        await task


@pytest.fixture
async def bot(start_bot: StartBot, home: Home) -> SmallBot:
    return await start_bot()


@pytest.fixture
async def rest(server: Discord) -> AsyncIterator[Rest]:
    headers = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def call(method: str, path: str, body: object = None) -> tuple[int, Any]:
            async with session.request(method, server.api_base + path, json=body) as response:
                is_json = response.headers.get("Content-Type") == "application/json"
                return response.status, await response.json() if is_json else None

        yield call
