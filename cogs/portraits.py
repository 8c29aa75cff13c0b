"""Portraits: `/portrait set`, `show` and `remove`, and the form of a new name."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from bot.domain.shapes import Shape
from bot.errors import Code, UserError
from cogs.ui import attachments, choices, haste, likeness, portrait_texts, suggestions
from cogs.ui.answering import answered
from storage.belongings import Portrait

Name = app_commands.Range[str, 1, 32]


class Portraits(commands.GroupCog, name="portrait", description="Pictures that speak for you."):
    """Keeps members' own pictures."""

    @app_commands.command(name="set", description="Save a picture that speaks your sounds.")
    @app_commands.describe(
        picture="Your own face, or a character you may use",
        name="What you call it; another picture under this name replaces it",
        crop="What stays of a picture that does not fit the shape (the centre if you leave it out)",
    )
    @app_commands.choices(crop=choices.CROPS)
    async def keep(
        self,
        interaction: discord.Interaction[TalkieBot],
        picture: discord.Attachment,
        name: Name = portrait_texts.NAMELESS,
        crop: str | None = None,
    ) -> None:
        """Keep a picture, and show how it looks."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept = await interaction.client.services.portraits.keep(
            interaction.user.id,
            name,
            attachments.source(picture),
            anchor=choices.crop(crop),
        )
        note = portrait_texts.SAVED if kept.is_default else portrait_texts.SAVED_AS_WELL
        await likeness.show(interaction, kept.id, likeness.fitting(kept), note)

    @app_commands.command(name="show", description="See your portraits, crop and rename them.")
    @app_commands.describe(
        name="Which one (your default one if you leave it out)",
        shape="The shape of the video it is shown for",
    )
    @app_commands.autocomplete(name=suggestions.portraits())
    @app_commands.choices(shape=choices.SHAPES)
    async def show(
        self,
        interaction: discord.Interaction[TalkieBot],
        name: str | None = None,
        shape: str | None = None,
    ) -> None:
        """Show a portrait as it will be cropped."""
        portrait = await haste.whispered(interaction, _meant(interaction, name))
        await haste.think(interaction)
        wanted: Shape = choices.shape(shape) or likeness.fitting(portrait)
        await likeness.show(interaction, portrait.id, wanted)

    @app_commands.command(name="remove", description="Delete one of your portraits.")
    @app_commands.describe(name="Which one")
    @app_commands.autocomplete(name=suggestions.portraits())
    async def remove(self, interaction: discord.Interaction[TalkieBot], name: str) -> None:
        """Ask whether a portrait shall go."""
        portrait = await haste.whispered(interaction, _meant(interaction, name))
        card = likeness.question(portrait, likeness.fitting(portrait))
        await haste.whisper(interaction, card)

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Rename when the form comes back, whether or not Talkie was restarted."""
        wanted = likeness.renaming(interaction)
        if wanted is not None:
            await answered(interaction, _rename(interaction, wanted))


async def _rename(interaction: discord.Interaction[TalkieBot], wanted: likeness.Renaming) -> None:
    portraits = interaction.client.services.portraits
    renaming = portraits.rename(interaction.user.id, wanted.portrait, wanted.name)
    await haste.pressed(interaction, renaming)
    await haste.hear(interaction)
    async with portraits.one_press(wanted.portrait):
        await likeness.show(interaction, wanted.portrait, wanted.shape)


async def _meant(interaction: discord.Interaction[TalkieBot], name: str | None) -> Portrait:
    if name is not None:
        return await suggestions.portrait(interaction, name)
    default = await interaction.client.services.portraits.default(interaction.user.id)
    if default is None:
        raise UserError(Code.PORTRAIT_NONE)
    return default


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(likeness.PortraitButton, likeness.PortraitMenu)
    bot.add_forms(likeness.FORM)
    await bot.add_cog(Portraits())
