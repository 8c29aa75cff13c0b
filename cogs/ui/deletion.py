"""Delete: asks once, then takes a video away with its messages, and says what is gone."""

import re
from typing import Any, Self

import discord

from bot.client import TalkieBot
from bot.errors import Code, UserError
from bot.services.removal import Removed
from cogs.ui import clearing, frame, haste, origins, remarks, texts
from cogs.ui.buttons import Numbered, Plain, plain
from cogs.ui.clearing import Spot
from cogs.ui.frame import Card, Tone
from storage.records import Job, JobId


class DeleteButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:delete:(?P<number>\d{1,15})"
):
    """Asks its maker, or a moderator of the server, whether a video shall go."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        discord.ui.DynamicItem.__init__(self, plain(remarks.DELETE, self.id_of(number)))

    @staticmethod
    def id_of(number: int) -> str:
        """The custom id of a job's button."""
        return f"v1:delete:{number}"

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Ask, so that only the presser reads it; of a deleted video the message goes at once."""
        bot: TalkieBot = interaction.client
        member, job_id = interaction.user.id, JobId(self.number)
        removal = bot.services.removal
        try:
            checking = removal.check(member, job_id, moderated_guild=_moderated(interaction))
            job = await haste.pressed(interaction, checking)
        except UserError as refusal:
            if refusal.code is not Code.JOB_DELETED:
                raise
            await self._sweep(interaction, job_id)
            return
        # Answered so, the press's token can take the message away where the bot cannot.
        await haste.hear(interaction)
        message_id = interaction.message.id if interaction.message else 0
        removal.remember(
            member,
            job_id,
            origins.reply(interaction, message_id, ephemeral=_is_hidden(interaction)),
        )
        await interaction.followup.send(view=question(job, message_id), ephemeral=True)

    async def _sweep(self, interaction: discord.Interaction[Any], job: JobId) -> None:
        await haste.hear(interaction)
        await clearing.sweep(interaction, job)
        words = texts.headline(job, remarks.DELETED_BEFORE)
        await interaction.followup.send(words, ephemeral=True)


class EraseButton(
    Numbered,
    discord.ui.DynamicItem[Plain],
    template=r"v1:erase:(?P<number>\d{1,15}):(?P<message>\d{1,19})",
):
    """Deletes for good; it knows on which message Delete was pressed."""

    def __init__(self, number: int, message_id: int) -> None:
        Numbered.__init__(self, number)
        self.message_id = message_id
        button = plain(remarks.ERASE, f"v1:erase:{number}:{message_id}", discord.ButtonStyle.danger)
        discord.ui.DynamicItem.__init__(self, button)

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(int(match["number"]), int(match["message"]))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Delete everything, then the messages, and say what is gone."""
        bot: TalkieBot = interaction.client
        member, job, guild = interaction.user.id, JobId(self.number), _moderated(interaction)
        await interaction.response.defer()
        removal = bot.services.removal
        await removal.check(member, job, moderated_guild=guild)
        # A video that is on its way in this moment arrives first, or it would outlive its deletion.
        async with bot.services.turns.passing(job):
            removed = await removal.remove(member, job, moderated_guild=guild)
            spot = Spot(interaction.channel_id, self.message_id)
            cleared = await clearing.clear(bot, removed, spot, DeleteButton.id_of(job))
        page = bot.services.videos.url_of(removed.video) if removed.video else None
        card = told(removed, had_page=page is not None, messages=cleared.gone, left=cleared.left)
        await interaction.edit_original_response(view=card)


def question(job: Job, message_id: int) -> Card:
    """What is asked before anything is deleted."""
    rows = [frame.row(EraseButton(job.id, message_id))]
    return frame.card(Tone.FAILED, frame.words(remarks.ask_to_delete(job)), rows=rows)


def told(removed: Removed, *, had_page: bool, messages: int, left: int) -> Card:
    """What is gone, and what is out of reach."""
    lines = remarks.gone(removed, had_page=had_page, messages=messages, left=left)
    return frame.card(Tone.OVER, frame.words(*lines))


def _moderated(interaction: discord.Interaction[Any]) -> int | None:
    """The server whose messages the presser may delete; None in private chats."""
    return interaction.guild_id if interaction.permissions.manage_messages else None


def _is_hidden(interaction: discord.Interaction[Any]) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral
