"""Control verbs that change the world, the time and the luck of the bot."""

import base64
from collections.abc import Awaitable, Callable

from tests.fakes.discord.errors import Json
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.naming import Naming
from tests.fakes.discord.nouns import Channel, Dms
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.server import Discord

_OF_USER = ("name", "locale", "installed", "upload_limit_bytes")
_OF_GUILD = ("has_bot", "premium_tier", "size_limit_override_bytes", "locale")


class Makes:
    """Adders answer {"id": …}, the rest {}."""

    def __init__(self, discord: Discord, naming: Naming) -> None:
        self._discord = discord
        self._world = discord.world
        self._naming = naming

    def verbs(self) -> dict[str, Callable[[Json], Awaitable[object]]]:
        """The verbs by name."""
        return {
            "add_user": self._add_user,
            "set_user": self._set_user,
            "add_guild": self._add_guild,
            "set_guild": self._set_guild,
            "add_channel": self._add_channel,
            "add_thread": self._add_thread,
            "add_private_channel": self._add_private_channel,
            "dm": self._dm,
            "deny_bot": self._deny_bot,
            "advance": self._advance,
            "add_fault": self._add_fault,
            "clear_faults": self._clear_faults,
            "gateway": self._gateway,
        }

    async def _add_user(self, fields: Json) -> Json:
        avatar = fields.get("avatar_base64")
        user = self._world.add_user(
            fields["name"],
            avatar=base64.b64decode(avatar) if avatar else None,
            installed=bool(fields.get("installed")),
        )
        return {"id": str(user.id)}

    async def _set_user(self, fields: Json) -> Json:
        user = self._naming.user(fields)
        for key in _OF_USER:
            if key in fields:
                setattr(user, key, fields[key])
        if "dms" in fields:
            user.dms = Dms(fields["dms"])
        return {}

    async def _add_guild(self, fields: Json) -> Json:
        members = [self._world.users[int(who)] for who in fields.get("members", [])]
        guild = self._world.add_guild(
            fields["name"], members=members, has_bot=fields.get("has_bot", True)
        )
        return {"id": str(guild.id)}

    async def _set_guild(self, fields: Json) -> Json:
        guild = self._naming.guild(fields)
        for key in _OF_GUILD:
            if key in fields:
                setattr(guild, key, fields[key])
        return {}

    async def _add_channel(self, fields: Json) -> Json:
        channel = self._world.add_channel(
            self._naming.guild(fields),
            fields["name"],
            is_age_restricted=bool(fields.get("is_age_restricted")),
        )
        return _id(channel)

    async def _add_thread(self, fields: Json) -> Json:
        channel = self._world.add_thread(
            self._naming.channel(fields),
            fields["name"],
            is_archived=bool(fields.get("is_archived")),
            is_locked=bool(fields.get("is_locked")),
        )
        return _id(channel)

    async def _add_private_channel(self, fields: Json) -> Json:
        people = [self._world.users[int(who)] for who in fields["users"]]
        return _id(self._world.add_private_channel(*people))

    async def _dm(self, fields: Json) -> Json:
        return _id(self._world.dm(self._naming.user(fields)))

    async def _deny_bot(self, fields: Json) -> Json:
        channel = self._naming.channel(fields)
        for name in fields["permissions"]:
            channel.deny(self._world.bot, Permission[name])
        return {}

    async def _advance(self, fields: Json) -> Json:
        self._discord.clock.advance(float(fields["seconds"]))
        return {}

    async def _add_fault(self, fields: Json) -> Json:
        self._discord.faults.add(Fault(**fields | {"trouble": Trouble(fields["trouble"])}))
        return {}

    async def _clear_faults(self, _fields: Json) -> Json:
        self._discord.faults.clear()
        return {}

    async def _gateway(self, fields: Json) -> Json:
        gateway = self._discord.gateway
        match fields["do"]:
            case "drop":
                gateway.drop()
            case "reconnect":
                gateway.ask_to_reconnect()
            case "invalidate":
                gateway.invalidate()
            case other:
                raise ValueError(f"drop, reconnect or invalidate, not {other!r}")
        return {}


def _id(channel: Channel) -> Json:
    return {"id": str(channel.id)}
