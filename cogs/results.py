"""What members do with a finished video: make it again, remix it, delete it."""

import discord
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import deletion, remixes, repeats
from cogs.ui.answering import answered


class Results(commands.Cog):
    """Answers the buttons under finished videos, whenever they are pressed."""

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Go on when the Remix form comes back, whether or not Talkie was restarted."""
        source = remixes.source(interaction)
        if source is not None:
            await answered(interaction, repeats.remix(interaction, source))


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(
        repeats.AgainButton,
        repeats.RemixButton,
        deletion.DeleteButton,
        deletion.EraseButton,
    )
    bot.add_forms(remixes.FORM)
    await bot.add_cog(Results())
