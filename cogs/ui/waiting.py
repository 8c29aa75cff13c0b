"""What follows an acceptance: where news of the job go, and its waiting card."""

import logging
from typing import Any

import discord
from discord import app_commands

from bot.domain.request import Wish
from bot.services.guilds import Place
from bot.services.submission import Origin, Ticket
from cogs.ui import cards, origins

log = logging.getLogger(__name__)


def origin(
    interaction: discord.Interaction[Any], message_id: int | None, *, ephemeral: bool
) -> Origin:
    """Who asks, and the message that becomes the job's; its token is this interaction's."""
    return Origin(
        discord_id=interaction.user.id,
        interaction_id=interaction.id,
        guild_id=interaction.guild_id,
        reply=origins.reply(interaction, message_id, ephemeral=ephemeral),
    )


async def show(interaction: discord.Interaction[Any], ticket: Ticket, wish: Wish) -> None:
    """Turn the answer into the waiting card, unless the job has ended meanwhile."""
    # The job exists by now: trouble with its card is not the member's trouble.
    services = interaction.client.services
    try:
        async with services.turns.progress(ticket.job) as still_open:
            bulletin = await services.waiting.bulletin(ticket.job) if still_open else None
            if bulletin is not None:
                card = cards.accepted(
                    bulletin.standing,
                    bulletin.notice,
                    left=ticket.balance.available,
                    chosen=wish.chosen,
                )
                await interaction.edit_original_response(view=card, attachments=[])
                services.waiting.shown(bulletin)
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
