"""Shows a finished video again, where and as often as its member asks for it."""

import asyncio
import logging
from typing import Any

import discord

from bot.client import TalkieBot
from bot.services.jobs import Standing
from cogs.ui import (
    cards,
    codes,
    haste,
    keyboard,
    legends,
    links,
    places,
    rewording,
    shipping,
    texts,
)
from cogs.ui.controls import Numbered
from cogs.ui.frame import Card
from storage.exhibits import Copy
from storage.records import JobId

log = logging.getLogger(__name__)


class ShowButton(Numbered, verb="show"):
    """Shows a video of the list in a message of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number, texts.SHOW.format(job=number))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the video, with its file."""
        await show(interaction, JobId(self.number))


async def show(interaction: discord.Interaction[Any], job: JobId) -> None:
    """Answer with one of the asker's own jobs and its video; raises UserError.

    Where other words were sent than the member wrote, both follow for their eyes alone.
    """
    bot: TalkieBot = interaction.client
    standing = await haste.whispered(interaction, bot.services.jobs.own(interaction.user.id, job))
    await _show(bot, interaction, standing)
    if rewording.is_told(standing) and standing.job.deleted_at is None:
        await interaction.followup.send(view=rewording.sent(standing), ephemeral=True)


async def _show(bot: TalkieBot, interaction: discord.Interaction[Any], standing: Standing) -> None:
    job = standing.job.id
    clip = bot.services.deliveries.clip_of(standing.video) if standing.video else None
    if clip is None or not await asyncio.to_thread(clip.is_file):
        card = cards.standing_now(standing, keyboard.without_video(job))
        await haste.whisper(interaction, card)
        return
    # What moderators hid is shown to nobody but its maker.
    is_hidden = _is_hidden(standing)
    number = await haste.think(interaction, hidden=is_hidden)
    place = None if is_hidden else _copy(interaction, job, number)
    if place is not None and not await bot.services.jobs.shows(place):
        await _give_way(bot, interaction, job)
        return
    try:
        await _send(bot, interaction, standing)
    except discord.NotFound as error:
        if error.code != codes.UNKNOWN_MESSAGE:
            raise
        # Meanwhile it was hidden or deleted, and this message with it.
        log.info("a message went before it could show its video", extra={"job_id": job})
        return
    # Whatever was still owed has been seen now.
    await bot.services.deliveries.collect(job)
    if not _is_hidden(standing):
        await links.tell(interaction, standing)


async def _send(bot: TalkieBot, interaction: discord.Interaction[Any], standing: Standing) -> None:
    async def perform(card: Card, files: list[discord.File]) -> int:
        message = await interaction.edit_original_response(view=card, attachments=files)
        return message.id

    limit = interaction.filesize_limit - places.HEADROOM
    note = legends.HIDDEN if _is_hidden(standing) else None
    await shipping.ship(bot, standing, perform, limit_bytes=limit, note=note)


async def _give_way(bot: TalkieBot, interaction: discord.Interaction[Any], job: JobId) -> None:
    """Say how a job stands in a message that must not show its video any more."""
    standing = await bot.services.jobs.own(interaction.user.id, job)
    card = cards.standing_now(standing, keyboard.without_video(job))
    await interaction.edit_original_response(view=card)


def _copy(interaction: discord.Interaction[Any], job: JobId, message_id: int | None) -> Copy | None:
    """The message that is about to show a video, which has its number before it has the video."""
    if message_id is None or interaction.channel_id is None:
        return None
    is_alone = interaction.context.dm_channel is True
    return Copy(
        job_id=job,
        channel_id=interaction.channel_id,
        message_id=message_id,
        is_open=not is_alone,
    )


def _is_hidden(standing: Standing) -> bool:
    return standing.video is not None and standing.video.hidden_at is not None
