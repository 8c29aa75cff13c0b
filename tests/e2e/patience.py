"""What tests of waiting cards share: members who ask, time that passes, edits that arrived."""

import asyncio
from collections.abc import Sequence

from bot.services.events import Progressed
from storage.records import JobId
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.fakes.discord.journal import Entry
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import User


async def ask(town: Town, member: User | None = None) -> Message:
    interaction = await town.discord.people.slash(
        member or town.mira, town.channel, "video", {"prompt": WORDS, "seconds": 2}
    )
    return await town.reply(interaction, LONG_S)


def a_member(town: Town, name: str) -> User:
    member = town.discord.world.add_user(name)
    town.guild.members[member.id] = member
    return member


async def settle(town: Town) -> None:
    """Until Talkie has looked at every card as things are now, and its edits have arrived."""
    assert town.talkie is not None
    waiting = town.talkie.services.waiting
    calm_since = waiting.looks

    def is_calm() -> bool:
        nonlocal calm_since
        if any(entry.under_way for entry in waiting._newsroom._entries.values()):
            # One card of a channel is written at a time: another may have its turn after it.
            calm_since = waiting.looks
        return waiting.looks >= calm_since + 2

    async with asyncio.timeout(LONG_S):
        while not is_calm():
            waiting.bell.ring()
            await asyncio.sleep(0.005)


async def pass_time(town: Town, seconds: float) -> None:
    """Let time pass on both sides, and Talkie do what is due then."""
    # What is still on its way belongs to the time before.
    await settle(town)
    town.discord.clock.advance(seconds)
    await town.let_time_pass(seconds)
    await settle(town)


def progress(town: Town, job: int, fraction: float) -> None:
    assert town.talkie is not None
    town.talkie.services.bus.publish(Progressed(JobId(job), fraction))


async def finish(town: Town, job: int) -> None:
    assert town.talkie is not None
    sql = f"SELECT handle FROM call WHERE job_id = {job} AND state = 'started'"
    await town.until_row(sql)
    [row] = await town.rows(sql)
    town.deapi.jobs.finish(town.deapi.jobs.by_id[str(row["handle"])])
    town.talkie.services.nudges.nudge(JobId(job))


async def active(town: Town) -> list[int]:
    found = await town.rows("SELECT id FROM job WHERE state = 'active' ORDER BY id")
    return [int(str(row["id"])) for row in found]


def edits(town: Town, since: int = 0) -> list[Entry]:
    return [e for e in town.discord.journal.requests("PATCH", "/messages/") if e.number >= since]


def edits_of(town: Town, job: int, since: int = 0) -> list[Entry]:
    """Edits of a job's card, by whichever name a route calls its message."""
    return [e for e in edits(town, since) if f"**Video #{job}**" in str(e.detail["body"])]


def most_within(times: Sequence[int], window_ms: int) -> int:
    return max((sum(1 for t in times if 0 <= t - start < window_ms) for start in times), default=0)


def texts(message: Message) -> list[str]:
    return [draft.text for draft in message.drafts]
