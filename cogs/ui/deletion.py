"""Delete: asks once, then takes a video away with its messages, and says what is gone."""

from typing import Any

import discord

from bot.client import TalkieBot
from bot.errors import Code, UserError
from bot.services.removal import Removed
from cogs.ui import clearing, controls, frame, haste, origins, remarks, texts
from cogs.ui.clearing import Spot
from cogs.ui.controls import Control, Numbered
from cogs.ui.frame import Card, Tone
from storage.records import Job, JobId


class DeleteButton(Numbered, verb="delete", label=remarks.DELETE):
    """Asks its maker, or a moderator of the server, whether a video shall go."""

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


class EraseButton(Control, template=r"v1:erase:(?P<number>\d{1,15}):(?P<message>\d{1,19})"):
    """Deletes for good; it knows on which message Delete was pressed."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Delete everything, then the messages, and say what is gone."""
        bot: TalkieBot = interaction.client
        member, job, guild = (
            interaction.user.id,
            JobId(int(self.parts["number"])),
            _moderated(interaction),
        )
        await interaction.response.defer()
        removal = bot.services.removal
        await removal.check(member, job, moderated_guild=guild)
        # A video that is on its way in this moment arrives first, or it would outlive its deletion.
        async with bot.services.turns.passing(job):
            removed = await removal.remove(member, job, moderated_guild=guild)
            spot = Spot(interaction.channel_id, int(self.parts["message"]))
            cleared = await clearing.clear(bot, removed, spot, DeleteButton.id_of(job))
        page = bot.services.videos.url_of(removed.video) if removed.video else None
        card = told(removed, had_page=page is not None, messages=cleared.gone, left=cleared.left)
        await interaction.edit_original_response(view=card)


def question(job: Job, message_id: int) -> Card:
    """What is asked before anything is deleted."""
    custom_id = f"v1:erase:{job.id}:{message_id}"
    erase = controls.button(remarks.ERASE, custom_id, discord.ButtonStyle.danger)
    rows = [frame.row(EraseButton.of(erase))]
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
