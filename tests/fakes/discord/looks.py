"""Control verbs that look at what is there, and wait for what is to come."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict

from tests.fakes.discord.errors import Json
from tests.fakes.discord.naming import Naming
from tests.fakes.discord.server import Discord


class Looks:
    """The questions of `Observer`, with ids instead of objects."""

    def __init__(self, discord: Discord, naming: Naming) -> None:
        self._discord = discord
        self._observer = discord.observer
        self._naming = naming

    def verbs(self) -> dict[str, Callable[[Json], Awaitable[object]]]:
        """The verbs by name."""
        return {
            "world": self._world,
            "commands": self._commands,
            "journal": self._journal,
            "messages": self._messages,
            "view": self._view,
            "interaction": self._interaction,
            "wait": self._wait,
        }

    async def _world(self, _fields: Json) -> Json:
        world = self._discord.world
        return {
            "token": self._discord.token,
            "api_base": self._discord.api_base,
            "gateway_url": self._discord.gateway_url,
            "users": {user.name: str(user.id) for user in world.users.values()},
            "guilds": {guild.name: str(guild.id) for guild in world.guilds.values()},
            "channels": {item.name: str(item.id) for item in world.channels.values() if item.name},
        }

    async def _commands(self, fields: Json) -> list[Json]:
        guild = fields.get("guild")
        return self._discord.commands.listed(int(guild) if guild else None)

    async def _journal(self, fields: Json) -> list[Json]:
        found = self._discord.journal.entries(since=int(fields.get("since", 0)))
        return [asdict(entry) for entry in found]

    async def _messages(self, fields: Json) -> list[Json]:
        found = self._observer.messages(self._naming.channel(fields))
        return [self._naming.shown_message(message) for message in found]

    async def _view(self, fields: Json) -> Json:
        return self._naming.shown_message(self._naming.message(fields))

    async def _interaction(self, fields: Json) -> Json:
        return self._naming.shown_interaction(self._naming.interaction(fields))

    async def _wait(self, fields: Json) -> object:
        """Wait `for` connected, synced, answered, reply, modal, file or message (with a text)."""
        timeout_s = float(fields.get("timeout_s", 120))
        match fields["for"]:
            case "connected":
                await self._observer.connected(
                    resumed=bool(fields.get("resumed")), timeout_s=timeout_s
                )
                return {}
            case "synced":
                return await self._observer.synced(timeout_s)
            case "message":
                text, needs_file = fields.get("text", ""), bool(fields.get("with_file"))
                message = await self._observer.message(
                    self._naming.channel(fields),
                    lambda view: text in view.text and bool(view.files) >= needs_file,
                    timeout_s,
                )
                return self._naming.shown_message(message)
            case "file":
                message = self._naming.message(fields)
                await self._observer.file(message, timeout_s)
                return self._naming.shown_message(message)
            case what:
                return await self._wait_for_interaction(what, fields, timeout_s)

    async def _wait_for_interaction(self, what: str, fields: Json, timeout_s: float) -> Json:
        interaction = self._naming.interaction(fields)
        match what:
            case "answered":
                await self._observer.answered(interaction, timeout_s)
            case "reply":
                await self._observer.reply(interaction, timeout_s)
            case "modal":
                await self._observer.modal(interaction, timeout_s)
            case _:
                raise ValueError(f"cannot wait for {what!r}")
        return self._naming.shown_interaction(interaction)
