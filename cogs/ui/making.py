"""From a wish to a job: refuse at once, acknowledge, prepare, submit, show the waiting card."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.request import Wish
from bot.services.submission import Origin, Ticket
from cogs.ui import cards
from storage.records import Mode, Reply

log = logging.getLogger(__name__)

_TOKEN_MS = 15 * 60 * 1000


async def make(interaction: discord.Interaction[Any], wish: Wish) -> None:
    """Make a video of a wish; raises UserError, before or after the acknowledgement."""
    bot: TalkieBot = interaction.client
    bot.services.intake.check(wish)
    await _make(interaction, wish.mode, lambda origin: bot.services.intake.accept(wish, origin))


async def make_draft(
    interaction: discord.Interaction[Any], draft: int, answer: Callable[[Wish], Wish]
) -> None:
    """Make a video of a kept wish, completed by its member's answer; raises UserError."""
    intake = interaction.client.services.intake
    await intake.check_draft(draft, interaction.user.id)
    await _make(interaction, Mode.AUDIO, lambda origin: intake.accept_draft(draft, answer, origin))


async def _make(
    interaction: discord.Interaction[Any], mode: Mode, accept: Callable[[Origin], Awaitable[Ticket]]
) -> None:
    bot: TalkieBot = interaction.client
    # What the database alone refuses is refused privately; accepted work is seen by all.
    await bot.services.submission.admit(interaction.user.id, interaction.guild_id, mode)
    answer = await interaction.response.defer(thinking=True)
    ticket = await accept(_origin(interaction, answer.message_id if answer else None))
    # From here on the job exists: trouble with its card is not the member's trouble.
    try:
        async with bot.services.turns.progress(ticket.job) as still_open:
            if still_open:
                await interaction.edit_original_response(view=cards.waiting(ticket))
    except Exception:
        log.exception("the waiting card could not be shown", extra={"job_id": ticket.job})


def _origin(interaction: discord.Interaction[Any], message_id: int | None) -> Origin:
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
