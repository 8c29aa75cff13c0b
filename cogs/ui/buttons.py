"""Buttons that outlive restarts: what they are about stands in their id, and is not trusted."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

import discord

from bot.domain import lifecycle
from bot.services.jobs import Standing
from cogs.ui import haste, origins, texts
from cogs.ui.controls import Button, Numbered
from storage.records import JobId

log = logging.getLogger(__name__)


class CancelButton(Numbered, verb="cancel"):
    """Calls a job off that has not started."""

    def __init__(self, number: int) -> None:
        super().__init__(number, texts.CANCEL.format(job=number))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Cancel, and tell the presser how that went."""
        await _end(interaction, interaction.client.services.jobs.cancel, JobId(self.number))


class DiscardButton(Numbered, verb="discard", style=discord.ButtonStyle.danger):
    """Throws a job away that cannot be stopped any more."""

    def __init__(self, number: int) -> None:
        super().__init__(number, texts.DISCARD.format(job=number))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Discard, and tell the presser what that cost."""
        await _end(interaction, interaction.client.services.jobs.discard, JobId(self.number))


class GetButton(Numbered, verb="get", label=texts.GET, style=discord.ButtonStyle.primary):
    """Fetches a video, or sees to it that it comes here, after the first token has died."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Let the video come to the message that was pressed, by the press's own token."""
        services, job = interaction.client.services, JobId(self.number)
        # Strangers are refused before the press is acknowledged, so that only they read it.
        await haste.pressed(interaction, services.jobs.own(interaction.user.id, job))
        await haste.hear(interaction)
        message = interaction.message
        standing = await services.claims.claim(
            interaction.user.id,
            job,
            origins.reply(
                interaction,
                message.id if message else None,
                ephemeral=message is not None and message.flags.ephemeral,
            ),
        )
        if not lifecycle.is_over(standing.job.state):
            await interaction.followup.send(texts.not_yet(standing), ephemeral=True)


async def _end(
    interaction: discord.Interaction[Any],
    how: Callable[[int, JobId], Coroutine[Any, Any, Standing]],
    job: JobId,
) -> None:
    standing = await haste.whispered(interaction, how(interaction.user.id, job))
    try:
        said = f"{texts.title(job)} {texts.CANCELLED}\n{texts.receipt(standing)}"
        await haste.whisper(interaction, said)
    except Exception:
        # It has happened: an answer that cannot be shown does not undo it.
        log.exception("an ending could not be shown", extra={"job_id": job})


def opening(url: str) -> Button:
    """A button that opens a page."""
    return discord.ui.Button(label=texts.WATCH, style=discord.ButtonStyle.link, url=url)


def view_of(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """A view that outlives restarts, because all its items do."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view
