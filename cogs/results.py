"""What members do with a finished video: make it again, remix it, delete it."""

import discord
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import deletion, remixes, repeats


class Results(commands.Cog):
    """Answers the buttons under finished videos, whenever they are pressed."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Go on when the Remix form comes back, whether or not Talkie was restarted."""
        source = remixes.source(interaction)
        if source is None:
            return
        try:
            await repeats.remix(interaction, source)
        except Exception as error:  # noqa: BLE001 the library would only log it
            await self._bot.report(interaction, error)


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(
        repeats.AgainButton,
        repeats.RemixButton,
        deletion.DeleteButton,
        deletion.EraseButton,
    )
    await bot.add_cog(Results(bot))
