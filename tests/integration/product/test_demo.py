import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import discord as library
import pytest

from bot import client
from bot.errors import SetupError
from storage.files import Files
from tests.fakes.clipcheck import count
from tests.fakes.discord.server import Discord, serve

DEAD = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.G00000." + "1" * 38

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    async with serve() as running:
        yield running


def set_up(discord: Discord) -> dict[str, str]:
    return {
        "DISCORD_TOKEN": discord.token,
        "TALKIE_DISCORD_API_BASE": discord.api_base,
        "TALKIE_DISCORD_GATEWAY_URL": discord.gateway_url,
    }


async def run(command: str, folder: Path, **environment: str) -> tuple[int, str]:
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error::ResourceWarning", "-m", "bot", command,
        cwd=folder,
        env={**clean, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def test_the_demonstration_makes_three_videos_and_prints_receipts(tmp_path: Path) -> None:
    code, said = await run("demo", tmp_path)
    assert code == 0, said
    sizes = {"1-words": (896, 512, 121), "2-picture": (960, 416, 121), "3-voice": (512, 896, 177)}
    for name, (width, height, frames) in sizes.items():
        clip = await count(tmp_path / "demo" / f"{name}.mp4")
        assert (clip.width, clip.height, clip.frames) == (width, height, frames)
        assert (tmp_path / "demo" / f"{name}.jpg").stat().st_size > 5_000
        assert f"./demo/{name}.mp4" in said
    assert said.count("free") == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo"]


async def test_a_demonstration_that_cannot_write_says_why(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("in the way", encoding="utf-8")
    code, said = await run("demo", tmp_path)
    assert code == 1
    assert "failed" in said
    assert "Traceback" not in said


async def test_the_doctor_names_what_is_missing_and_what_is_fine(tmp_path: Path) -> None:
    code, said = await run("check", tmp_path)
    assert code == 1
    assert "FAIL  DISCORD_TOKEN: is not set" in said
    for subject in ("ffmpeg", "disk", "database", "engine", "local engine"):
        assert f"ok    {subject}:" in said


async def test_the_doctor_says_which_bot_it_is_and_how_to_invite_it(
    tmp_path: Path, discord: Discord
) -> None:
    code, said = await run("check", tmp_path, **set_up(discord), TALKIE_WEB_PORT="0")
    assert code == 0, said
    bot = discord.world.bot
    assert f"ok    DISCORD_TOKEN: Discord knows it: this is {bot.name}" in said
    assert "ok    web server: can listen on http://127.0.0.1:" in said
    assert f"client_id={bot.id}&scope=bot+applications.commands" in said
    assert discord.token not in said


async def test_the_doctor_tells_a_dead_token_and_a_port_that_is_taken(
    tmp_path: Path, discord: Discord
) -> None:
    taken = str(urlsplit(discord.api_base).port)
    environment = {**set_up(discord), "DISCORD_TOKEN": DEAD, "TALKIE_WEB_PORT": taken}
    code, said = await run("check", tmp_path, **environment)
    assert code == 1
    assert "FAIL  DISCORD_TOKEN: Discord does not accept" in said
    assert f"FAIL  web server: The web server cannot listen on 127.0.0.1, port {taken}" in said
    assert DEAD not in said


PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\nPay first."


@pytest.mark.parametrize(
    ("answer", "limit_s", "told"),
    [
        (None, 0.2, "cannot be reached"),
        (b"", 30.0, "cannot be reached"),
        (PORTAL, 30.0, "is not Discord"),
    ],
)
async def test_a_discord_that_does_not_answer_is_not_waited_for(
    answer: bytes | None, limit_s: float, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks: list[asyncio.StreamWriter] = []

    async def meet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(writer)
        if answer is not None:
            writer.write(answer)
            writer.close()

    async with await asyncio.start_server(meet, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        monkeypatch.setattr(library.http.Route, "BASE", f"http://{host}:{port}/api/v10")
        with pytest.raises(SetupError, match=told):
            await client.identify(DEAD, limit_s=limit_s)
        for writer in talks:
            writer.close()


async def test_the_doctor_tries_the_engine_beside_a_talkie_that_runs(
    tmp_path: Path, discord: Discord
) -> None:
    taken = str(urlsplit(discord.api_base).port)
    running = Files.open(tmp_path / "data")
    try:
        code, said = await run("check", tmp_path, **set_up(discord), TALKIE_WEB_PORT=taken)
    finally:
        running.close()
    assert code == 0, said
    assert "is in use by a running Talkie" in said
    assert "ok    local engine:" in said


async def test_the_doctor_does_not_accept_what_is_no_token(tmp_path: Path) -> None:
    code, said = await run("check", tmp_path, DISCORD_TOKEN="hello")
    assert code == 1
    assert "does not look like a bot token" in said
    assert "hello" not in said


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TALKIE_DATABASE_URL", "sqlite:///nowhere/talkie.db", "cannot be used"),
        ("TALKIE_DATABASE_URL", "sqlite:///note.txt", "cannot be used"),
        ("TALKIE_DATA_DIR", "note.txt", "cannot be written"),
        ("DEAPI_API_KEY", "two words", "is not one word"),
        ("TALKIE_DAILY_SPENT_USD", "5", "is no setting"),
    ],
)
async def test_what_cannot_start_says_so_and_what_helps(
    command: str, name: str, value: str, sentence: str, tmp_path: Path, discord: Discord
) -> None:
    (tmp_path / "note.txt").write_text("no database, for all its length" * 9, encoding="utf-8")
    code, said = await run(command, tmp_path, **{**set_up(discord), name: value})
    assert code == 1, said
    assert sentence in said
    assert "Traceback" not in said
