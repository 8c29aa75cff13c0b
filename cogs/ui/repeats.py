"""Again and Remix: more of a finished video, for whoever presses."""

from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.request import Wish
from bot.services.again import Remix
from cogs.ui import haste, making, remarks, remixes, searching, workbench
from cogs.ui.controls import Numbered
from storage.records import JobId


class AgainButton(Numbered, verb="again", label=remarks.AGAIN, style=discord.ButtonStyle.primary):
    """Makes the same once more with a new seed, as the presser's own job."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer like a command does, in a message of its own."""
        await making.make_again(interaction, JobId(self.number), Remix())


class RemixButton(Numbered, verb="remix", label=remarks.REMIX):
    """Asks what shall be different, then makes it as the presser's own job."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form, unless its answer would be refused anyway."""
        bot: TalkieBot = interaction.client
        looking = bot.services.again.source(interaction.user.id, JobId(self.number))
        plan = await haste.opened(interaction, looking)
        await interaction.response.send_modal(remixes.RemixForm(JobId(self.number), plan))


async def remix(interaction: discord.Interaction[Any], source: JobId) -> None:
    """Make what a submitted Remix form asks for, or build on it first; raises UserError.

    The number of a form comes from outside: who is not the maker needs the video's own message.
    """
    bot: TalkieBot = interaction.client
    member, changes = interaction.user.id, remixes.answer(interaction)
    is_borne = searching.bears(interaction.message, RemixButton.id_of(source))

    async def check() -> None:
        if not is_borne:
            await bot.services.jobs.own(member, source)

    async def read() -> Wish:
        await check()
        return await bot.services.again.wish(member, source, changes)

    if remixes.is_built(interaction):
        await workbench.open_for(interaction, read)
    else:
        await making.make_again(interaction, source, changes, check)
