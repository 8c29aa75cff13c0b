"""Videos from words and pictures: `/video`, `/animate` and the menu `Make a video`."""

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
    making,
    phrasing,
    question,
    rewording,
    suggestions,
    workbench,
)
from cogs.ui.answering import answered
from storage.records import Mode

Seconds = app_commands.Range[float, 2, 10]
Seed = app_commands.Range[int, 0, LONGEST_SEED]


class Video(commands.Cog):
    """Makes videos from words and pictures."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Make a video", callback=self.make_a_video)

    async def cog_load(self) -> None:
        """Menus cannot stand in a cog's body."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu away with the cog."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="video", description="Make a video from words.")
    @app_commands.describe(
        prompt="What is seen and heard; leave it out to build it of parts",
        shape="The shape of the picture (16:9 if you leave it out)",
        size="How sharp it is",
        seconds="How long it lasts, 2 to 10 seconds (5 if you leave it out)",
        seed="The same words with the same seed give the same video",
        look="Look at the words and the price first; you pay nothing before you say yes",
        add=phrasing.HELP,
        parts=phrasing.PARTS_HELP,
    )
    @app_commands.choices(shape=choices.SHAPES, size=choices.SIZES)
    @app_commands.autocomplete(
        prompt=suggestions.prompts(Mode.TEXT), add=phrasing.suggest(Mode.TEXT)
    )
    async def video(  # noqa: PLR0913, PLR0917 these are the command's options
        self,
        interaction: discord.Interaction[TalkieBot],
        prompt: str = "",
        shape: str | None = None,
        size: str | None = None,
        seconds: Seconds = 5.0,
        seed: Seed | None = None,
        look: bool = False,
        add: phrasing.Phrase | None = None,
        parts: bool = False,
    ) -> None:
        """Make a video from words."""
        wish = Wish(
            mode=Mode.TEXT,
            prompt=prompt,
            shape=choices.shape(shape),
            size=choices.size(size),
            seconds=seconds,
            seed=seed,
            look=look,
        )
        words = phrasing.prompted(interaction, wish, add)
        await workbench.make(interaction, words, build=parts or not prompt)

    @app_commands.command(name="animate", description="Set a picture in motion.")
    @app_commands.describe(
        image="The picture the video starts with",
        prompt="What happens next: the motion, the camera, the sound (gentle if you leave it out)",
        last_image="A picture the video ends with",
        shape="The shape of the video (by the picture if you leave it out)",
        size="How sharp it is",
        seconds="How long it lasts, 2 to 10 seconds (5 if you leave it out)",
        seed="The same request with the same seed gives the same video",
        crop="What stays of a picture that does not fit the shape (the centre if you leave it out)",
        look="Look at the crop and the price first; you pay nothing before you say yes",
        add=phrasing.HELP,
        parts=phrasing.PARTS_HELP,
    )
    @app_commands.choices(shape=choices.SHAPES, size=choices.SIZES, crop=choices.CROPS)
    @app_commands.autocomplete(
        prompt=suggestions.prompts(Mode.IMAGE), add=phrasing.suggest(Mode.IMAGE)
    )
    async def animate(  # noqa: PLR0913, PLR0917 these are the command's options
        self,
        interaction: discord.Interaction[TalkieBot],
        image: discord.Attachment,
        prompt: str = "",
        last_image: discord.Attachment | None = None,
        shape: str | None = None,
        size: str | None = None,
        seconds: Seconds = 5.0,
        seed: Seed | None = None,
        crop: str | None = None,
        look: bool = False,
        add: phrasing.Phrase | None = None,
        parts: bool = False,
    ) -> None:
        """Set a picture in motion."""
        wish = Wish(
            mode=Mode.IMAGE,
            prompt=prompt,
            first_image=attachments.source(image),
            last_image=attachments.source(last_image) if last_image else None,
            shape=choices.shape(shape),
            size=choices.size(size),
            seconds=seconds,
            seed=seed,
            anchor=choices.crop(crop),
            look=look,
        )
        words = phrasing.prompted(interaction, wish, add)
        await workbench.make(interaction, words, build=parts)

    async def make_a_video(
        self, interaction: discord.Interaction[Any], message: discord.Message
    ) -> None:
        """Make a video of whatever a message holds: sound is synced, else a picture moves."""
        words = attachments.words(message)
        picture, sound = attachments.picture(message), attachments.sound(message)
        chosen = attachments.chosen(sound, picture)
        if sound is not None:
            wish = Wish(
                mode=Mode.AUDIO,
                prompt=words,
                sound=sound.source,
                first_image=picture.source if picture else None,
                chosen=chosen,
            )
        elif picture is not None:
            wish = Wish(mode=Mode.IMAGE, prompt=words, first_image=picture.source, chosen=chosen)
        elif words:
            wish = Wish(mode=Mode.TEXT, prompt=words)
        else:
            raise UserError(Code.NOTHING_TO_USE)
        await making.make(interaction, wish)

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Go on when the form with a video's words comes back, also after a restart."""
        draft = rewording.edited_draft(interaction)
        if draft is not None:
            await answered(interaction, question.reword(interaction, draft))


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(
        question.RenderButton,
        question.NeverButton,
        question.CropButton,
        question.BetterButton,
        question.EditButton,
        question.ImproveButton,
        question.PickButton,
        question.RewriteButton,
    )
    bot.add_forms(rewording.FORM)
    await bot.add_cog(Video(bot))
