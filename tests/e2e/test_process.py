"""The shipped program as a process: killed while a job renders, it still delivers once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import audit
from tests.e2e.conftest import WORDS, Town
from tests.e2e.process import Process
from tests.e2e.speaking import own_environment, stored, stored_rows
from tests.fakes.discord.faults import Fault, Trouble


@pytest.fixture
def environment(town: Town) -> dict[str, str]:
    """What the town's own Talkie would read."""
    del town
    return own_environment()


@pytest.fixture
async def bot(town: Town, environment: dict[str, str], tmp_path: Path) -> AsyncIterator[Process]:
    running = await Process.start(environment, tmp_path)
    await town.discord.observer.connected()
    yield running
    await running.stop()


def broken(town: Town) -> list[str]:
    return [name for name, query in audit.INVARIANTS.items() if stored_rows(town, query)]


async def test_a_killed_bot_delivers_once_and_charges_once(
    town: Town, environment: dict[str, str], tmp_path: Path, bot: Process
) -> None:
    town.deapi.behaviour.looks_until_done = None
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await bot.kill()
    assert stored_rows(town, "SELECT state FROM job") == [("active",)]
    again = await Process.start(environment, tmp_path)
    try:
        await town.discord.observer.connected(times=2)
        town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
        await town.until(message, lambda seen: bool(seen.files))
        await stored(town, "SELECT 1 FROM delivery WHERE state = 'shown'")
    finally:
        assert await again.stop() == 0
    videos = [
        each for each in town.discord.observer.messages(town.channel) if town.view(each).files
    ]
    assert len(videos) == 1
    assert town.deapi.posts == 1
    paid = "SELECT amount FROM entry WHERE kind = 'settle' AND account = 'spent'"
    assert stored_rows(town, paid) == [(5,)]
    assert stored_rows(town, "SELECT state FROM delivery") == [("shown",)]
    assert broken(town) == []


async def test_sigterm_ends_it_cleanly_while_a_job_renders(
    town: Town, bot: Process, environment: dict[str, str], tmp_path: Path
) -> None:
    town.deapi.behaviour.looks_until_done = None
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    assert await bot.stop() == 0
    assert "Traceback" not in bot.log.read_text()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    again = await Process.start(environment, tmp_path)
    await town.until(message, lambda seen: bool(seen.files))
    assert await again.stop() == 0
    assert town.deapi.posts == 1


async def test_a_second_process_on_the_same_data_refuses_to_start(
    environment: dict[str, str], tmp_path: Path, bot: Process
) -> None:
    second = await Process.start(environment, tmp_path)
    assert await second.ended() == 1
    assert "in use by another Talkie" in bot.log.read_text()


async def test_a_token_that_discord_refuses_is_explained(
    town: Town, environment: dict[str, str], tmp_path: Path
) -> None:
    process = await Process.start({**environment, "DISCORD_TOKEN": "wrong"}, tmp_path)
    assert await process.ended() == 1
    said = process.log.read_text()
    assert "Discord does not accept DISCORD_TOKEN" in said
    assert "Traceback" not in said


async def test_a_discord_that_turns_it_away_is_explained(
    town: Town, environment: dict[str, str], tmp_path: Path
) -> None:
    away = Fault(trouble=Trouble.STATUS, path=r"/users/@me$", method="GET", status=403)
    town.discord.faults.add(away)
    process = await Process.start(environment, tmp_path)
    assert await process.ended() == 1
    said = process.log.read_text()
    assert "Discord refuses the connection (HTTP 403" in said
    assert "Traceback" not in said


async def test_every_wrong_setting_is_named_at_once(
    environment: dict[str, str], tmp_path: Path
) -> None:
    wrong = {
        **environment,
        "TALKIE_JOBS_AT_ONCE": "0",
        "TALKIE_DEAPI_BASE_URL": "http://example.org",
        "TALKIE_DISCORD_API_BASE": "https://example.org/api/v10",
    }
    process = await Process.start(wrong, tmp_path)
    assert await process.ended() == 1
    said = process.log.read_text()
    for name in ("TALKIE_JOBS_AT_ONCE", "TALKIE_DEAPI_BASE_URL", "TALKIE_DISCORD_API_BASE"):
        assert name in said
    assert environment["DISCORD_TOKEN"] not in said


async def test_without_a_token_it_says_in_five_lines_how_to_get_one(
    environment: dict[str, str], tmp_path: Path
) -> None:
    del environment["DISCORD_TOKEN"]
    process = await Process.start(environment, tmp_path)
    assert await process.ended() == 2
    assert len(process.log.read_text().splitlines()) == 5


async def test_without_a_way_to_discord_it_says_so(
    environment: dict[str, str], tmp_path: Path, unused_tcp_port: int
) -> None:
    nowhere = {
        "TALKIE_DISCORD_API_BASE": f"http://127.0.0.1:{unused_tcp_port}/api/v10",
        "TALKIE_DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{unused_tcp_port}/gw/",
    }
    process = await Process.start({**environment, **nowhere}, tmp_path)
    assert await process.ended() == 1
    said = process.log.read_text()
    assert "Discord cannot be reached" in said
    assert "Traceback" not in said
