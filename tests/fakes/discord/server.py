"""The whole stand-in: one aiohttp server on a loopback port."""

import base64
import contextlib
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web

from tests.fakes.discord import payloads
from tests.fakes.discord.application import Application
from tests.fakes.discord.callbacks import Callbacks
from tests.fakes.discord.cdn import Cdn
from tests.fakes.discord.channels import Channels
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.door import API, Door
from tests.fakes.discord.errors import Json
from tests.fakes.discord.faults import Faults
from tests.fakes.discord.files import Files
from tests.fakes.discord.gateway import Gateway, Intent
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.invoking import Invoking
from tests.fakes.discord.journal import Journal
from tests.fakes.discord.messages import Message, Messages
from tests.fakes.discord.nouns import Guild
from tests.fakes.discord.observer import Observer
from tests.fakes.discord.people import People
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.rooms import Rooms
from tests.fakes.discord.webhooks import Webhooks
from tests.fakes.discord.world import World
from tests.fakes.moments import Moments

APP_ID: Final = 1_100_000_000_000_000_001
_MOST_BODY_BYTES = 600 * 1024 * 1024
_MOST_CALLERS = 2_048
"""A bot opens a connection for each of a thousand answers; none has to knock twice."""


class Discord:
    """Discord for one application; change `world`, act by `people`, look by `observer`."""

    def __init__(self) -> None:
        app_part = base64.b64encode(str(APP_ID).encode()).decode().rstrip("=")
        self.token = f"{app_part}.G00000.{'0' * 38}"
        self.clock = Clock()
        self.journal = Journal(self.clock)
        self.faults = Faults()
        self.moments = Moments()
        self.files = Files(self.clock)
        self.crashes: list[Exception] = []
        self.world = World(self.clock, app_id=APP_ID, announce=self._announce)
        self.messages = Messages(self.clock, self.journal, self.files, self._tell)
        self.commands = Commands(self.clock, app_id=APP_ID)
        self.interactions = Interactions(self.clock, self.world)
        self.gateway = Gateway(
            self.journal, token=self.token, ready=self._ready, guilds=self._guilds
        )
        self.observer = Observer(journal=self.journal, messages=self.messages, files=self.files)
        self.people = People(
            clock=self.clock,
            journal=self.journal,
            world=self.world,
            gateway=self.gateway,
            files=self.files,
            messages=self.messages,
            interactions=self.interactions,
            invoking=Invoking(commands=self.commands, files=self.files, messages=self.messages),
        )
        self.root = ""
        self._runner: web.AppRunner | None = None

    @property
    def api_base(self) -> str:
        """For TALKIE_DISCORD_API_BASE."""
        return self.root + API

    @property
    def gateway_url(self) -> str:
        """For TALKIE_DISCORD_GATEWAY_URL."""
        return self.gateway.url

    async def start(self, port: int = 0, *extra: web.RouteDef) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        door = Door(
            token=self.token,
            journal=self.journal,
            faults=self.faults,
            moments=self.moments,
            crashes=self.crashes,
        )
        app = web.Application(middlewares=[door.let_in], client_max_size=_MOST_BODY_BYTES)
        app.add_routes([web.get("/gw/", self.gateway.handle), *extra])
        app.add_routes(Cdn(files=self.files, journal=self.journal, world=self.world).routes())
        app.add_routes([web.route(r.method, API + r.path, r.handler) for r in self._api()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, backlog=_MOST_CALLERS)
        await site.start()
        port = int(self._runner.addresses[0][1])
        self.root = self.files.root = f"http://127.0.0.1:{port}"
        self.gateway.url = f"ws://127.0.0.1:{port}/gw/"

    async def stop(self) -> None:
        """Let everything go and stop listening; raises what went wrong inside the stand-in."""
        self.faults.clear()
        self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self.crashes:
            raise ExceptionGroup("the stand-in itself failed", self.crashes)

    def _api(self) -> list[web.RouteDef]:
        rooms = Rooms(self.world, self._announce)
        callbacks = Callbacks(
            clock=self.clock,
            journal=self.journal,
            world=self.world,
            rooms=rooms,
            messages=self.messages,
            interactions=self.interactions,
        )
        webhooks = Webhooks(
            callbacks=callbacks,
            rooms=rooms,
            messages=self.messages,
            interactions=self.interactions,
        )
        channels = Channels(
            clock=self.clock,
            journal=self.journal,
            world=self.world,
            rooms=rooms,
            messages=self.messages,
        )
        application = Application(
            journal=self.journal, world=self.world, gateway=self.gateway, commands=self.commands
        )
        parts = (application, callbacks, webhooks, channels)
        return [route for part in parts for route in part.routes()]

    def _ready(self) -> Json:
        bot = payloads.user(self.world.bot)
        return {"v": 10, "user": bot, "application": {"id": bot["id"], "flags": 0}}

    def _guilds(self) -> list[Json]:
        return [payloads.guild(guild) for guild in self.world.guilds.values() if guild.has_bot]

    def _announce(self, name: str, payload: Json, guild: Guild | None) -> None:
        self.gateway.dispatch(name, payload, guild_id=guild.id if guild is not None else None)

    def _tell(self, event: str, message: Message) -> None:
        """A message event for bots that see the channel; strangers' words stay hidden."""
        channel, guild, bot = message.channel, message.channel.guild, self.world.bot
        if not channel.permissions_of(bot) & Permission.VIEW_CHANNEL:
            return
        payload = self.messages.payload(message)
        if event == "MESSAGE_DELETE":
            payload = {key: payload[key] for key in ("id", "channel_id")}
        hidden: Json | None = None
        if guild is not None:
            payload["guild_id"] = str(guild.id)
            if event != "MESSAGE_DELETE" and message.author.id in guild.members:
                payload["member"] = payloads.member(guild, message.author)
            if message.author is not bot and bot.id not in message.pings.users:
                blank: Json = {"content": "", "embeds": [], "components": [], "attachments": []}
                hidden = payload | blank
                hidden.pop("message_snapshots", None)
        self.gateway.dispatch(
            event,
            payload,
            guild_id=guild.id if guild is not None else None,
            intent=Intent.DIRECT_MESSAGES if guild is None else Intent.GUILD_MESSAGES,
            without_content=payload if event == "MESSAGE_DELETE" else hidden,
        )


@contextlib.asynccontextmanager
async def serve(port: int = 0) -> AsyncIterator[Discord]:
    """A running stand-in; whatever failed inside it fails the test at the end."""
    discord = Discord()
    await discord.start(port)
    try:
        yield discord
    finally:
        await discord.stop()
