"""Share, Take back and the vote: buttons of the gallery that outlive restarts."""

from typing import Any

import discord

from bot.client import TalkieBot
from bot.services.gallery import Here
from cogs.ui import desks, frame, haste, legends, tallies
from cogs.ui.controls import Numbered
from cogs.ui.frame import Tone
from storage.exhibits import ShareId
from storage.records import JobId


class ShareButton(Numbered, verb="share", label=legends.SHARE):
    """Publishes a video on its server."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Share, and tell the presser where it is to be seen and how to take it back."""
        bot: TalkieBot = interaction.client
        sharing = bot.services.gallery.share(
            interaction.user.id,
            JobId(self.number),
            here(interaction),
            name=interaction.user.display_name,
        )
        shared = await haste.whispered(interaction, sharing)
        way_back = frame.row(UnshareButton(self.number))
        card = frame.card(Tone.DONE, frame.words(legends.shared(shared)), rows=[way_back])
        await haste.whisper(interaction, card)
        if shared.on_web:
            await bot.services.videos.prepare(JobId(self.number))


class UnshareButton(Numbered, verb="unshare", label=legends.UNSHARE):
    """Takes a shared video back."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Take back, and say so where the button was."""
        bot: TalkieBot = interaction.client
        job = JobId(self.number)
        taking_back = bot.services.gallery.unshare(interaction.user.id, job, here(interaction))
        await haste.pressed(interaction, taking_back)
        card = frame.card(Tone.OVER, frame.words(legends.TAKEN_BACK))
        await haste.turn(interaction, card, [])


class VoteButton(Numbered, verb="vote"):
    """A member's one vote for a shared video; pressed again, it is taken back."""

    def __init__(self, number: int, votes: int = 0) -> None:
        label = legends.VOTE.format(votes=votes)
        super().__init__(number, label)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Vote or take the vote back; the number on the button is the answer."""
        bot: TalkieBot = interaction.client
        message = interaction.message
        on_post = message is not None and not message.flags.ephemeral
        share = ShareId(self.number)
        voting = bot.services.gallery.vote(interaction.user.id, share, on_post=on_post)
        ballot = await haste.pressed(interaction, voting)
        if message is None:
            return
        label = legends.VOTE.format(votes=ballot.votes)
        view = tallies.with_label(message, self.id_of(self.number), label)
        await haste.turn(interaction, view, message.attachments)
        if on_post:
            # Of two presses at once, the older number may have come last.
            await bot.services.gallery.shown(share, ballot.votes)


def here(interaction: discord.Interaction[Any]) -> Here:
    """Where somebody presses; a server that the bot is no member of is none."""
    if not interaction.is_guild_integration() or interaction.guild_id is None:
        return Here(guild_id=None)
    return Here(
        guild_id=interaction.guild_id,
        age_restricted=desks.is_for_adults(interaction.channel),
        moderates=interaction.permissions.manage_messages,
        guild_name=interaction.guild.name if interaction.guild else None,
    )
