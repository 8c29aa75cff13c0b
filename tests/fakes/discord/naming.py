"""Turns ids and base64 of a control request into the stand-in's things, and back."""

import base64
from dataclasses import asdict

from tests.fakes.discord.errors import Json
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel, Guild, User
from tests.fakes.discord.server import Discord
from tests.fakes.discord.view import show


class Naming:
    """Looks things up; KeyError if there is no such thing."""

    def __init__(self, discord: Discord) -> None:
        self._discord = discord

    def user(self, fields: Json, key: str = "user") -> User:
        """The person a field names."""
        return self._discord.world.users[int(fields[key])]

    def guild(self, fields: Json) -> Guild:
        """The guild of the field `guild`."""
        return self._discord.world.guilds[int(fields["guild"])]

    def channel(self, fields: Json) -> Channel:
        """The channel of the field `channel`."""
        return self._discord.world.channels[int(fields["channel"])]

    def message(self, fields: Json, key: str = "message") -> Message:
        """The message a field names, unless it was deleted."""
        message = self._discord.messages.find(int(fields[key]))
        if message is None:
            raise KeyError(fields[key])
        return message

    def interaction(self, fields: Json) -> Interaction:
        """The interaction of the field `interaction`."""
        interaction = self._discord.interactions.find(int(fields["interaction"]))
        if interaction is None:
            raise KeyError(fields["interaction"])
        return interaction

    def upload(self, fields: Json) -> Upload:
        """A file."""
        more = {key: value for key, value in fields.items() if key != "base64"}
        return Upload(content=base64.b64decode(fields["base64"]), **more)

    def shown_message(self, message: Message) -> Json:
        """A message as it is seen; the bytes of its files are behind their addresses."""
        view = show(message, self._discord.files)
        files = [
            {"name": file.name, "size": file.size, "url": file.url, "description": file.description}
            for file in view.files
        ]
        return {
            **asdict(view),
            "files": files,
            "id": str(message.id),
            "channel": str(message.channel.id),
            "author": str(message.author.id),
            "reply_to": str(message.reply_to.id) if message.reply_to else None,
            "edits": message.edits,
            "is_deleted": message.is_deleted,
            "pinged_users": [str(who) for who in sorted(message.pings.users)],
        }

    def shown_interaction(self, interaction: Interaction) -> Json:
        """What became of an interaction so far."""
        original = interaction.original
        return {
            "id": str(interaction.id),
            "answer": interaction.answer,
            "latency_ms": interaction.latency_ms,
            "is_ephemeral": interaction.is_ephemeral,
            "original": self.shown_message(original) if original is not None else None,
            "followups": [self.shown_message(message) for message in interaction.followups],
            "modal": interaction.modal,
            "choices": interaction.choices,
        }
