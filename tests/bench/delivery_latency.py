"""From the provider's "done" to the video in Discord, less what must take its time anyway.

What must: fetching the clip, the work on it, and sending it. What is left is Talkie's own doing:
hearing the report, looking, settling, handing over to delivery. With webhooks, and by polling.
"""

import asyncio
import logging
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import worker
from bot.worker.finisher import Finished, Finisher
from tests.e2e.conftest import Town
from tests.fakes.deapi.behaviour import Behaviour, Tier
from tests.fakes.deapi.server import StandIn
from tests.fakes.discord.journal import Kind
from tests.fakes.discord.server import serve

VIDEOS = {"webhooks": 20, "polling": 4}
"""Polling is shown beside them; its time is the pause between two looks."""
PROMPT = "A red bicycle leans against a harbour wall while gulls drift by."
WEB_PORT = 18_080
POLL_S = 5.0
GOAL_MS = 300


class Timed(Finisher):
    """Notes how long fetching and the work on a clip take."""

    took_ms = 0.0

    async def finish(self, *args: Any, **more: Any) -> Finished:
        """As every finisher does."""
        clock = asyncio.get_running_loop().time
        began = clock()
        finished = await super().finish(*args, **more)
        Timed.took_ms = (clock() - began) * 1000
        return finished


async def main() -> int:
    """Print a line for each way of hearing."""
    say("one video at a time: ms from done to sending, less fetch and media work")
    say(f"{'':10}{'videos':>8}{'p50':>8}{'p90':>8}{'max':>8}{'fetch and media work, p50':>28}")
    for name, videos in VIDEOS.items():
        with tempfile.TemporaryDirectory() as folder:
            own_ms, work_ms = zip(*await measured(Path(folder), name, videos), strict=True)
        figures = [statistics.median(own_ms), statistics.quantiles(own_ms, n=10)[-1], max(own_ms)]
        shown = "".join(f"{figure:8.0f}" for figure in figures)
        say(f"{name:10}{videos:8}{shown}{statistics.median(work_ms):28.0f}")
    say(f"goal with webhooks: a median below {GOAL_MS} ms")
    return 0


async def measured(folder: Path, way: str, videos: int) -> list[tuple[float, float]]:
    """Milliseconds of Talkie's own, and of the work on the clip, for each video."""
    async with town(folder, push=way == "webhooks") as place:
        return [await one(place, number) for number in range(1, videos + 1)]


async def one(place: Town, number: int) -> tuple[float, float]:
    """One video from the command to the message that shows it."""
    message = await place.slash("video", prompt=PROMPT, seconds=2)
    await place.until_row(f"SELECT 1 FROM call WHERE job_id = {number} AND state = 'started'")
    job = list(place.deapi.jobs.by_id.values())[-1]
    place.deapi.jobs.process(job, 50)
    await place.deapi.deliveries.settle()
    since = place.discord.journal.record(Kind.TYPING)
    place.deapi.jobs.finish(job)
    await place.until(message, lambda view: bool(view.files))
    await place.until_row(f"SELECT 1 FROM delivery WHERE job_id = {number} AND state = 'shown'")
    sent = next(
        entry
        for entry in place.discord.journal.entries(Kind.REQUEST, since=since.number)
        if entry.detail.get("files")
    )
    return sent.at_ms - since.at_ms - Timed.took_ms, Timed.took_ms


@asynccontextmanager
async def town(folder: Path, *, push: bool) -> AsyncIterator[Town]:
    """A town in a folder of its own, with or without a public address."""
    async with serve() as discord, StandIn(Behaviour(tier=Tier.UNLIMITED)) as deapi:
        deapi.behaviour.looks_until_done = None
        environment = {
            "DISCORD_TOKEN": discord.token,
            "DEAPI_API_KEY": deapi.behaviour.key,
            "TALKIE_DATA_DIR": str(folder / "data"),
            "TALKIE_DEAPI_BASE_URL": deapi.url,
            "TALKIE_DISCORD_API_BASE": discord.api_base,
            "TALKIE_DISCORD_GATEWAY_URL": discord.gateway_url,
            "TALKIE_POLL_SECONDS": str(POLL_S),
            "TALKIE_WELCOME_CREDITS": "1000",
        }
        if push:
            deapi.behaviour.webhook_origin = f"http://127.0.0.1:{WEB_PORT}"
            environment["TALKIE_PUBLIC_URL"] = "https://talkie.example"
            environment["TALKIE_WEB_PORT"] = str(WEB_PORT)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(worker, "Finisher", Timed)
            for name, value in environment.items():
                patch.setenv(name, value)
            place = Town(discord, deapi, folder / "data")
            await place.start()
            try:
                yield place
            finally:
                await place.stop()


def say(line: str) -> None:
    """One line of the table."""
    print(line, flush=True)  # noqa: T201 -- a table


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    sys.exit(asyncio.run(main()))
