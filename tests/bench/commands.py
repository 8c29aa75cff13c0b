"""A thousand slash commands at once: Talkie beside a bare bot that only defers and edits.

Each bot is a process of its own and meets the same stand-in for Discord, in turns; the stand-in
has this process for itself, and the column "stand-in" tells how much of a core it took until the
last acknowledgement: if it comes near to 100 %, the figures are its own. A command counts as
acknowledged when its first answer has arrived there. The stand-in takes answers that Discord
would refuse as too late, so that a busy machine (see "load") lengthens the figures of both bots
instead of leaving their slowest answers out. Talkie's limits are set so that most commands become
jobs and the others are refused with a sentence.
"""

import asyncio
import logging
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cogs.ui import answers
from storage.database import Database, Statement, only
from tests.bench import bare_bot
from tests.e2e.conftest import WORDS
from tests.e2e.process import ROOT, Process
from tests.fakes.deapi.behaviour import Behaviour, Tier
from tests.fakes.deapi.server import StandIn
from tests.fakes.discord.interactions import FIRST_ANSWER_MS, Interaction
from tests.fakes.discord.invoking import Value
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import User
from tests.fakes.discord.server import Discord, serve

COMMANDS = 1_000
MEMBERS = 250
EACH_MAY_WAIT = 3
"""So a quarter of four commands a member is refused, but for those that run meanwhile."""
ROUNDS = 3
LONG_S = 60.0
MOST_TIMES = 1.5
AT_ONCE = (answers.PREPARING, answers.LISTENING)
_JOB = re.compile(r"\*\*Video #(\d+)\*\*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a thousand commands came to."""

    latencies_ms: list[int]
    endings: list[str]
    """What each command's own answer says in the end."""
    jobs: int | None
    """Rows of jobs in Talkie's database."""
    stand_in_busy: float
    """The share of a core that the stand-in took until the last acknowledgement."""

    def late(self) -> int:
        """Commands without an answer in time."""
        return COMMANDS - sum(each <= FIRST_ANSWER_MS for each in self.latencies_ms)

    def share_ms(self, percent: float) -> float:
        """A percentile of the times to acknowledgement."""
        return float(np.percentile(self.latencies_ms, percent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One line of the verdict."""

    about: str
    figure: str
    goal: str
    met: bool


async def main() -> int:
    """Print figures, goals and verdicts; 1 if a goal is missed."""
    say(f"{COMMANDS} commands at once by {MEMBERS} members, {ROUNDS} rounds; ms to the answer")
    names = ("p50", "p99", "max", "late", "stand-in", "load", "jobs", "refused")
    say(" " * 10 + "".join(f"{name:>9}" for name in names))
    rounds: dict[str, list[Round]] = {"bare": [], "Talkie": []}
    for _ in range(ROUNDS):
        rounds["bare"].append(await measured(bare))
        rounds["Talkie"].append(await measured(talkie))
        for name, [*_, latest] in rounds.items():
            show(name, latest)
    missed = 0
    for goal in judged(rounds["bare"], rounds["Talkie"]):
        missed += not goal.met
        verdict = "met" if goal.met else "MISSED"
        say(f"{goal.about:44}{goal.figure:>8}  {goal.goal:>8}  {verdict}")
    return int(missed > 0)


def show(name: str, found: Round) -> None:
    """One line of figures."""
    shares = "".join(f"{found.share_ms(percent):9.0f}" for percent in (50, 99, 100))
    busy = f"{found.stand_in_busy:9.0%}{os.getloadavg()[0]:9.1f}"
    jobs, refused = "", ""
    if found.jobs is not None:
        jobs, refused = str(found.jobs), str(COMMANDS - found.jobs)
    say(f"{name:10}{shares}{found.late():9}{busy}{jobs:>9}{refused:>9}")


def judged(bares: list[Round], talkies: list[Round]) -> list[Goal]:
    """The goals, each by the median of the rounds or by the worst of them."""
    p99_ms, bare_ms = (
        statistics.median(each.share_ms(99) for each in rounds) for rounds in (talkies, bares)
    )
    times = p99_ms / bare_ms
    late = max(each.late() for each in talkies)
    lost = sum(unaccounted(each) for each in talkies)
    return [
        Goal(about="answered too late", figure=str(late), goal="0", met=late == 0),
        Goal(
            about="ended neither in a job nor in a sentence",
            figure=str(lost),
            goal="0",
            met=lost == 0,
        ),
        Goal(
            about=f"p99 of {bare_ms:.0f} ms bare (medians)",
            figure=f"{times:.2f} x",
            goal=f"<= {MOST_TIMES} x",
            met=times <= MOST_TIMES,
        ),
    ]


def unaccounted(found: Round) -> int:
    """Commands that say nothing, and jobs that are not told of by exactly one command."""
    told = [match[1] for each in found.endings if (match := _JOB.search(each))]
    silent = sum(not each.strip() for each in found.endings)
    return silent + abs(len(told) - len(set(told))) + abs(len(set(told)) - (found.jobs or 0))


Start = Callable[[Discord, Path], AbstractAsyncContextManager[Path | None]]


async def measured(start: Start) -> Round:
    """One bot started, warmed by one command, and asked a thousand times at once."""
    with tempfile.TemporaryDirectory() as folder:
        async with serve() as place, start(place, Path(folder)) as database:
            place.interactions.first_answer_ms = int(LONG_S * 1_000)
            members = [place.world.add_user(f"member {number}") for number in range(MEMBERS + 1)]
            guild = place.world.add_guild("Home", members=members)
            channels = [place.world.add_channel(guild, f"room {number}") for number in range(10)]
            await place.observer.connected(timeout_s=LONG_S)
            asked: list[Interaction] = []

            async def ask(number: int, member: User) -> None:
                channel = channels[number % len(channels)]
                options: dict[str, Value] = {"prompt": WORDS, "seconds": 2}
                asked.append(await place.people.slash(member, channel, "video", options))

            await ask(0, members[-1])
            await until_all(place, [asked.pop()], is_over)
            known = await jobs_in(database)
            began_s, worked_s = time.monotonic(), time.process_time()
            for number in range(COMMANDS):
                await ask(number, members[number % MEMBERS])
            await until_all(place, asked, is_acknowledged)
            busy = (time.process_time() - worked_s) / (time.monotonic() - began_s)
            await until_all(place, asked, is_over)
            jobs = None if database is None else (await jobs_in(database) or 0) - (known or 0)
            return Round(
                latencies_ms=[each.latency_ms for each in asked if each.latency_ms is not None],
                endings=[ending(place, each) for each in asked],
                jobs=jobs,
                stand_in_busy=busy,
            )


async def until_all(
    place: Discord, asked: list[Interaction], is_so: Callable[[Interaction], bool]
) -> None:
    """Wait until something is so of every command; say for how many it never was."""
    waiting = list(asked)

    def are_all() -> bool:
        while waiting and is_so(waiting[-1]):
            waiting.pop()
        return not waiting

    try:
        await place.observer.wait_for(are_all, LONG_S)
    except TimeoutError:
        never = sum(not is_so(each) for each in waiting)
        say(f"{never} commands: {is_so.__name__} was not so after {LONG_S:.0f} s")


def is_acknowledged(interaction: Interaction) -> bool:
    """Whether there is a first answer."""
    return interaction.answered_ms is not None


def is_over(interaction: Interaction) -> bool:
    """Whether an answer says how it went, not only that somebody is at it."""
    answer = final(interaction)
    return bool(answer and not answer.is_loading and not answer.draft.text.startswith(AT_ONCE))


def final(interaction: Interaction) -> Message | None:
    """The answer to a command, or what its asker is told in place of one that was taken back."""
    answer = interaction.original
    if answer is None or not answer.is_deleted:
        return answer
    return interaction.followups[0] if interaction.followups else None


def ending(place: Discord, interaction: Interaction) -> str:
    """What a command's answer says; nothing while it only thinks."""
    answer = final(interaction)
    return place.observer.view(answer).text if answer and is_over(interaction) else ""


async def jobs_in(path: Path | None) -> int | None:
    """Jobs that are stored; None where there is no database."""
    if path is None:
        return None
    async with Database(path, readonly=True) as database:
        [row] = await only(database, Statement("SELECT count(*) AS jobs FROM job"))
        return int(row["jobs"])


@asynccontextmanager
async def talkie(place: Discord, folder: Path) -> AsyncIterator[Path]:
    """Talkie as it ships, with a provider that accepts jobs and is never done; its database."""
    async with StandIn(Behaviour(tier=Tier.UNLIMITED)) as deapi:
        deapi.behaviour.looks_until_done = None
        environment = {
            "DISCORD_TOKEN": place.token,
            "DEAPI_API_KEY": deapi.behaviour.key,
            "TALKIE_DATA_DIR": str(folder / "data"),
            "TALKIE_DEAPI_BASE_URL": deapi.url,
            "TALKIE_DISCORD_API_BASE": place.api_base,
            "TALKIE_DISCORD_GATEWAY_URL": place.gateway_url,
            "TALKIE_WELCOME_CREDITS": "1000",
            "TALKIE_MEMBER_QUEUE": str(EACH_MAY_WAIT),
            "TALKIE_SERVER_JOBS": str(2 * COMMANDS),
        }
        process = await Process.start(environment, folder)
        try:
            yield folder / "data" / "talkie.db"
        finally:
            await process.stop()


@asynccontextmanager
async def bare(place: Discord, folder: Path) -> AsyncIterator[None]:
    """The bare bot, as a process; it has no database."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, bare_bot.__file__, place.api_base, place.gateway_url, place.token),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield None
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def say(line: str) -> None:
    """One line of the table."""
    print(line, flush=True)  # noqa: T201 -- a table


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    sys.exit(asyncio.run(main()))
