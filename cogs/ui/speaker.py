"""Who speaks a sound: the picture beside it, else the face of whoever wants it spoken."""

from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.request import Wish
from bot.errors import Code, UserError
from cogs.ui import answers, attachments, forms, haste, speech
from cogs.ui.controls import Numbered
from storage.records import Mode


async def wish(
    bot: TalkieBot, message: discord.Message, invoker: discord.User | discord.Member
) -> Wish:
    """A message's sound, spoken; without a picture if there is none. Raises UserError."""
    sound, picture = attachments.sound(message), attachments.picture(message)
    if sound is None:
        raise UserError(Code.NO_SOUND)
    spoken = Wish(
        mode=Mode.AUDIO,
        prompt=attachments.words(message),
        sound=sound.source,
        first_image=picture.source if picture else None,
        chosen=attachments.chosen(sound, picture),
    )
    # Never the face of whoever wrote the message, if that is another: they were not asked.
    return spoken if picture else await speech.by_member(bot, invoker, spoken)


class PortraitButton(
    Numbered, verb="speaker", label=answers.CHOOSE_PICTURE, style=discord.ButtonStyle.primary
):
    """Opens the form that asks for the picture; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Ask for the picture, if the sound is the presser's and still waits."""
        bot: TalkieBot = interaction.client
        looking = bot.services.intake.kept(self.number, interaction.user.id)
        await haste.opened(interaction, looking)
        await interaction.response.send_modal(forms.PortraitForm(self.number))
