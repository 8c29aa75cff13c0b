"""Turns a person's command with its options into what Discord tells the app."""

from collections.abc import Mapping

from tests.fakes.discord import payloads
from tests.fakes.discord.commands import MESSAGE, Commands
from tests.fakes.discord.errors import Json, WrongUseError
from tests.fakes.discord.files import Files, Upload
from tests.fakes.discord.interactions import context_of
from tests.fakes.discord.messages import Message, Messages
from tests.fakes.discord.nouns import Channel, Role, User
from tests.fakes.discord.options import CHAT_INPUT, Option, accept, descend
from tests.fakes.discord.permissions import Permission

Value = str | int | float | bool | Upload | User | Channel | Role
_TABLES = {
    Option.USER: "users",
    Option.CHANNEL: "channels",
    Option.ROLE: "roles",
    Option.ATTACHMENT: "attachments",
}


class Invoking:
    """Checks a use of a command against what was synced; raises WrongUseError."""

    def __init__(self, *, commands: Commands, files: Files, messages: Messages) -> None:
        self._commands = commands
        self._files = files
        self._messages = messages

    def slash(
        self, user: User, channel: Channel, name: str, values: Mapping[str, Value]
    ) -> tuple[Json, tuple[int, ...]]:
        """Interaction data of a slash command ("jobs list" names a sub-command), and installs."""
        command, path = self._slash_command(user, channel, name)
        options = descend(command, path)
        required = {option["name"] for option in options if option.get("required")}
        if missing := required - set(values):
            raise WrongUseError(f"/{name} needs {sorted(missing)}")
        resolved: Json = {}
        sent = [self._sent(channel, options, key, values[key], resolved) for key in values]
        return _nested(command, path, sent) | {"resolved": resolved}, _installs(command)

    def autocomplete(
        self, user: User, channel: Channel, name: str, focused: str, values: Mapping[str, Value]
    ) -> tuple[Json, tuple[int, ...]]:
        """Interaction data while a person types into the option `focused`."""
        command, path = self._slash_command(user, channel, name)
        options = {option["name"]: option for option in descend(command, path)}
        if not options.get(focused, {}).get("autocomplete"):
            raise WrongUseError(f"/{name} does not complete {focused!r}")
        sent: list[Json] = []
        for key, value in values.items():
            if key not in options:
                raise WrongUseError(f"/{name} has no option {key!r}")
            one: Json = {"name": key, "type": options[key]["type"], "value": value}
            sent.append(one | ({"focused": True} if key == focused else {}))
        return _nested(command, path, sent), _installs(command)

    def context_menu(
        self, user: User, channel: Channel, name: str, message: Message
    ) -> tuple[Json, tuple[int, ...]]:
        """Interaction data of a message command."""
        command = self._allowed(user, channel, name, MESSAGE)
        if message.channel is not channel or message.is_deleted:
            raise WrongUseError("that message is not in this channel")
        target = str(message.id)
        resolved = {"messages": {target: self._messages.payload(message)}}
        data = {"id": command["id"], "name": name, "type": MESSAGE}
        return data | {"target_id": target, "resolved": resolved}, _installs(command)

    def _slash_command(self, user: User, channel: Channel, name: str) -> tuple[Json, list[str]]:
        first, *path = name.split()
        return self._allowed(user, channel, first, CHAT_INPUT), path

    def _allowed(self, user: User, channel: Channel, name: str, kind: int) -> Json:
        guild = channel.guild
        command = self._commands.find(name, kind, guild.id if guild else None)
        contexts = command.get("contexts")
        if contexts is not None and context_of(channel) not in contexts:
            raise WrongUseError(f"{name} is not offered in context {context_of(channel)}")
        rights = channel.permissions_of(user)
        needed = Permission(int(command.get("default_member_permissions") or 0))
        needed |= Permission.VIEW_CHANNEL | Permission.USE_APPLICATION_COMMANDS
        if guild is not None and needed & ~rights:
            raise WrongUseError(f"{user.name} may not use {name} here: {needed & ~rights!r}")
        if guild is not None and command.get("nsfw") and not channel.is_age_restricted:
            raise WrongUseError(f"{name} is offered in age-restricted channels only")
        return command

    def _sent(
        self, channel: Channel, options: list[Json], key: str, value: Value, resolved: Json
    ) -> Json:
        found = [option for option in options if option["name"] == key]
        if not found:
            raise WrongUseError(f"no option is called {key!r}: {[o['name'] for o in options]}")
        accept(found[0], value)
        kind = Option(found[0]["type"])
        if kind in _TABLES:
            number, payload = self._resolve(kind, value, channel)
            resolved.setdefault(_TABLES[kind], {})[number] = payload
            return {"name": key, "type": int(kind), "value": number}
        return {"name": key, "type": int(kind), "value": value}

    def _resolve(self, kind: Option, value: Value, channel: Channel) -> tuple[str, Json]:
        if kind is Option.ATTACHMENT and isinstance(value, Upload):
            return self.keep(value, channel)
        if kind is Option.USER and isinstance(value, User):
            return str(value.id), payloads.user(value)
        if kind is Option.CHANNEL and isinstance(value, Channel):
            return str(value.id), payloads.channel(value) | {"permissions": "0"}
        if kind is Option.ROLE and isinstance(value, Role):
            return str(value.id), payloads.role(value)
        raise WrongUseError(f"an option of type {kind.name} does not take {value!r}")

    def keep(self, upload: Upload, channel: Channel) -> tuple[str, Json]:
        """Store a file that comes with a command or a form: its id and its object."""
        kept = self._files.keep(upload, channel_id=channel.id, is_ephemeral=True)
        return str(kept.id), self._files.payload(kept)


def _installs(command: Json) -> tuple[int, ...]:
    return tuple(command.get("integration_types") or (0,))


def _nested(command: Json, path: list[str], sent: list[Json]) -> Json:
    data: Json = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT}
    kind = Option.SUB_COMMAND
    for name in reversed(path):
        sent = [{"name": name, "type": int(kind), "options": sent}]
        kind = Option.SUB_COMMAND_GROUP
    return data | {"options": sent}
