"""The question under a sound that is too long for one video."""

from dataclasses import replace
from typing import Any

import discord

from cogs.ui import making, texts
from cogs.ui.buttons import Numbered, Plain, plain


class FirstPartButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:first:(?P<number>\d{1,15})"
):
    """Goes on with the first part of a sound; its number is the draft's."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        button = plain(texts.FIRST_PART, f"v1:first:{number}", discord.ButtonStyle.primary)
        discord.ui.DynamicItem.__init__(self, button)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Make the video from the first part, as a job of its own."""
        await making.make_draft(
            interaction, self.number, lambda wish: replace(wish, first_part_only=True)
        )
