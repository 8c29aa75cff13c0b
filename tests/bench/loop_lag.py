"""How late the event loop comes while eight voice notes are prepared at once, against idle.

A beat of one millisecond is kept; what it is late by is the lag.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import numpy as np

import bot
from bot.media import audio
from bot.media.ffmpeg import Ffmpeg, locate

VOICE = Path(bot.__file__).parent / "assets" / "demo" / "voice.ogg"
NOTES = 8
ROUNDS = 6
IDLE_S = 4.0
BEAT_S = 0.001
ALLOWED_MS = 10.0


async def main() -> int:
    """Print both figures; 1 if the loop is too late under work."""
    ffmpeg = Ffmpeg(locate(), slots=asyncio.Semaphore(2))
    idle = await measured(asyncio.sleep(IDLE_S))
    with tempfile.TemporaryDirectory() as folder:
        lags = await measured(work(ffmpeg, Path(folder)))
    at_work, at_rest = (float(np.percentile(found, 99)) for found in (lags, idle))
    allowed = 2 * at_rest + ALLOWED_MS
    say(f"{NOTES} notes at once, {ROUNDS} times; lag of the loop in ms")
    say(f"{'':10}{'p50':>8}{'p99':>8}{'max':>8}")
    for name, found in (("idle", idle), ("at work", lags)):
        shares = np.percentile(found, [50, 99, 100])
        say(f"{name:10}" + "".join(f"{share:8.2f}" for share in shares))
    say(f"p99 may be 2 x idle + {ALLOWED_MS:g} ms = {allowed:.2f} ms")
    return int(at_work > allowed)


async def work(ffmpeg: Ffmpeg, folder: Path) -> None:
    """Prepare all notes, eight at a time."""
    for number in range(NOTES * ROUNDS):
        (folder / str(number)).mkdir()
    for first in range(0, NOTES * ROUNDS, NOTES):
        await asyncio.gather(
            *(
                audio.prepare(
                    VOICE,
                    folder / str(number),
                    ffmpeg=ffmpeg,
                    lengths=range(49, 242, 8),
                    fps=24,
                )
                for number in range(first, first + NOTES)
            )
        )


async def measured(busy: Coroutine[Any, Any, None]) -> list[float]:
    """The lag of each beat in milliseconds while something else is done."""
    task = asyncio.create_task(busy)
    lags = []
    while not task.done():
        due = time.perf_counter() + BEAT_S
        await asyncio.sleep(BEAT_S)
        lags.append(max(0.0, time.perf_counter() - due) * 1000)
    await task
    return lags


def say(line: str) -> None:
    """One line of the table."""
    print(line)  # noqa: T201 -- a table


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
