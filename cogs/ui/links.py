"""The private link of a video, and the buttons with which its maker replaces or ends it."""

from typing import Any

import discord

from bot.client import TalkieBot
from bot.services.jobs import Standing
from cogs.ui import frame, haste, texts
from cogs.ui.controls import Numbered
from cogs.ui.frame import Card, Tone
from storage.records import JobId


class RenewButton(Numbered, verb="relink", label=texts.RELINK):
    """Gives a video another link; the old one leads nowhere from then on."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the new link in place of the old one."""
        bot: TalkieBot = interaction.client
        renewing = bot.services.videos.renew(interaction.user.id, JobId(self.number))
        url = await haste.pressed(interaction, renewing)
        await haste.turn(interaction, card(JobId(self.number), url))


class UnlinkButton(Numbered, verb="unlink", label=texts.UNLINK, style=discord.ButtonStyle.danger):
    """Ends the link of a video; the video itself stays."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Say that nobody finds the page any more."""
        bot: TalkieBot = interaction.client
        revoking = bot.services.videos.revoke(interaction.user.id, JobId(self.number))
        await haste.pressed(interaction, revoking)
        await haste.turn(interaction, card(JobId(self.number), None))


def card(job: JobId, url: str | None) -> Card:
    """Where a video can be seen by whoever is given the link, for the eyes of its maker."""
    if url is None:
        said, row = texts.NO_LINK, frame.row(RenewButton(job))
    else:
        said, row = texts.LINK.format(url=url), frame.row(RenewButton(job), UnlinkButton(job))
    return frame.card(Tone.OVER, frame.words(texts.headline(job, said)), rows=[row])


async def tell(interaction: discord.Interaction[Any], standing: Standing) -> None:
    """Show the maker the link of a video that was just shown, where Talkie has a website."""
    bot: TalkieBot = interaction.client
    videos = bot.services.videos
    if standing.video is None or not videos.have_pages:
        return
    url = videos.url_of(standing.video)
    await interaction.followup.send(view=card(standing.job.id, url), ephemeral=True)
