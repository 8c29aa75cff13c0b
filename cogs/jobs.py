"""A member's own jobs: `/jobs`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from bot.services.jobs import Standing
from cogs.ui import buttons, cards, overlong, places, texts
from storage.records import JobId, JobState

_CANCELLABLE = {JobState.QUEUED, JobState.WAITING, JobState.ACTIVE}


class Jobs(commands.Cog):
    """Shows members their jobs."""

    @app_commands.command(name="jobs", description="Your videos: how they stand, what they cost.")
    @app_commands.rename(number="id")
    @app_commands.describe(number="The number of the one to show again, with its file")
    async def jobs(
        self, interaction: discord.Interaction[TalkieBot], number: int | None = None
    ) -> None:
        """List one's own jobs, with a button for those that have not ended; or show one again."""
        services = interaction.client.services
        if number is not None:
            standing = await services.jobs.own(interaction.user.id, JobId(number))
            await self._show(interaction, standing)
            return
        standings = await services.jobs.mine(interaction.user.id)
        if not standings:
            await interaction.response.send_message(texts.NO_JOBS, ephemeral=True)
            return
        rows = "\n".join(cards.row(standing) for standing in standings)
        waiting = [each.job.id for each in standings if each.job.state in _CANCELLABLE]
        await interaction.response.send_message(
            f"{texts.JOBS_TITLE}\n{rows}", view=buttons.cancels(waiting), ephemeral=True
        )

    async def _show(self, interaction: discord.Interaction[TalkieBot], standing: Standing) -> None:
        deliveries = interaction.client.services.deliveries
        if standing.video is None:
            await interaction.response.send_message(cards.row(standing), ephemeral=True)
            return
        await interaction.response.defer(thinking=True)
        clip = deliveries.clip_of(standing.video)
        limit = interaction.filesize_limit - places.HEADROOM
        async with deliveries.fitted(clip, limit) as fitted:
            with places.video_file(fitted, standing.job) as file:
                content = cards.ending(standing, None)
                await interaction.edit_original_response(content=content, attachments=[file])
        # Whatever was still owed has been seen now.
        await deliveries.collect(standing.job.id)


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(buttons.CancelButton, buttons.DiscardButton, overlong.FirstPartButton)
    await bot.add_cog(Jobs())
