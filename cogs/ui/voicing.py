"""Typed lines: the choice between them and a sound, and the voices that speak them."""

from typing import Any

import discord
from discord.app_commands import Choice

from bot.client import TalkieBot
from bot.errors import Code, UserError

MOST = 25


def refuse_two(sound: discord.Attachment | None, line: str | None) -> None:
    """Raise UserError unless a member gave exactly one of the two."""
    if (sound is None) == (line is None):
        raise UserError(Code.SOUND_OR_LINE)


async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
    """The voices that go with what was typed so far."""
    bot: TalkieBot = interaction.client
    offered = await bot.services.voices.suggest(typed, MOST)
    return [Choice(name=each.label, value=each.key) for each in offered]
