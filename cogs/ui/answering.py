"""Buttons, menus and forms: whatever goes wrong in them is answered with a sentence."""

from collections.abc import Awaitable
from typing import Any

import discord

from bot.client import TalkieBot


async def answered(interaction: discord.Interaction[Any], doing: Awaitable[None]) -> None:
    """Do what a press or a form is for; the tree, which hears of neither, answers its errors."""
    bot: TalkieBot = interaction.client
    try:
        await doing
    except Exception as error:  # noqa: BLE001 the library would only log it
        await bot.report(interaction, error)
