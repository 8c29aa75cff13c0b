"""What follows an acceptance: where news of the job go, and its waiting card."""

import logging
from typing import Any

import discord
from discord import app_commands

from bot.domain.request import Wish
from bot.services.guilds import Place
from bot.services.submission import Origin, Ticket
from cogs.ui import cards
from storage.records import Reply

log = logging.getLogger(__name__)

_TOKEN_MS = 15 * 60 * 1000


def origin(interaction: discord.Interaction[Any], message_id: int | None) -> Origin:
    """Who asks, and the message that becomes the job's; its token is this interaction's."""
    in_bot_dm = interaction.context.dm_channel is True
    return Origin(
        discord_id=interaction.user.id,
        interaction_id=interaction.id,
        guild_id=interaction.guild_id,
        reply=Reply(
            application_id=interaction.application_id,
            token=interaction.token,
            token_until=round(interaction.created_at.timestamp() * 1000) + _TOKEN_MS,
            channel_id=interaction.channel_id,
            message_id=message_id,
            bot_is_present=interaction.is_guild_integration() or in_bot_dm,
            ephemeral=False,
            limit_bytes=interaction.filesize_limit,
        ),
    )


async def show(interaction: discord.Interaction[Any], ticket: Ticket, wish: Wish) -> None:
    """Turn the answer into the waiting card, unless the job has ended meanwhile."""
    # The job exists by now: trouble with its card is not the member's trouble.
    try:
        async with interaction.client.services.turns.progress(ticket.job) as still_open:
            if still_open:
                card = cards.waiting(ticket, wish.chosen)
                await interaction.edit_original_response(view=card, attachments=[])
    except Exception:
        log.exception("the waiting card could not be shown", extra={"job_id": ticket.job})


def place(interaction: discord.Interaction[Any]) -> Place:
    """Where an interaction came from, as a server's rules see it."""
    member = interaction.user
    roles = member.roles if isinstance(member, discord.Member) else []
    return Place(
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id,
        parent_channel_id=getattr(interaction.channel, "parent_id", None),
        role_ids=frozenset(role.id for role in roles),
        via_menu=isinstance(interaction.command, app_commands.ContextMenu),
    )
