"""Talkie's connection to Discord: intents, cogs by name, and commands synced when they changed."""

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.ext import commands

from bot.errors import SetupError
from bot.services.container import Services

log = logging.getLogger(__name__)

EXTENSIONS = (
    "cogs.errors",
    "cogs.video",
    "cogs.talk",
    "cogs.builder",
    "cogs.notes",
    "cogs.jobs",
    "cogs.results",
    "cogs.gallery",
    "cogs.credits",
    "cogs.status",
    "cogs.amends",
    "cogs.delivery",
    "cogs.owner",
    "cogs.portraits",
    "cogs.settings",
    "cogs.privacy",
    "cogs.help",
)
_SYNCED = "synced commands"

_MOST_CONNECTIONS = 128
"""To Discord. A rush of commands shares them: opening one apiece costs more than the answers do."""
_FAREWELL_S = 30.0
_TROUBLE_S = 5.0

Work = Coroutine[Any, Any, None]
Awaited = TypeVar("Awaited")
Supervise = Callable[[str, Work], asyncio.Task[None]]


class Trouble(app_commands.AppCommandError):
    """What went wrong in a button or a form, in the shape that the tree's handler takes."""

    def __init__(self, original: Exception) -> None:
        super().__init__(str(original))
        self.original = original


class TalkieBot(commands.Bot):
    """The bot as cogs see it: the services, and a supervisor for their side tasks."""

    def __init__(
        self,
        services: Services,
        supervise: Supervise,
        stopping: asyncio.Event,
        *,
        loopback: bool = False,
    ) -> None:
        # Talkie never joins a voice channel, so nobody needs to hear what is missing for that.
        discord.VoiceClient.warn_nacl = False
        discord.VoiceClient.warn_dave = False
        # Message contents are not asked for: commands, menus and direct messages bring their own.
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            max_messages=None,
            connector=aiohttp.TCPConnector(limit=_MOST_CONNECTIONS),
            guild_ready_timeout=0.1 if loopback else 2.0,
        )
        self.services = services
        self.stopping = stopping
        self._supervise = supervise
        self._side: list[asyncio.Task[None]] = []
        self._attended: set[asyncio.Task[Any]] = set()
        self._known: list[re.Pattern[str]] = []
        self._forms: list[re.Pattern[str]] = []
        self._loopback = loopback

    def supervise(self, name: str, work: Work) -> None:
        """Run a cog's side task: it ends by itself once `stopping` is set, and never before."""
        self._side.append(self._supervise(name, work))

    def attend(self) -> None:
        """What the current task does for a member is finished before a stop: they wait for it."""
        task = asyncio.current_task()
        if task is not None:
            self._attended.add(task)
            task.add_done_callback(self._attended.discard)

    async def rest(self, seconds: float) -> None:
        """Wait so long, or until the stop."""
        try:
            async with asyncio.timeout(seconds):
                await self.stopping.wait()
        except TimeoutError:
            return

    async def unless_stopped(self, waiting: Coroutine[Any, Any, Awaited]) -> Awaited | None:
        """What was waited for; None if the stop comes first."""
        awaited = asyncio.create_task(waiting)
        stop = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({awaited, stop}, return_when=asyncio.FIRST_COMPLETED)
            return awaited.result() if awaited.done() else None
        finally:
            awaited.cancel()
            stop.cancel()

    async def repeat(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Take a step again and again until the stop; trouble is logged, and passes.

        Steps wait for something by themselves. None is taken before Discord is there.
        """
        while not self.stopping.is_set():
            if not self.is_ready():
                await self.unless_stopped(self.wait_until_ready())
                continue
            try:
                await step()
            except Exception:
                # A cog's side task must outlive whatever one step met: its rows are still owed.
                log.exception("a step failed; it is taken again")
                await self.rest(_TROUBLE_S)

    async def run_until_stopped(self, token: str) -> None:
        """Be connected until the stop; raises SetupError if Discord cannot be had."""
        async with self:
            stop = asyncio.create_task(self.stopping.wait())
            connection = asyncio.create_task(self.start(token))
            try:
                await asyncio.wait({stop, connection}, return_when=asyncio.FIRST_COMPLETED)
                if connection.done():
                    with _explained():
                        await connection
                else:
                    await self._farewell()
            finally:
                stop.cancel()
                # Left alone it might wait minutes for its next try, or open what is closed below.
                connection.cancel()
                await asyncio.gather(connection, return_exceptions=True)
                await self.close()

    async def _farewell(self) -> None:
        """Let what is being sent and made ready be finished, before the session is closed."""
        try:
            async with asyncio.timeout(_FAREWELL_S):
                while busy := [each for each in (*self._side, *self._attended) if not each.done()]:
                    await asyncio.wait(busy)
        except TimeoutError:
            # What Discord holds back for longer goes on from its row at the next start.
            for each in self._side:
                each.cancel()

    async def setup_hook(self) -> None:
        """Load every cog, a failing one stops the start; then sync what changed."""
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        await self._sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait as Discord wants it between logins; a stand-in on this machine wants no wait."""
        if not self._loopback:
            await super().before_identify_hook(shard_id, initial=initial)

    async def host_id(self) -> int:
        """The Discord id of whoever runs this bot: its owner, or that of its team."""
        information = await self.application_info()
        team = information.team
        return (team.owner_id if team else None) or information.owner.id

    async def report(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Let the one error handler answer; for buttons and forms, which the tree does not see."""
        await self.tree.on_error(interaction, Trouble(error))

    async def on_interaction(self, interaction: discord.Interaction[Any], /) -> None:
        """Tell cogs of a form that came back, as the event `form`.

        What no cog knows (a button or a form of another version) is the event `stale`.

        Listeners of their own would be called for every command and every press as well, each in
        a task, before its first answer.
        """
        known = {
            discord.InteractionType.modal_submit: self._forms,
            discord.InteractionType.component: self._known,
        }.get(interaction.type)
        if known is None:
            return
        used: dict[str, Any] = dict(interaction.data or {})
        custom_id = str(used.get("custom_id", ""))
        if not any(each.fullmatch(custom_id) for each in known):
            self.dispatch("stale", interaction)
        elif known is self._forms:
            self.dispatch("form", interaction)

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Register buttons and menus, and remember which ids are theirs."""
        super().add_dynamic_items(*items)
        self._known += [each.__discord_ui_compiled_template__ for each in items]

    def add_forms(self, *ids: re.Pattern[str]) -> None:
        """Register the forms whose ids are like these: they are told of when they come back."""
        self._forms += ids

    async def on_message(self, message: discord.Message, /) -> None:
        """Prefix commands are not offered; messages are for the cogs that listen."""

    async def _sync(self) -> None:
        # Writing commands is limited to a few hundred a day, and takes effect at once.
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        text = json.dumps([self.application_id, payload], sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if await self.services.facts.get(_SYNCED) == digest:
            return
        await self.tree.sync()
        await self.services.facts.put(_SYNCED, digest)
        log.info("commands synced", extra={"commands": len(payload)})


async def identify(token: str, *, limit_s: float) -> str:
    """The name of the bot that a token belongs to, as Discord tells it; raises SetupError."""
    with _explained():
        async with (
            asyncio.timeout(limit_s),
            discord.Client(intents=discord.Intents.none()) as visitor,
        ):
            try:
                await visitor.login(token)
            except (TypeError, LookupError) as error:
                # The library takes any answer for Discord's, also the page of a network's portal.
                raise SetupError(
                    "What answers at Discord's address is not Discord: check for a proxy or a "
                    "sign-in page between this machine and the internet."
                ) from error
            return str(visitor.user)


@contextmanager
def _explained() -> Iterator[None]:
    """What keeps Talkie from Discord becomes a SetupError that says what helps."""
    try:
        yield
    except discord.LoginFailure as error:
        raise SetupError(
            "Discord does not accept DISCORD_TOKEN: make a new one under Bot, Reset Token, "
            "on the developer portal."
        ) from error
    except discord.HTTPException as error:
        raise SetupError(
            f"Discord refuses the connection (HTTP {error.status}, code {error.code}): "
            "wait some minutes and start again; discordstatus.com says if it is Discord."
        ) from error
    except (OSError, aiohttp.ClientError) as error:
        raise SetupError(
            f"Discord cannot be reached ({type(error).__name__}): check this machine's connection "
            "to the internet; discordstatus.com says if it is Discord."
        ) from error


def point_at(api_base: str | None, gateway_url: str | None) -> None:
    """Send the library to a stand-in for Discord on this machine, if there is one."""
    if api_base is None or gateway_url is None:
        return
    discord.http.Route.BASE = api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
    discord.Asset.BASE = str(yarl.URL(api_base).origin())
