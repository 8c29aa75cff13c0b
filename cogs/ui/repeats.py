"""Again and Remix: more of a finished video, for whoever presses."""

from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.request import Wish
from bot.services.again import Remix
from cogs.ui import haste, making, remarks, remixes, searching, workbench
from cogs.ui.buttons import Numbered, Plain, plain
from storage.records import JobId


class AgainButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:again:(?P<number>\d{1,15})"
):
    """Makes the same once more with a new seed, as the presser's own job."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        button = plain(remarks.AGAIN, f"v1:again:{number}", discord.ButtonStyle.primary)
        discord.ui.DynamicItem.__init__(self, button)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer like a command does, in a message of its own."""
        await making.make_again(interaction, JobId(self.number), Remix())


class RemixButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:remix:(?P<number>\d{1,15})"
):
    """Asks what shall be different, then makes it as the presser's own job."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        discord.ui.DynamicItem.__init__(self, plain(remarks.REMIX, self.id_of(number)))

    @staticmethod
    def id_of(number: int) -> str:
        """The custom id of a job's button."""
        return f"v1:remix:{number}"

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
