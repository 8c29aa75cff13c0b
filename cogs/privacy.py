"""Privacy: `/privacy` says what is kept of a member, who sees it, and how to be rid of it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import haste, privacy


class Privacy(commands.Cog):
    """Tells members what is theirs."""

    @app_commands.command(
        name="privacy", description="What Talkie keeps of you, who sees it, and how to delete it."
    )
    async def privacy(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Say what is kept, so that only who asks reads it."""
        reading = interaction.client.services.privacy.account(interaction.user.id)
        account = await haste.whispered(interaction, reading)
        await haste.whisper(interaction, privacy.card(account))


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Privacy())
