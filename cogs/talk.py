"""Videos from sound: `/talk`, and the menu `Make it talk` on a voice note."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from bot.domain.request import LONGEST_SEED, Wish
from bot.errors import Code, UserError
from cogs.ui import (
    attachments,
    choices,
    forms,
    haste,
    making,
    phrasing,
    speaker,
    speech,
    suggestions,
    voicing,
    workbench,
)
from cogs.ui.answering import answered
from cogs.ui.desks import Counter
from storage.records import Mode

Seed = app_commands.Range[int, 0, LONGEST_SEED]


class Talk(commands.Cog):
    """Makes pictures speak."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Make it talk", callback=self.make_it_talk)

    async def cog_load(self) -> None:
        """Menus cannot stand in a cog's body."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu away with the cog."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(
        name="talk",
        description="Lip-sync a video to speech or music, or to a line you type. One voice a clip.",
    )
    @app_commands.describe(
        audio="A voice note, a sound file or a video; 1 to 10 seconds, one voice",
        portrait="The picture that speaks or sings",
        saved="One of your saved portraits instead (your default one if you give no picture)",
        prompt="How it performs: looks, gestures, mood, camera",
        shape="The shape of the video (by the portrait if you leave it out)",
        size="How sharp it is",
        seed="The same request with the same seed gives the same video",
        crop="What stays of a picture that does not fit the shape (the centre if you leave it out)",
        say="Instead of audio: a line that a voice speaks, up to 160 characters",
        voice="Who speaks the line (an English voice if you leave it out)",
        look="Look at the crop and the price first; you pay nothing before you say yes",
        add=phrasing.HELP,
        parts=phrasing.PARTS_HELP,
    )
    @app_commands.choices(shape=choices.SHAPES, size=choices.SIZES, crop=choices.CROPS)
    @app_commands.autocomplete(
        prompt=suggestions.prompts(Mode.AUDIO),
        saved=suggestions.portraits(or_none=True),
        voice=voicing.suggest,
        add=phrasing.suggest(Mode.AUDIO),
    )
    async def talk(  # noqa: PLR0913, PLR0917 these are the command's options
        self,
        interaction: discord.Interaction[TalkieBot],
        audio: discord.Attachment | None = None,
        portrait: discord.Attachment | None = None,
        prompt: str = "",
        shape: str | None = None,
        size: str | None = None,
        seed: Seed | None = None,
        crop: str | None = None,
        look: bool = False,
        saved: str | None = None,
        say: str | None = None,
        voice: str | None = None,
        add: phrasing.Phrase | None = None,
        parts: bool = False,
    ) -> None:
        """Lip-sync a video to a sound, or to a line that is spoken first."""
        voicing.refuse_two(audio, say)
        if portrait is not None and saved is not None:
            raise UserError(Code.PORTRAIT_TWICE)
        wish = Wish(
            mode=Mode.AUDIO,
            prompt=prompt,
            sound=attachments.source(audio) if audio else None,
            line=say,
            voice=voice,
            first_image=attachments.source(portrait) if portrait else None,
            shape=choices.shape(shape),
            size=choices.size(size),
            seed=seed,
            anchor=choices.crop(crop),
            look=look,
        )
        prompted = phrasing.prompted(interaction, wish, add)

        async def spoken() -> Wish:
            return await speech.chosen(interaction, await prompted(), saved, crop)

        await workbench.make(interaction, prompted if portrait else spoken, build=parts)

    async def make_it_talk(
        self, interaction: discord.Interaction[Any], message: discord.Message
    ) -> None:
        """Let a voice note speak through the message's picture, else through the invoker's own."""
        wish, draft = await haste.opened(interaction, self._heard(interaction, message))
        if draft is None:
            await making.make(interaction, wish)
        else:
            await interaction.response.send_modal(forms.PortraitForm(draft))

    async def _heard(
        self, interaction: discord.Interaction[Any], message: discord.Message
    ) -> tuple[Wish, int | None]:
        """What a message asks for, and its draft if it still needs a picture; raises UserError."""
        intake = self._bot.services.intake
        wish = await speaker.wish(self._bot, message, interaction.user)
        if wish.first_image is not None:
            return wish, None
        intake.check(wish)
        # Nobody is asked for a picture that would be refused afterwards.
        await self._bot.services.submission.admit(
            interaction.user.id, Counter(interaction).place, wish.mode
        )
        return wish, await intake.keep(wish, interaction.user.id)

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Go on when the portrait form comes back, whether or not Talkie was restarted."""
        draft = forms.portrait_draft(interaction)
        if draft is not None:
            await answered(interaction, _with_portrait(interaction, draft))


async def _with_portrait(interaction: discord.Interaction[TalkieBot], draft: int) -> None:
    portrait = attachments.source(forms.uploaded(interaction))
    await making.make_draft(interaction, draft, lambda wish: replace(wish, first_image=portrait))


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_forms(forms.FORM)
    await bot.add_cog(Talk(bot))
