import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import yarl

from tests.integration.fakes.small_bot import SmallBot

Call = Callable[..., Awaitable[Any]]


@pytest.fixture
async def where() -> AsyncIterator[dict[str, str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.discord", "--port", "0",
        stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(60):
        yield json.loads(await process.stdout.readline())
        process.terminate()
        assert await process.wait() == 0


@pytest.fixture
async def control(where: dict[str, str]) -> AsyncIterator[Call]:
    async with aiohttp.ClientSession(where["control"]) as session:

        async def call(verb: str, expected: int = 200, /, **fields: Any) -> Any:
            async with session.post(verb, json=fields) as response:
                answer = await response.json()
                assert response.status == expected, answer
                return answer

        yield call


@pytest.fixture
async def bot(where: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SmallBot]:
    monkeypatch.setattr(discord.http.Route, "BASE", where["api_base"])
    monkeypatch.setattr(
        discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(where["gateway_url"])
    )
    bot = SmallBot()
    running = asyncio.create_task(bot.start(where["token"]))
    async with asyncio.timeout(60):
        await bot.is_ready_now.wait()
    yield bot
    await bot.close()
    await running


async def test_another_process_can_drive_a_bot_from_command_to_file(
    control: Call, bot: SmallBot
) -> None:
    assert await control("wait", **{"for": "synced"}) == ["video", "jobs", "Make it talk"]
    await control("wait", **{"for": "connected"})
    world = await control("world")
    mira, channel = world["users"]["mira"], world["channels"]["general"]
    picture = {"filename": "fox.png", "base64": base64.b64encode(b"picture").decode()}
    used = await control(
        "slash",
        user=mira,
        channel=channel,
        name="video",
        options={"prompt": "a fox"},
        attachments={"image": picture},
    )
    done = await control("wait", **{"for": "reply", "interaction": used["id"]})
    reply = done["original"]
    assert (reply["text"], reply["is_ephemeral"], done["answer"]) == ("a fox in None", False, 5)
    async with aiohttp.ClientSession() as session, session.get(reply["files"][0]["url"]) as got:
        assert await got.read() == b"picture"
    pressed = await control("click", user=mira, message=reply["id"], button="Get video 7")
    answer = await control("wait", **{"for": "reply", "interaction": pressed["id"]})
    assert answer["original"]["text"] == "job 7"
    await control("gateway", do="drop")
    await control("wait", **{"for": "connected", "resumed": True})
    message = await control("send_message", user=mira, channel=channel, content="hi")
    menu = await control("context_menu", user=mira, message=message["id"], name="Make it talk")
    await control("wait", **{"for": "modal", "interaction": menu["id"]})
    sent = await control(
        "submit_modal",
        user=mira,
        interaction=menu["id"],
        values={"words": "hello"},
        attachments={"picture": [picture]},
    )
    done = await control("wait", **{"for": "reply", "interaction": sent["id"]})
    assert done["original"]["text"] == "hello: 7 bytes"
    assert [entry["kind"] for entry in await control("journal")].count("interaction") == 4


async def test_the_world_the_time_and_the_troubles_are_set_from_outside(control: Call) -> None:
    noor = (await control("add_user", name="noor", installed=True))["id"]
    away = (await control("add_guild", name="Away", members=[noor], has_bot=False))["id"]
    channel = (await control("add_channel", guild=away, name="lobby"))["id"]
    await control("add_thread", channel=channel, name="night", is_archived=True)
    await control("set_user", user=noor, dms="blocked", upload_limit_bytes=5)
    await control("set_guild", guild=away, size_limit_override_bytes=5)
    await control("advance", seconds=60)
    await control("add_fault", trouble="status", path="/messages$", status=500, times=3)
    await control("clear_faults")
    wrong = await control("slash", 400, user=noor, channel=channel, name="video")
    assert "no command" in wrong["error"]
    late = await control("wait", 408, **{"for": "synced", "timeout_s": 0.01})
    assert "did not happen" in late["error"]
    assert "slash" in (await control("nothing", 404))["error"]
    assert "KeyError" in (await control("dm", 400, user="1"))["error"]
