"""The question under a sound that is too long for one video."""

from dataclasses import replace
from typing import Any

import discord

from cogs.ui import making, texts
from cogs.ui.controls import Numbered


class FirstPartButton(
    Numbered, verb="first", label=texts.FIRST_PART, style=discord.ButtonStyle.primary
):
    """Goes on with the first part of a sound; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Make the video from the first part, as a job of its own."""
        await making.make_draft(
            interaction, self.number, lambda wish: replace(wish, first_part_only=True)
        )
