"""A member's own jobs: `/jobs`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import buttons, cards, overlong, texts
from storage.records import JobState

_CANCELLABLE = {JobState.QUEUED, JobState.WAITING, JobState.ACTIVE}


class Jobs(commands.Cog):
    """Shows members their jobs."""

    @app_commands.command(name="jobs", description="Your videos: how they stand, what they cost.")
    async def jobs(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """List one's own jobs, with a cancel button for those that have not ended."""
        standings = await interaction.client.services.jobs.mine(interaction.user.id)
        if not standings:
            await interaction.response.send_message(texts.NO_JOBS, ephemeral=True)
            return
        rows = "\n".join(cards.row(standing) for standing in standings)
        waiting = [each.job.id for each in standings if each.job.state in _CANCELLABLE]
        await interaction.response.send_message(
            f"{texts.JOBS_TITLE}\n{rows}", view=buttons.cancels(waiting), ephemeral=True
        )


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(buttons.CancelButton, buttons.DiscardButton, overlong.FirstPartButton)
    await bot.add_cog(Jobs())
