"""Credits: `/credits`, and what the owner grants with it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from bot.errors import Code, UserError
from cogs.ui import haste, statements
from storage.records import Balance


class Credits(commands.Cog):
    """Shows and grants credits."""

    @app_commands.command(name="credits", description="Your credits: what you have and get.")
    @app_commands.describe(
        grant="For the owner of the bot: who gets credits",
        amount="For the owner of the bot: how many",
    )
    async def credits(
        self,
        interaction: discord.Interaction[TalkieBot],
        grant: discord.User | None = None,
        amount: int | None = None,
    ) -> None:
        """Show one's credits; the owner may grant some."""
        if grant is not None or amount is not None:
            await self._grant(interaction, grant, amount)
            return
        reading = interaction.client.services.credits.statement(interaction.user.id)
        statement = await haste.whispered(interaction, reading)
        await haste.whisper(interaction, statements.statement(statement))

    async def _grant(
        self,
        interaction: discord.Interaction[TalkieBot],
        person: discord.User | None,
        amount: int | None,
    ) -> None:
        bot = interaction.client

        async def granting() -> Balance:
            # The first time, Discord is asked whose bot this is.
            if not await bot.is_owner(interaction.user):
                raise UserError(Code.OWNER_ONLY)
            if person is None or amount is None:
                raise UserError(Code.GRANT_INCOMPLETE)
            return await bot.services.credits.grant(
                discord_id=person.id, amount=amount, grant_id=interaction.id
            )

        balance = await haste.whispered(interaction, granting())
        await haste.whisper(interaction, statements.granted(balance.available))


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Credits())
