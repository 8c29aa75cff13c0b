"""A town for the whole product: Discord and deAPI on loopback, and Talkie between them."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import discord
import pytest

from bot import app
from bot.services import voices
from bot.settings import Settings
from cogs import status
from cogs.ui import answers, guide, haste, suggestions
from storage import audit, limits, replies
from storage.database import Statement, single
from storage.records import Balance, JobId
from tests.fakes import samples
from tests.fakes.clock import Clock
from tests.fakes.deapi.behaviour import Behaviour, RequestFault, Tier
from tests.fakes.deapi.server import StandIn
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.journal import LONGEST_WAIT_S
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel, Guild, User
from tests.fakes.discord.server import Discord, serve
from tests.fakes.discord.view import View

WORDS = "A red bicycle leans against a harbour wall while gulls drift by."
"""What is asked for where it matters to nobody."""
LONG_S = LONGEST_WAIT_S
VOICE_S = 2.5
PATIENCE_MS = 60_000
PATIENT = (
    (haste, "HEARD_WITHIN_S"),
    (guide, "_PRICED_WITHIN_S"),
    (suggestions, "_LATEST_S"),
    (voices, "PATIENCE_S"),
    (status, "_LONGEST_EDIT_S"),
)
AT_ONCE = (answers.PREPARING, answers.LISTENING)


class Town:
    """A server with one member in one channel, the provider, and Talkie while it runs."""

    def __init__(self, discord_: Discord, deapi: StandIn, data: Path) -> None:
        self.discord = discord_
        self.data = data
        self.clock = Clock()
        self.deapi = deapi
        self.mira: User = discord_.world.add_user("mira", avatar=samples.picture(256, 256))
        self.guild: Guild = discord_.world.add_guild(
            "Home", members=[self.mira, discord_.world.owner]
        )
        self.channel: Channel = discord_.world.add_channel(self.guild, "general")
        self.is_new = False
        """Whether mira has yet to see the tour, which is one message more."""
        self.talkie: app.App | None = None
        self._work: asyncio.Task[None] | None = None
        self._stack = contextlib.AsyncExitStack()

    async def start(self) -> app.App:
        """Start Talkie with the environment as it is, and wait until it is connected."""
        before = len(self.discord.journal.requests("GET", "/users/@me"))
        self.talkie = await self._stack.enter_async_context(
            app.opened(Settings(), clock=self.clock)
        )
        self._work = asyncio.create_task(self.talkie.be_bot())
        connected = asyncio.create_task(self.discord.observer.connected(times=before + 1))
        await asyncio.wait({connected, self._work}, return_when=asyncio.FIRST_COMPLETED)
        if self._work.done():
            connected.cancel()
            await self.ended()
        await connected
        if not self.is_new:
            await self.talkie.services.preferences.greet(self.mira.id)
        return self.talkie

    async def stop(self) -> None:
        """Stop Talkie as SIGTERM does."""
        if self.talkie is not None and self._work is not None:
            self.talkie.stop()
            work, self._work = self._work, None
            await work
        await self._stack.aclose()

    async def ended(self) -> None:
        """Wait until Talkie ends by itself, and raise what it died of."""
        assert self._work is not None
        work, self._work = self._work, None
        async with asyncio.timeout(LONG_S):
            await work

    async def slash(self, name: str, **options: object) -> Message:
        """Use a command as mira and wait for the answer."""
        values = {key: value for key, value in options.items() if not isinstance(value, Upload)}
        files = {key: value for key, value in options.items() if isinstance(value, Upload)}
        interaction = await self.discord.people.slash(
            self.mira,
            self.channel,
            name,
            values,  # type: ignore[arg-type]  # tests pass plain values
            files,
        )
        return await self.reply(interaction, LONG_S)

    async def reply(self, interaction: Interaction, timeout_s: float = LONG_S) -> Message:
        """The answer to an interaction, once it says more than that Talkie is at it.

        In its place, what is said to the asker alone where nothing comes of a hasty answer.
        """

        def found() -> Message | None:
            message = interaction.original
            if message is None or message.is_loading:
                return None
            if message.is_deleted:
                return interaction.followups[0] if interaction.followups else None
            return None if self.view(message).text.startswith(AT_ONCE) else message

        return await self.discord.observer.wait_for(found, timeout_s)

    def view(self, message: Message) -> View:
        return self.discord.observer.view(message)

    async def until(self, message: Message, matches: Callable[[View], bool]) -> View:
        """The message once it looks so."""

        def found() -> View | None:
            seen = self.view(message)
            return seen if matches(seen) else None

        return await self.discord.observer.wait_for(found, LONG_S)

    async def forget_tokens(self) -> None:
        """Let fifteen minutes pass for every interaction so far, on both sides."""
        assert self.talkie is not None
        self.discord.clock.advance(901)
        await self.talkie.parts.store.write(replies.wipe_tokens(2**62))

    async def let_time_pass(self, seconds: float) -> None:
        """Move Talkie's clock on, and wake what sleeps until then."""
        assert self.talkie is not None
        self.clock.advance(seconds)
        self.talkie.wake()

    async def grow_old(self, seconds: float) -> None:
        """Let time pass everywhere: for Discord's tokens and nonces, and for Talkie."""
        self.discord.clock.advance(seconds)
        await self.let_time_pass(seconds)

    def finish(self) -> None:
        """The provider is done with its last job, and Talkie looks at once."""
        assert self.talkie is not None
        job = list(self.deapi.jobs.by_id.values())[-1]
        self.deapi.jobs.finish(job)
        self.talkie.services.nudges.nudge(JobId(len(self.deapi.jobs.by_id)))

    def refuse_sizes(self, path: str, *, times: int) -> None:
        """Discord finds the next files sent to a path too large."""
        self.discord.faults.add(
            Fault(
                trouble=Trouble.STATUS,
                path=path,
                method="PATCH",
                with_file=True,
                times=times,
                status=413,
                code=40005,
            )
        )

    def videos(self, channel: Channel) -> list[Message]:
        """Every message of a channel that shows a video."""
        return [each for each in self.discord.observer.messages(channel) if self.view(each).files]

    async def deapi_plans(self, fault: RequestFault) -> None:
        """The next submit (no price, no look) meets this fault."""
        self.deapi.faults.plan(fault, path="videos/generations", exact=True)

    async def deapi_posts(self, count: int) -> None:
        """Wait until so many submits have arrived, whatever Talkie hears of it."""
        async with asyncio.timeout(LONG_S):
            while self.deapi.posts < count:  # noqa: ASYNC110 the stand-in only counts
                await asyncio.sleep(0.02)

    async def deapi_looks(self, count: int) -> None:
        """Wait until so many looks at jobs have been answered."""
        async with asyncio.timeout(LONG_S):
            while len(self.deapi.asked("jobs/")) < count:  # noqa: ASYNC110 the stand-in only counts
                await asyncio.sleep(0.02)

    async def started(self, count: int) -> None:
        """Wait until Talkie, here or as a process, knows the handles of so many requests."""
        known = "SELECT COUNT(*) FROM call WHERE handle IS NOT NULL"
        with contextlib.closing(sqlite3.connect(self.data / "talkie.db")) as connection:
            async with asyncio.timeout(LONG_S):
                while connection.execute(known).fetchone()[0] < count:  # noqa: ASYNC110 rows do not ring
                    await asyncio.sleep(0.02)

    async def rows(self, sql: str) -> list[dict[str, object]]:
        """What the database holds."""
        assert self.talkie is not None
        found = await self.talkie.parts.store.read(single(Statement(sql)))
        return [dict(row) for row in found]

    async def write(self, sql: str) -> None:
        """Change what the database holds."""
        assert self.talkie is not None
        await self.talkie.parts.store.write(single(Statement(sql)))

    async def until_row(self, sql: str) -> None:
        """Wait until the database holds such a row."""
        async with asyncio.timeout(LONG_S):
            while not await self.rows(sql):  # noqa: ASYNC110 rows do not ring
                await asyncio.sleep(0.02)

    async def promised_today(self) -> int:
        """What the host's budget counts for today, in micro-dollars."""
        assert self.talkie is not None
        return await self.talkie.parts.store.read(limits.promised_micro(engine="deapi", since=0))

    async def balance(self) -> Balance:
        """What mira has, with the credits that are given at her first use."""
        assert self.talkie is not None
        return await self.talkie.services.submission.balance(self.mira.id)

    async def broken_invariants(self) -> list[str]:
        assert self.talkie is not None
        return await self.talkie.parts.store.read(audit.broken())


@contextlib.asynccontextmanager
async def founded(folder: Path, patch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A town whose Talkie keeps its data in a folder; the patch has to be undone afterwards."""
    # Talkie points the library at the stand-in; afterwards the library is as it was.
    for owner, name in (
        (discord.http.Route, "BASE"),
        (discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY"),
        (discord.Asset, "BASE"),
    ):
        patch.setattr(owner, name, getattr(owner, name))
    patch.chdir(folder)
    async with serve() as discord_, StandIn(Behaviour(tier=Tier.UNLIMITED)) as deapi:
        environment = {
            "DISCORD_TOKEN": discord_.token,
            "DEAPI_API_KEY": deapi.behaviour.key,
            "TALKIE_DATA_DIR": str(folder / "data"),
            "TALKIE_DEAPI_BASE_URL": deapi.url,
            "TALKIE_DISCORD_API_BASE": discord_.api_base,
            "TALKIE_DISCORD_GATEWAY_URL": discord_.gateway_url,
            "TALKIE_POLL_SECONDS": "0.05",
            "TALKIE_WELCOME_CREDITS": "100",
            "TALKIE_DAILY_CREDITS": "0",
        }
        for name, value in environment.items():
            patch.setenv(name, value)
        # How quick answers are is for the bench to say; a busy machine fails no test.
        discord_.interactions.first_answer_ms = PATIENCE_MS
        for module, name in PATIENT:
            patch.setattr(module, name, PATIENCE_MS / 1000)
        town = Town(discord_, deapi, folder / "data")
        yield town
        await town.stop()


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    async with founded(tmp_path, monkeypatch) as town:
        yield town


@pytest.fixture
async def waits(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town where videos are done when the test says so."""
    monkeypatch.setenv("TALKIE_MEMBER_QUEUE", "20")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    return town


@pytest.fixture
def voice() -> Upload:
    return Upload(
        filename="voice-message.ogg",
        content=samples.voice(VOICE_S),
        content_type="audio/ogg",
        duration_s=VOICE_S,
        waveform="AAAA",
    )


@pytest.fixture
def portrait() -> Upload:
    return Upload(filename="portrait.jpg", content=samples.portrait())
