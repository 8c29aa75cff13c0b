"""What tests of typed lines share: how they are handed in, what was sent and what is stored."""

import asyncio
import os
import sqlite3
from contextlib import closing

from tests.e2e.conftest import LONG_S, Town
from tests.fakes.discord.files import Upload
from tests.fakes.discord.messages import Message
from tests.fakes.discord.view import View

LINE = "Good morning! The ferry to the island leaves at nine."
RENDERING = "SELECT 1 FROM call WHERE stage = 'render' AND state = 'started'"


def speeches(town: Town) -> list[dict[str, object]]:
    """What was sent to be spoken, prices apart."""
    asked = town.deapi.asked("audio/speech")
    return [seen.fields for seen in asked if not seen.path.endswith("/price")]


def renders(town: Town) -> list[dict[str, object]]:
    asked = town.deapi.asked("videos/audio-syncs")
    return [seen.fields for seen in asked if not seen.path.endswith("/price")]


async def talk(town: Town, portrait: Upload, say: str = LINE, **more: object) -> Message:
    return await town.slash("talk", portrait=portrait, say=say, **more)


async def gone_wrong(town: Town, message: Message) -> View:
    return await town.until(message, lambda seen: "could not be made" in seen.text)


async def one_job(town: Town) -> dict[str, object]:
    [job] = await town.rows(
        "SELECT job.id, state, frames, hold, charge, job.price_micro AS clip,"
        " s.price_micro AS line FROM job JOIN speech s ON s.job_id = job.id"
    )
    return job


async def stored(town: Town, sql: str) -> None:
    """Wait until another process has written such a row."""
    async with asyncio.timeout(LONG_S):
        while not stored_rows(town, sql):  # noqa: ASYNC110 rows do not ring
            await asyncio.sleep(0.05)


def stored_rows(town: Town, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(town.data / "talkie.db", timeout=LONG_S)) as rows:
        return rows.execute(sql).fetchall()


def own_environment() -> dict[str, str]:
    """What the town's own Talkie would read."""
    names = ("TALKIE_", "DISCORD_", "DEAPI_")
    return {name: value for name, value in os.environ.items() if name.startswith(names)}
