"""Help: `/help` with examples to press, and the tour after a member's first command."""

import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import guide, guide_texts, making
from cogs.ui.answering import answered

log = logging.getLogger(__name__)


class Help(commands.Cog):
    """Shows members what there is."""

    @app_commands.command(name="help", description="Examples to try, commands, costs, privacy.")
    async def help(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Show the examples and what there is."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        card = guide.card(await guide.read(interaction))
        await interaction.edit_original_response(view=card)

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Make an example when its form comes back, whether or not Talkie was restarted."""
        await answered(interaction, _make_example(interaction))

    @commands.Cog.listener()
    async def on_app_command_completion(
        self,
        interaction: discord.Interaction[TalkieBot],
        command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    ) -> None:
        """Show the tour once to each member, below the answer to their first command."""
        # A form is an answer that nobody reads anything below of.
        if interaction.response.type is discord.InteractionResponseType.modal:
            return
        # It is shown once: a stop may not come between the row and the message.
        interaction.client.attend()
        try:
            is_first = await interaction.client.services.preferences.greet(interaction.user.id)
            if is_first and command.name != self.help.name:
                await interaction.followup.send(guide_texts.TOUR, ephemeral=True)
        except Exception:
            # The command was answered; the tour is an extra.
            log.exception("the tour could not be shown")


async def _make_example(interaction: discord.Interaction[TalkieBot]) -> None:
    read = guide.wish(interaction)
    if read is not None:
        await making.make_read(interaction, read)


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(guide.UseButton, guide.SituationMenu, guide.BuildButton)
    bot.add_forms(guide.FORM)
    await bot.add_cog(Help())
