"""A member's own jobs: `/jobs`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import buttons, haste, links, listing, overlong, showing, texts
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
            await showing.show(interaction, JobId(number))
            return
        reading = services.jobs.mine(interaction.user.id)
        standings = await haste.whispered(interaction, reading)
        said = listing.listed(standings) if standings else texts.NO_JOBS
        await haste.whisper(interaction, said)


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(
        buttons.CancelButton,
        buttons.DiscardButton,
        buttons.GetButton,
        links.RenewButton,
        links.UnlinkButton,
        overlong.FirstPartButton,
        showing.ShowButton,
    )
    await bot.add_cog(Jobs())
