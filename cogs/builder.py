"""The builder of prompts: its menus, buttons and forms, whenever they are used."""

import discord
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import workbench, workbench_forms
from cogs.ui.answering import answered


class Builder(commands.Cog):
    """Answers the forms of the builder."""

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Go on when a form comes back, whether or not Talkie was restarted."""
        await answered(interaction, workbench.submitted(interaction))


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(
        workbench.SituationMenu,
        workbench.PartMenu,
        workbench.PageButton,
        workbench.WriteButton,
        workbench.WholeButton,
        workbench.MakeButton,
    )
    bot.add_forms(workbench_forms.WRITE, workbench_forms.WHOLE)
    await bot.add_cog(Builder())
