"""A stage for the real bot: simcord plays Discord, deAPI is a server on loopback.

`amends` puts right where simcord differs from Discord in a line. What simcord 3.2.1 cannot play,
and tests/e2e therefore proves over loopback sockets:

- private channels and servers without the bot: an interaction's `context` is 0 in a server and
  1 elsewhere, and every server has the bot (`interactions.base_payload`);
- voice notes: attachments bear no length and no waveform, and a member's message bears no flags
  (`backend.cdn.store_attachment`, `MemberActor.send`); a sound file stands for them here;
- menus of messages in a bot DM: a `UserHandle` has no `context_menu`;
- two presses at the same time: a second act is refused while the first one settles
  (`Env._begin_operation`);
- files over HTTP: its CDN is a table in memory, so that a `Fetcher` reads from that.
"""

import asyncio
import contextlib
import contextvars
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, ResponseMessage

from bot import app
from bot.media.reasons import MediaError, Reason
from bot.settings import Settings
from storage.belongings import Gallery
from storage.database import Statement, single
from tests.fakes.clock import Clock
from tests.fakes.deapi.server import StandIn
from tests.fakes.samples import picture
from tests.registered import Listed
from tests.simulator import amends
from tests.simulator.sight import Json, Shown, id_of, ids, message_of, text

LONG_S = 120.0
AVATARS = "https://cdn.discordapp.com/avatars/"


class Shelf:
    """The simulator's CDN, and one picture for every profile."""

    env: simcord.Env

    async def fetch(
        self,
        url: str,
        target: Path,
        *,
        max_bytes: int,
        timeout_s: float,
        declared_bytes: int | None,
    ) -> int:
        """Write a file that was uploaded; raises MediaError."""
        del timeout_s, declared_bytes
        content = picture(256, 256) if url.startswith(AVATARS) else self.env.backend.cdn.get(url)
        if content is None:
            raise MediaError(Reason.GONE, "not in the simulator")
        if len(content) > max_bytes:
            raise MediaError(Reason.TOO_BIG, bytes=len(content), limit_bytes=max_bytes)
        await asyncio.to_thread(target.write_bytes, content)
        return len(content)


class Stage:
    """A server with a member, a stranger and a moderator, and Talkie while it runs."""

    env: simcord.Env
    bot: Listed
    talkie: app.App

    def __init__(self, deapi: StandIn) -> None:
        self.deapi = deapi
        self._clock = Clock()
        self._shelf = Shelf()
        self._run = contextlib.AsyncExitStack()

    async def open(self) -> None:
        """Start Talkie, and let the server have its gallery."""
        self.bot = await self._start()
        self.env = self._shelf.env = simcord.Env(self.bot, settle_timeout=60)
        self._set_clock()
        await self.env.start()
        self.guild = self.env.create_guild("Home")
        self.channel = self.guild.create_text_channel("general")
        self.gallery = self.guild.create_text_channel("gallery")
        self.moderation = self.guild.create_text_channel("moderation")
        self.mira = self._member("mira")
        self.noa = self._member("noa")
        self.faceless = self.guild.add_member(self.env.create_user("faceless"))
        rights = discord.Permissions(manage_messages=True, manage_guild=True)
        self.role = self.guild.create_role("moderators", permissions=rights)
        self.moderator = self.guild.add_member(self.env.create_user("mo"), roles=[self.role])
        for each in (self.mira, self.noa, self.moderator, self.faceless):
            await self.talkie.services.preferences.greet(each.id)
        await self.talkie.services.guilds.change(
            self.guild.id,
            lambda rules: replace(
                rules,
                gallery=Gallery.PUBLIC,
                gallery_channel=self.gallery.id,
                moderation_channel=self.moderation.id,
            ),
        )

    async def restart(self) -> None:
        """Stop Talkie as SIGTERM does, and start it anew over the same folder."""
        await self._stop()
        bot = await self._start()
        await self.env.restart_bot(bot)
        self.bot = bot

    async def close(self) -> None:
        """Stop everything; raises what the bot raised and nobody looked at."""
        await self._stop()
        await self.env.shutdown()

    async def video(self, actor: MemberActor | None = None, **options: Any) -> discord.Message:
        """A finished video, made from words."""
        values = {"prompt": "A red bicycle leans against a wall.", "seconds": 2} | options
        answer = await (actor or self.mira).slash(self.channel, "video", **values)
        return await self.finished(answer)

    async def press(self, actor: MemberActor, shown: Shown, start: str) -> InteractionResult:
        """Press the one button whose id begins so, once it is there."""
        custom_id = await self.offers(shown, start)
        return await actor.click(message_of(shown), custom_id=custom_id)

    async def choose(
        self, actor: MemberActor, shown: Shown, start: str, *values: Any
    ) -> InteractionResult:
        """Choose in the one menu whose id begins so."""
        custom_id = await self.offers(shown, start)
        return await actor.select(message_of(shown), values, custom_id=custom_id)

    async def finished(self, answer: InteractionResult) -> discord.Message:
        """The answer, once it shows the video."""
        await self.until(lambda: bool(answer.response and answer.response.attachments))
        assert answer.response is not None
        return answer.response.message

    async def said(self, answer: InteractionResult, words: str) -> ResponseMessage:
        """What the answer, or a message after it, says once it says so."""

        def found() -> ResponseMessage | None:
            messages = [*([answer.response] if answer.response else []), *answer.followups]
            return next((each for each in messages if words in text(each)), None)

        try:
            await self.until(lambda: found() is not None)
        except TimeoutError:
            seen = [text(each) for each in ([answer.response] if answer.response else [])]
            raise AssertionError(f"{words!r} is nowhere in {seen}") from None
        message = found()
        assert message is not None
        return message

    async def offers(self, shown: Shown, start: str) -> str:
        """The one id that begins so, once there is one."""
        await self.until(lambda: any(each.startswith(start) for each in ids(shown)))
        return id_of(shown, start)

    async def posted(self, channel: ChannelHandle) -> discord.Message:
        """The last message of a channel, once the bot wrote one."""
        await self.until(lambda: channel.last_message is not None)
        message = channel.last_message
        assert message is not None
        return message

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of the simulated Discord."""
        async with asyncio.timeout(LONG_S):
            while not holds():  # noqa: ASYNC110 the simulator rings for nobody
                await asyncio.sleep(0.01)

    async def grow_old(self, seconds: float) -> None:
        """Let time pass for the simulator and for Talkie."""
        await self.env.advance_time(seconds)
        self._clock.advance(seconds)
        self._set_clock()
        self.talkie.wake()

    async def rows(self, sql: str) -> list[Json]:
        """What the database holds."""
        found = await self.talkie.parts.store.read(single(Statement(sql)))
        return [dict(row) for row in found]

    async def until_rows(self, sql: str) -> None:
        """Wait until the database holds such a row."""
        async with asyncio.timeout(LONG_S):
            while not await self.rows(sql):  # noqa: ASYNC110 rows do not ring
                await asyncio.sleep(0.01)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """The provider is done with nothing inside the block, and with all of it afterwards."""
        looks, self.deapi.behaviour.looks_until_done = self.deapi.behaviour.looks_until_done, None
        try:
            yield
        finally:
            self.deapi.behaviour.looks_until_done = looks
            for job in list(self.deapi.jobs.by_id.values()):
                self.deapi.jobs.finish(job)
            self.talkie.wake()

    @contextlib.contextmanager
    def by_own_installation(self, member: MemberActor) -> Iterator[None]:
        """Inside the block a member uses Talkie where nobody invited it."""
        amends.INSTALLS.add(member.id)
        try:
            yield
        finally:
            amends.INSTALLS.discard(member.id)

    def interactions(self, since: int) -> list[Json]:
        """What people did since so many lines of the transcript."""
        lines = self.env.backend.transcript[since:]
        return [payload for _, name, payload in lines if name == "INTERACTION_CREATE"]

    def _set_clock(self) -> None:
        # The simulator's day is another than the machine's, and its time stands while the machine
        # works: tokens are as old as it says.
        self._clock.set_by(self.env.now().timestamp() - self._clock.now_ms() / 1000)

    def _member(self, name: str) -> MemberActor:
        return self.guild.add_member(self.env.create_user(name, avatar="0123abcd"))

    async def _start(self) -> Listed:
        self.talkie = await self._run.enter_async_context(
            app.opened(Settings(), clock=self._clock, fetcher=self._shelf)
        )
        begun = asyncio.Event()

        async def stay() -> None:
            begun.set()
            await self.talkie.stopping.wait()

        self._work = asyncio.create_task(self.talkie.work(stay()))
        await begun.wait()
        return Listed(self.talkie.services, self._supervise, self.talkie.stopping, loopback=True)

    async def _stop(self) -> None:
        self.talkie.stop()
        await self._work
        await self._run.aclose()

    def _supervise(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        # Side tasks wait for news all their life: they are none of what an act has to settle.
        async def driven() -> None:
            with self.env.time_context():
                await work

        return contextvars.Context().run(self.talkie.supervise, name, driven())


@contextlib.asynccontextmanager
async def opened(deapi: StandIn) -> AsyncIterator[Stage]:
    """A stage for as long as the block lasts."""
    stage = Stage(deapi)
    await stage.open()
    try:
        yield stage
    finally:
        await stage.close()
