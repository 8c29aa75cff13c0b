"""Where a wish is handed in by a message: no token came with it, so the bot's own route answers."""

import logging
from collections.abc import Mapping

import discord

from bot.client import TalkieBot
from bot.services.guilds import Place
from bot.services.submission import Origin
from cogs.ui import desks, places
from cogs.ui.frame import Card
from storage.records import Reply

log = logging.getLogger(__name__)

_PAUSES_S = (0.2, 2.0, 5.0)
"""After each try to write that the wire cut off."""


class NoAnswerError(Exception):
    """Talkie cannot write where it was asked; the text is what Discord said."""


class Letterbox:
    """The desk of a message; all it does raises NoAnswerError where Talkie cannot write."""

    def __init__(self, bot: TalkieBot, message: discord.Message) -> None:
        self._message = message
        self._answer: discord.Message | None = None
        self._guild_id = message.guild.id if message.guild else None
        self.bot = bot
        self.asker = message.author.id

    @property
    def place(self) -> Place:
        """Where the message was written."""
        message = self._message
        return Place(
            guild_id=self._guild_id,
            channel_id=message.channel.id,
            parent_channel_id=desks.parent_of(message.channel),
            role_ids=desks.roles_of(message.author),
        )

    async def acknowledge(self, card: Card, *, hasty: bool = False) -> Origin:  # noqa: ARG002 replies are read by all
        """Reply at once."""
        answer = await self._write(card, desks.NO_PICTURES)
        return Origin(
            discord_id=self.asker,
            interaction_id=self._message.id,
            guild_id=self._guild_id,
            reply=Reply(
                application_id=self.bot.application_id or 0,
                token=None,
                token_until=0,
                channel_id=answer.channel.id,
                message_id=answer.id,
                bot_is_present=True,
                ephemeral=False,
                limit_bytes=places.channel_limit(self.bot, self._guild_id),
            ),
            age_restricted=desks.is_for_adults(self._message.channel),
        )

    async def show(self, card: Card, pictures: Mapping[str, bytes] = desks.NO_PICTURES) -> None:
        """Edit the reply, or write it if there is none yet."""
        await self._write(card, pictures)

    async def _write(self, card: Card, pictures: Mapping[str, bytes]) -> discord.Message:
        for pause_s in _PAUSES_S:
            try:
                self._answer = await self._try_to_write(card, pictures)
            except discord.HTTPException as error:
                # The library has repeated what was worth it.
                raise NoAnswerError(f"{error.status} {error.code}") from error
            except Exception as error:
                # What cuts a wire has many names; after the last try it is a NoAnswerError.
                log.warning("a reply was cut off; it is tried again", exc_info=error)
                await self.bot.rest(pause_s)
            else:
                return self._answer
        raise NoAnswerError("cut off")

    async def _try_to_write(self, card: Card, pictures: Mapping[str, bytes]) -> discord.Message:
        sent = desks.files(pictures)
        if self._answer is not None:
            return await self._answer.edit(view=card, attachments=sent)
        return await self._message.reply(
            view=card,
            files=sent,
            allowed_mentions=discord.AllowedMentions.none(),
            # A repetition is recognised by Discord: of a reply, and of the message itself.
            nonce=f"note-{self._message.id}",
        )
