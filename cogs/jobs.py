"""A member's own jobs: `/jobs`."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from bot.services.jobs import Standing
from cogs.ui import buttons, cards, listing, overlong, places, texts
from storage.records import JobId


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
        await interaction.response.send_message(view=listing.listed(standings), ephemeral=True)

    async def _show(self, interaction: discord.Interaction[TalkieBot], standing: Standing) -> None:
        deliveries = interaction.client.services.deliveries
        clip = deliveries.clip_of(standing.video) if standing.video else None
        if clip is None or not await asyncio.to_thread(clip.is_file):
            card = cards.standing_now(standing)
            await interaction.response.send_message(view=card, ephemeral=True)
            return
        await interaction.response.defer(thinking=True)
        limit = interaction.filesize_limit - places.HEADROOM
        async with deliveries.fitted(clip, limit) as fitted:
            with places.video_file(fitted, standing.job) as file:
                card = cards.finished(standing)
                await interaction.edit_original_response(view=card, attachments=[file])
        # Whatever was still owed has been seen now.
        await deliveries.collect(standing.job.id)


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(buttons.CancelButton, buttons.DiscardButton, overlong.FirstPartButton)
    await bot.add_cog(Jobs())
