"""Control verbs by which people act; interactions and messages are answered as shown."""

from collections.abc import Awaitable, Callable

from tests.fakes.discord.errors import Json
from tests.fakes.discord.messages import Message
from tests.fakes.discord.naming import Naming
from tests.fakes.discord.server import Discord


class Acts:
    """The actors of `People`, with ids instead of objects."""

    def __init__(self, discord: Discord, naming: Naming) -> None:
        self._people = discord.people
        self._world = discord.world
        self._naming = naming

    def verbs(self) -> dict[str, Callable[[Json], Awaitable[object]]]:
        """The verbs by name."""
        return {
            "slash": self._slash,
            "context_menu": self._context_menu,
            "autocomplete": self._autocomplete,
            "click": self._click,
            "select": self._select,
            "submit_modal": self._submit_modal,
            "send_message": self._send_message,
            "send_dm": self._send_message,
            "delete_message": self._delete_message,
        }

    async def _slash(self, fields: Json) -> Json:
        files = {key: self._naming.upload(it) for key, it in fields.get("attachments", {}).items()}
        interaction = await self._people.slash(
            self._naming.user(fields),
            self._naming.channel(fields),
            fields["name"],
            fields.get("options"),
            files,
        )
        return self._naming.shown_interaction(interaction)

    async def _context_menu(self, fields: Json) -> Json:
        message = self._naming.message(fields)
        interaction = await self._people.context_menu(
            self._naming.user(fields), message.channel, fields["name"], message
        )
        return self._naming.shown_interaction(interaction)

    async def _autocomplete(self, fields: Json) -> Json:
        interaction = await self._people.autocomplete(
            self._naming.user(fields),
            self._naming.channel(fields),
            fields["name"],
            fields["focused"],
            fields["options"],
        )
        return self._naming.shown_interaction(interaction)

    async def _click(self, fields: Json) -> Json:
        user, message = self._naming.user(fields), self._naming.message(fields)
        interaction = await self._people.click(user, message, fields["button"])
        return self._naming.shown_interaction(interaction)

    async def _select(self, fields: Json) -> Json:
        user, message = self._naming.user(fields), self._naming.message(fields)
        interaction = await self._people.select(user, message, fields["menu"], fields["values"])
        return self._naming.shown_interaction(interaction)

    async def _submit_modal(self, fields: Json) -> Json:
        values = dict(fields.get("values", {}))
        for key, uploads in fields.get("attachments", {}).items():
            values[key] = [self._naming.upload(item) for item in uploads]
        interaction = await self._people.submit_modal(
            self._naming.user(fields), self._naming.interaction(fields), values
        )
        return self._naming.shown_interaction(interaction)

    async def _send_message(self, fields: Json) -> Json:
        user = self._naming.user(fields)
        in_channel = "channel" in fields
        message = await self._people.send_message(
            user,
            self._naming.channel(fields) if in_channel else self._world.dm(user),
            fields.get("content", ""),
            attachments=[self._naming.upload(item) for item in fields.get("attachments", [])],
            is_voice=bool(fields.get("is_voice")),
            forwarded=self._optional(fields, "forwarded"),
            reply_to=self._optional(fields, "reply_to"),
            pings_author=fields.get("pings_author", True),
        )
        return self._naming.shown_message(message)

    async def _delete_message(self, fields: Json) -> Json:
        await self._people.delete_message(self._naming.message(fields))
        return {}

    def _optional(self, fields: Json, key: str) -> Message | None:
        return self._naming.message(fields, key) if fields.get(key) else None
