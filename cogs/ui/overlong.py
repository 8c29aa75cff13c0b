"""The question under a sound that is too long for one video."""

import re
from dataclasses import replace
from typing import Any, Self

import discord

from bot.client import TalkieBot
from cogs.ui import making, texts
from cogs.ui.buttons import Plain, plain, view_of


class FirstPartButton(
    discord.ui.DynamicItem[Plain],
    template=r"v1:first:(?P<draft>\d{1,15})",
):
    """Goes on with the first part of a sound that is too long for one video."""

    def __init__(self, draft: int) -> None:
        super().__init__(plain(texts.FIRST_PART, f"v1:first:{draft}", discord.ButtonStyle.primary))
        self._draft = draft

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(int(match["draft"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Make the video from the first part, as a job of its own."""
        bot: TalkieBot = interaction.client
        try:
            await making.make_draft(
                interaction, self._draft, lambda wish: replace(wish, first_part_only=True)
            )
        except Exception as error:  # noqa: BLE001 the library would only log it
            await bot.report(interaction, error)


def question(draft: int) -> discord.ui.View:
    """The button that goes on with the first part."""
    return view_of(FirstPartButton(draft))
