"""The one handler for everything that goes wrong in commands, buttons and forms."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from bot.errors import Code, UserError
from cogs.ui import replies


class Errors(commands.Cog):
    """Answers every error with a sentence."""

    def __init__(self, bot: TalkieBot) -> None:
        self._tree = bot.tree
        self._before = bot.tree.on_error

    async def cog_load(self) -> None:
        """Take the tree's handler over."""
        self._tree.on_error = self._answer  # type: ignore[method-assign]  # as the library documents

    async def cog_unload(self) -> None:
        """Give it back."""
        self._tree.on_error = self._before  # type: ignore[method-assign]  # as the library documents

    @commands.Cog.listener()
    async def on_stale(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Answer a press or a form of another version, which would only seem to fail."""
        await replies.answer_error(interaction, UserError(Code.FORM_EXPIRED))

    async def _answer(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError
    ) -> None:
        await replies.answer_error(interaction, error)


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Errors(bot))
