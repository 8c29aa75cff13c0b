"""Where somebody asks from: what an interaction tells of the place its answer goes to."""

from typing import Any

import discord

from bot.domain import ladder
from storage.records import Reply


def reply(
    interaction: discord.Interaction[Any], message_id: int | None, *, ephemeral: bool
) -> Reply:
    """The original answer of an interaction, and the token that edits it for fifteen minutes."""
    in_bot_dm = interaction.context.dm_channel is True
    asked_at = round(interaction.created_at.timestamp() * 1000)
    return Reply(
        application_id=interaction.application_id,
        token=interaction.token,
        token_until=asked_at + ladder.TOKEN_LIFE_MS,
        channel_id=interaction.channel_id,
        message_id=message_id,
        bot_is_present=interaction.is_guild_integration() or in_bot_dm,
        ephemeral=ephemeral,
        limit_bytes=interaction.filesize_limit,
    )
