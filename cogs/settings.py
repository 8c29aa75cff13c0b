"""Settings: `/settings me` for a member's own, `/settings server` for those who manage one."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import haste, own_settings, server_settings
from cogs.ui.answering import answered


class Settings(commands.GroupCog, name="settings", description="How Talkie works for you."):
    """Shows settings, to be changed where they are read."""

    @app_commands.command(name="me", description="Your own: shape, portrait, messages, tips.")
    async def me(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Show one's own settings."""
        own = await haste.whispered(interaction, own_settings.read(interaction))
        await haste.whisper(interaction, own_settings.card(own))

    @app_commands.command(
        name="server", description="This server's: channels, roles, limits, gallery (for managers)."
    )
    async def server(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Show the server's settings to those who may change them."""
        guild_id = server_settings.managed(interaction)
        reading = interaction.client.services.guilds.rules(guild_id)
        rules = await haste.whispered(interaction, reading)
        await haste.whisper(interaction, server_settings.card(rules))

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Take the numbers when their form comes back, whether or not Talkie was restarted."""
        if server_settings.is_form(interaction):
            await answered(interaction, server_settings.take_numbers(interaction))


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(
        own_settings.OwnSwitch,
        own_settings.OwnMenu,
        server_settings.ServerSwitch,
        server_settings.ServerMenu,
        server_settings.NumbersButton,
    )
    bot.add_forms(server_settings.FORM)
    await bot.add_cog(Settings())
