"""Who speaks a sound: the picture beside it, else the face of whoever wants it spoken."""

from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.request import Anchor, Source, Wish
from bot.errors import Code, UserError
from cogs.ui import answers, attachments, forms
from cogs.ui.buttons import Numbered, Plain, plain
from storage.records import Mode


async def wish(
    bot: TalkieBot, message: discord.Message, invoker: discord.User | discord.Member
) -> Wish:
    """A message's sound, spoken; without a picture if there is none. Raises UserError."""
    sound, picture = attachments.sound(message), attachments.picture(message)
    if sound is None:
        raise UserError(Code.NO_SOUND)
    face, anchor = (picture.source, Anchor.CENTRE) if picture else await _face(bot, invoker)
    return Wish(
        mode=Mode.AUDIO,
        prompt=attachments.words(message),
        sound=sound.source,
        first_image=face,
        anchor=anchor,
        chosen=attachments.chosen(sound, picture),
    )


async def _face(
    bot: TalkieBot, invoker: discord.User | discord.Member
) -> tuple[Source | None, Anchor]:
    """The portrait they keep, else their avatar; never of anybody else, who was not asked."""
    portrait = await bot.services.portraits.default(invoker.id)
    if portrait is not None:
        return Source.kept(portrait.id), Anchor(portrait.anchor)
    return attachments.avatar(invoker), Anchor.CENTRE


class PortraitButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:speaker:(?P<number>\d{1,15})"
):
    """Opens the form that asks for the picture; its number is the draft's."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        style = discord.ButtonStyle.primary
        button = plain(answers.CHOOSE_PICTURE, f"v1:speaker:{number}", style)
        discord.ui.DynamicItem.__init__(self, button)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Ask for the picture, if the sound is the presser's and still waits."""
        bot: TalkieBot = interaction.client
        await bot.services.intake.kept(self.number, interaction.user.id)
        await interaction.response.send_modal(forms.PortraitForm(self.number))
