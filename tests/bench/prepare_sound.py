"""What preparing a voice note costs, as ratios to a null decode, plain pydub and loudnorm.

Rounds are interleaved and figures are medians, so that a busy machine troubles all ways alike;
the goals are for the time on the clock, and processor time is printed beside it. Memory is the
largest resident set of the programs and the growth of this process.
"""

import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np

import bot
from bot.media import audio
from bot.media.decode import decode
from bot.media.ffmpeg import Ffmpeg, locate
from tests.fakes import sounds
from tests.hostile import memory

VOICE = Path(bot.__file__).parent / "assets" / "demo" / "voice.ogg"
LENGTHS = range(49, 1450, 8)
ROUNDS = 11
GOAL_WAV = 2.0
GOAL_MP3 = 1.0

Way = Callable[[], Awaitable[object]]

# As bot.media.audio imported it: without the complaint that no ffmpeg is on the PATH.
AudioSegment: Any = vars(audio)["AudioSegment"]


async def main() -> int:
    """Print the table; 1 if a goal is missed."""
    ffmpeg = Ffmpeg(locate(), slots=asyncio.Semaphore(2))
    AudioSegment.converter = str(locate())
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        voice = (await decode(VOICE, ffmpeg, longest_s=60))[:, 0]
        for seconds in (10, 60):
            note = np.tile(voice, 10)[: round((seconds - 0.3) * sounds.RATE)]
            source = Path(folder) / f"{seconds}.ogg"
            sounds.encode(source, note, "-c:a", "libopus", "-b:a", "32k")
            missed += await table(seconds, ways(source, Path(folder), ffmpeg))
    return int(missed > 0)


def ways(source: Path, folder: Path, ffmpeg: Ffmpeg) -> dict[str, Way]:
    """Everything that is compared; each leaves its result in the folder."""

    def plain(*options: str) -> Way:
        command = [str(locate()), "-v", "error", "-nostdin", "-y", "-i", str(source), *options]
        return lambda: asyncio.to_thread(lambda: subprocess.run(command, check=True))

    def pydub(kind: str) -> Way:
        def convert() -> None:
            sound = AudioSegment.from_file(str(source), codec="opus").set_channels(1)
            level = sound.apply_gain(-18.0 - sound.dBFS)
            level.export(str(folder / f"pydub.{kind}"), format=kind, bitrate="192k").close()

        return lambda: asyncio.to_thread(convert)

    async def to_wav() -> None:
        samples = await decode(source, ffmpeg, longest_s=audio.LONGEST_READ_S)
        cut = await asyncio.to_thread(audio._cut, samples, LENGTHS, 24, first_only=False)
        drive, clean = folder / "drive.wav", folder / "clean.wav"
        await asyncio.to_thread(audio._write_tracks, cut, drive, clean, roughen=False)

    async def to_mp3() -> None:
        await audio.prepare(source, folder, ffmpeg=ffmpeg, lengths=LENGTHS, fps=24)

    norm = ("-af", "loudnorm=I=-16:TP=-1.5", "-ar", "48000")
    return {
        "null decode": plain("-f", "null", "-"),
        "Talkie to WAV": to_wav,
        "Talkie to WAV and MP3": to_mp3,
        "pydub to WAV": pydub("wav"),
        "pydub to MP3": pydub("mp3"),
        "loudnorm to WAV": plain(*norm, str(folder / "norm.wav")),
        "loudnorm to MP3": plain(*norm, "-b:a", "192k", str(folder / "norm.mp3")),
    }


async def table(seconds: int, ways: dict[str, Way]) -> int:
    """Measure and print; how many goals are missed."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began, spent = time.perf_counter(), processor_s()
            await way()
            times[name].append(time.perf_counter() - began)
            costs[name].append(processor_s() - spent)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    cost = {name: statistics.median(taken) for name, taken in costs.items()}
    floor, pydub = medians["null decode"], medians["pydub to MP3"]
    say(f"{seconds} s of Opus, medians of {ROUNDS} interleaved rounds")
    say(f"{'':24}{'ms':>7}{'x null':>8}{'x pydub':>9}{'cpu ms':>8}{'child MB':>10}{'own MB':>8}")
    for name, way in ways.items():
        with memory.watched() as peak:
            await way()
        taken, grown_kb = medians[name], max(0, peak.grown_kb)
        say(
            f"{name:24}{taken * 1000:7.0f}{taken / floor:8.2f}{taken / pydub:9.2f}"
            f"{cost[name] * 1000:8.0f}{peak.child_kb / 1000:10.0f}{grown_kb / 1000:8.0f}"
        )
    wav = medians["Talkie to WAV"] / floor
    mp3 = medians["Talkie to WAV and MP3"] / pydub
    say(f"goals: to WAV {wav:.2f} of {GOAL_WAV} null, to MP3 {mp3:.2f} of {GOAL_MP3} pydub\n")
    return (wav > GOAL_WAV) + (mp3 > GOAL_MP3)


def processor_s() -> float:
    """What this process and all its programs that have ended have computed, in seconds."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, whose))


def say(line: str) -> None:
    """One line of the table."""
    print(line)  # noqa: T201 -- a table


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
