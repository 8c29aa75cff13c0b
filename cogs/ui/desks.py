"""Where a wish is handed in: a command, a menu or a button, which all bring a token."""

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

import discord
from discord import app_commands

from bot.client import TalkieBot
from bot.services.guilds import Place
from bot.services.submission import Origin
from cogs.ui import origins
from cogs.ui.frame import Card

SLIP = "slip"
"""Among an interaction's extras: its answer is a card about no job yet."""
HASTY = "hasty"
"""Among an interaction's extras: that card was shown before anything was looked up."""
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


class Desk(Protocol):
    """Somebody asks, and is answered where they asked."""

    @property
    def bot(self) -> TalkieBot:
        """Who is asked."""

    @property
    def asker(self) -> int:
        """The Discord id of who asks."""

    @property
    def place(self) -> Place:
        """Where they ask, as a server's rules see it."""

    async def acknowledge(self, card: Card, *, hasty: bool = False) -> Origin:
        """Show that the wish was heard; answers where it came from, for the job.

        In haste nobody knows yet whether the wish is refused. What is said at once for the asker
        alone is then still said to them alone, and the card goes; the next `show` ends the haste.
        """

    async def show(self, card: Card, pictures: Mapping[str, bytes] = NO_PICTURES) -> None:
        """Show a card and its pictures, by file name, in place of what was shown before."""


class Counter:
    """The desk of an interaction: its answer is edited by its token for fifteen minutes."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self._interaction = interaction
        self.bot: TalkieBot = interaction.client
        self.asker = interaction.user.id

    @property
    def place(self) -> Place:
        """Where the interaction came from."""
        interaction = self._interaction
        return Place(
            guild_id=interaction.guild_id,
            channel_id=interaction.channel_id,
            parent_channel_id=parent_of(interaction.channel),
            role_ids=roles_of(interaction.user),
            via_menu=isinstance(interaction.command, app_commands.ContextMenu),
        )

    async def acknowledge(self, card: Card, *, hasty: bool = False) -> Origin:
        """Answer at once."""
        answer = await self._interaction.response.send_message(view=card)
        # Whoever has to say why nothing comes of it turns the card into that.
        self._interaction.extras |= {SLIP: True, HASTY: hasty}
        # A server may hide the answers of apps that it did not invite.
        return self.origin(answer.message_id, ephemeral=answer.is_ephemeral())

    async def show(self, card: Card, pictures: Mapping[str, bytes] = NO_PICTURES) -> None:
        """Edit the answer."""
        self._interaction.extras[HASTY] = False
        await self._interaction.edit_original_response(view=card, attachments=files(pictures))

    def pressed(self) -> Origin:
        """Who pressed, and the message that was pressed, which becomes the job's."""
        message = self._interaction.message
        return self.origin(
            message.id if message else None,
            ephemeral=message is not None and message.flags.ephemeral,
        )

    def origin(self, message_id: int | None, *, ephemeral: bool) -> Origin:
        """Who asks, and the message that becomes the job's; its token is this interaction's."""
        return Origin(
            discord_id=self.asker,
            interaction_id=self._interaction.id,
            guild_id=self._interaction.guild_id,
            reply=origins.reply(self._interaction, message_id, ephemeral=ephemeral),
            age_restricted=is_for_adults(self._interaction.channel),
        )


def files(pictures: Mapping[str, bytes]) -> list[discord.File]:
    """Pictures as they are sent; each can be sent once."""
    return [discord.File(io.BytesIO(content), name) for name, content in pictures.items()]


def is_for_adults(channel: object) -> bool:
    """Whether only adults look at a channel; a thread is what its channel is.

    Where that cannot be known, as of a thread whose channel is unknown here, it is said of it.
    """
    if isinstance(channel, discord.Thread):
        return channel.parent is None or channel.parent.is_nsfw()
    told = getattr(channel, "is_nsfw", None)
    return bool(told()) if callable(told) else False


def parent_of(channel: object) -> int | None:
    """The channel that a thread belongs to."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def roles_of(user: discord.User | discord.Member) -> frozenset[int]:
    """The roles of a member; nobody has any outside of servers."""
    roles = user.roles if isinstance(user, discord.Member) else []
    return frozenset(role.id for role in roles)
