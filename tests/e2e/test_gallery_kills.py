"""Publish, take back and delete are all or nothing, whenever the process is killed."""

import asyncio
import os
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage import audit
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.process import Process
from tests.e2e.results import answer, finished, press, whisper
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel
from tests.fakes.moments import Moment, Phase

BEYOND_NONCE_S = 600
NAMES = ("TALKIE_", "DISCORD_", "DEAPI_")
STORMS = 4


@dataclass(slots=True)
class Siege:
    """Talkie as a process that is killed and started again, and its server's gallery."""

    town: Town
    gallery: Channel
    folder: Path
    bot: Process
    starts: int = 1

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        path = self.town.data / "talkie.db"
        with closing(sqlite3.connect(path, timeout=LONG_S)) as connection:
            return connection.execute(sql).fetchall()

    async def until(self, matches: Callable[[], bool]) -> None:
        """Wait until something is so; rows do not ring."""
        async with asyncio.timeout(LONG_S):
            while not matches():  # noqa: ASYNC110 see above
                await asyncio.sleep(0.05)

    async def restart(self) -> None:
        """Come back so much later that Discord remembers no nonce."""
        await self.bot.ended()
        self.town.discord.clock.advance(BEYOND_NONCE_S)
        self.bot = await Process.start(environment(), self.folder)
        self.starts += 1
        await self.town.discord.observer.connected(times=self.starts, timeout_s=LONG_S)

    def strike_at(
        self, phase: Phase, wants: Callable[[Moment], bool], after: asyncio.Event | None = None
    ) -> None:
        """Kill it at the first such moment; the request comes no further.

        That moment lasts until `after`, if something has to happen before.
        """
        struck = False

        async def strike(moment: Moment) -> bool:
            nonlocal struck
            if struck or moment.phase is not phase or not wants(moment):
                return False
            struck = True
            if after is not None:
                await after.wait()
            self.bot.strike()
            return True

        self.town.discord.moments.watch(strike)

    def posts(self) -> list[Message]:
        return [each for each in self.town.videos(self.gallery) if not each.is_deleted]

    def has_files(self) -> bool:
        return any((self.town.data / "videos").iterdir())

    async def settled(self) -> bool:
        """Wait until nothing is owed; whether the video is shared, and seen to be."""
        await self.until(lambda: not self.rows("SELECT 1 FROM errand"))
        broken = [name for name, query in audit.INVARIANTS.items() if self.rows(query)]
        assert broken == []
        shares = self.rows("SELECT post_message_id FROM share")
        assert [(post.id,) for post in self.posts()] == shares
        return bool(shares)


def environment() -> dict[str, str]:
    """What the town's own Talkie would read."""
    return {name: value for name, value in os.environ.items() if name.startswith(NAMES)}


@pytest.fixture
async def siege(town: Town, tmp_path: Path) -> AsyncIterator[Siege]:
    gallery = town.discord.world.add_channel(town.guild, "gallery")
    bot = await Process.start(environment(), tmp_path)
    await town.discord.observer.connected(timeout_s=LONG_S)
    with closing(sqlite3.connect(town.data / "talkie.db", timeout=60)) as connection, connection:
        connection.execute(
            "INSERT INTO guild (guild_id, gallery, gallery_channel) VALUES (?, 'public', ?)",
            (town.guild.id, gallery.id),
        )
    siege = Siege(town, gallery, tmp_path, bot)
    yield siege
    await siege.bot.stop()


def is_post(siege: Siege) -> Callable[[Moment], bool]:
    path = f"/channels/{siege.gallery.id}/messages"
    return lambda moment: moment.method == "POST" and moment.path.endswith(path)


def is_erasure(siege: Siege) -> Callable[[Moment], bool]:
    path = f"/channels/{siege.gallery.id}/messages/"
    return lambda moment: moment.method == "DELETE" and path in moment.path


async def shared(siege: Siege) -> tuple[Message, Message]:
    """A video's card, and the answer that it is shared and posted."""
    card = await finished(siege.town)
    told = await answer(siege.town, await press(siege.town, card, "Share"))
    await siege.until(lambda: bool(siege.rows("SELECT 1 FROM share WHERE post_message_id > 0")))
    return card, told


@pytest.mark.parametrize("phase", [Phase.ARRIVED, Phase.TAKEN])
async def test_killed_while_it_posts_there_is_one_post(siege: Siege, phase: Phase) -> None:
    card = await finished(siege.town)
    siege.strike_at(phase, is_post(siege))
    await press(siege.town, card, "Share")
    await siege.restart()
    assert await siege.settled()


@pytest.mark.parametrize("phase", [Phase.ARRIVED, Phase.TAKEN])
async def test_killed_while_it_posts_and_taken_back_there_is_none(
    siege: Siege, phase: Phase
) -> None:
    card = await finished(siege.town)
    answered = asyncio.Event()
    siege.strike_at(phase, is_post(siege), answered)
    told = await answer(siege.town, await press(siege.town, card, "Share"))
    answered.set()
    await siege.bot.ended()
    # Taken back by the rows alone, as if the post were still in doubt when that is pressed.
    with closing(sqlite3.connect(siege.town.data / "talkie.db")) as connection, connection:
        connection.execute("UPDATE errand SET due_at = due_at + 86400000 WHERE kind = 'post'")
    await siege.restart()
    await press(siege.town, told, "Take back")
    await siege.until(lambda: not siege.rows("SELECT 1 FROM share"))
    assert not await siege.settled()


@pytest.mark.parametrize("phase", [Phase.ARRIVED, Phase.TAKEN])
@pytest.mark.parametrize("how", ["Take back", "Delete"])
async def test_killed_while_it_erases_nothing_is_left(siege: Siege, phase: Phase, how: str) -> None:
    card, told = await shared(siege)
    siege.strike_at(phase, is_erasure(siege))
    if how == "Delete":
        told = await whisper(siege.town, await press(siege.town, card, "Delete"))
        how = "Delete for good"
    await press(siege.town, told, how)
    await siege.restart()
    assert not await siege.settled()
    if how != "Take back":
        await siege.until(lambda: not siege.has_files())


@pytest.mark.parametrize("phase", [Phase.ARRIVED, Phase.TAKEN])
async def test_killed_while_it_deletes_its_messages_go_all_the_same(
    siege: Siege, phase: Phase
) -> None:
    town = siege.town
    card, _ = await shared(siege)
    lounge = town.discord.world.add_channel(town.guild, "lounge")
    again = await town.discord.people.slash(town.mira, lounge, "jobs", {"id": 1})
    copy = await town.reply(again, LONG_S)
    await town.until(copy, lambda seen: bool(seen.files))
    siege.strike_at(phase, lambda moment: moment.method == "DELETE")
    question = await whisper(town, await press(town, card, "Delete"))
    await press(town, question, "Delete for good")
    await siege.restart()
    assert not await siege.settled()
    assert card.is_deleted
    assert copy.is_deleted


async def test_killed_at_any_time_it_is_all_or_nothing(siege: Siege) -> None:
    draw = random.Random(7)
    card = await finished(siege.town)
    is_shared = False
    for _ in range(STORMS):
        if is_shared:
            told = await answer(siege.town, await press(siege.town, card, "Share"))
            await press(siege.town, told, "Take back")
        else:
            await press(siege.town, card, "Share")
        await asyncio.sleep(draw.uniform(0, 0.15))
        siege.bot.strike()
        await siege.restart()
        is_shared = await siege.settled()
    question = await whisper(siege.town, await press(siege.town, card, "Delete"))
    await press(siege.town, question, "Delete for good")
    await asyncio.sleep(draw.uniform(0, 0.1))
    siege.bot.strike()
    await siege.restart()
    is_shared = await siege.settled()
    is_there = bool(siege.rows("SELECT 1 FROM video"))
    await siege.until(lambda: siege.has_files() == is_there)
    assert is_there or not is_shared
