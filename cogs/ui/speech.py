"""Who speaks a member's sound where they sent no picture: a portrait they keep."""

from dataclasses import replace
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.request import Anchor, Chosen, Part, Source, Wish
from cogs.ui import attachments, choices, suggestions
from storage.belongings import Portrait


def spoken_by(wish: Wish, portrait: Portrait) -> Wish:
    """The wish with this portrait, cropped as its owner likes it."""
    return replace(wish, first_image=Source.kept(portrait.id), anchor=Anchor(portrait.anchor))


async def by_default(bot: TalkieBot, member: int, wish: Wish) -> Wish:
    """The wish with the member's default portrait, which is then told; unchanged without one."""
    portrait = await bot.services.portraits.default(member)
    if portrait is None:
        return wish
    told = Chosen(part=Part.PORTRAIT, name=portrait.name, place=1, of=1)
    return replace(spoken_by(wish, portrait), chosen=(*wish.chosen, told))


async def chosen(
    interaction: discord.Interaction[Any], wish: Wish, saved: str | None, crop: str | None
) -> Wish:
    """The wish with the portrait that was chosen, or with none if that was; else `by_default`.

    A `crop` that was chosen wins over the portrait's own. Raises UserError.
    """
    if saved == suggestions.NO_PICTURE:
        return wish
    if saved is None:
        spoken = await by_default(interaction.client, interaction.user.id, wish)
    else:
        spoken = spoken_by(wish, await suggestions.portrait(interaction, saved))
    return replace(spoken, anchor=choices.crop(crop)) if crop else spoken


async def by_member(bot: TalkieBot, member: discord.User | discord.Member, wish: Wish) -> Wish:
    """As `by_default`, else with the member's own avatar, if they chose one."""
    spoken = await by_default(bot, member.id, wish)
    if spoken.first_image is not None:
        return spoken
    return replace(wish, first_image=attachments.avatar(member))
