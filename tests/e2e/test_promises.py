"""A Talkie that dies between its first answer and the job: the next one says so, on that card."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.e2e.conftest import AT_ONCE, LONG_S, Town
from tests.e2e.process import Process
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message

OURS = ("TALKIE_", "DISCORD_", "DEAPI_")
STOPPED = "Talkie was stopped before it could begin with this, and nothing was held."


@pytest.fixture
def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(OURS)}


async def interrupted(
    town: Town, environment: dict[str, str], folder: Path, image: Upload
) -> Interaction:
    """A picture that is still on its way to Talkie when it is killed."""
    running = await Process.start(environment, folder)
    await town.discord.observer.connected(timeout_s=LONG_S)
    held = town.discord.faults.add(Fault(trouble=Trouble.HELD, path="attachments/"))
    asked = await town.discord.people.slash(
        town.mira, town.channel, "animate", {"prompt": "Waves roll in."}, {"image": image}
    )
    async with asyncio.timeout(LONG_S):
        while not held.hits:  # noqa: ASYNC110 the file host only counts
            await asyncio.sleep(0.02)
    await running.kill()
    held.release()
    assert first_card(town, asked).startswith(AT_ONCE)
    return asked


def first_card(town: Town, asked: Interaction) -> str:
    assert isinstance(asked.original, Message)
    return town.view(asked.original).text


async def test_who_was_promised_a_video_is_told_after_the_restart(
    town: Town, environment: dict[str, str], tmp_path: Path, portrait: Upload
) -> None:
    asked = await interrupted(town, environment, tmp_path, portrait)
    await town.start()
    assert isinstance(asked.original, Message)
    await town.until(asked.original, lambda seen: STOPPED in seen.text)
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM promise)")
    assert await town.rows("SELECT 1 FROM job") == []
    assert await town.broken_invariants() == []


async def test_after_the_token_died_the_bot_s_own_way_leads_to_the_card(
    town: Town, environment: dict[str, str], tmp_path: Path, portrait: Upload
) -> None:
    asked = await interrupted(town, environment, tmp_path, portrait)
    town.discord.clock.advance(901)
    town.clock.advance(901)
    await town.start()
    assert isinstance(asked.original, Message)
    await town.until(asked.original, lambda seen: STOPPED in seen.text)


async def test_nothing_is_said_where_there_is_a_job_or_another_answer(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    made = await town.slash("video", prompt="A gull over the harbour.", seconds=2)
    await town.until(made, lambda seen: bool(seen.files))
    asked = await town.slash("animate", prompt="Waves.", image=portrait, look=True)
    texts = [town.view(each).text for each in (made, asked)]
    # The job's row tells that its own was kept; the other one is withdrawn.
    await town.until_row("SELECT 1 WHERE (SELECT COUNT(*) FROM promise) = 1")
    await town.stop()
    await town.start()
    later = await town.slash("video", prompt="Another gull over the harbour.", seconds=2)
    await town.until(later, lambda seen: bool(seen.files))
    assert [town.view(each).text for each in (made, asked)] == texts
