"""Buttons that outlive restarts: what they are about stands in their id, and is not trusted."""

import logging
import re
from abc import abstractmethod
from collections.abc import Callable, Coroutine
from typing import Any, Self

import discord

from bot.domain import lifecycle
from bot.services.jobs import Standing
from cogs.ui import haste, origins, texts
from cogs.ui.answering import answered
from storage.records import JobId

log = logging.getLogger(__name__)

Plain = discord.ui.Button[discord.ui.View]


class Numbered:
    """What our buttons have in common: a number in their id, and one way to fail."""

    def __init__(self, number: int) -> None:
        self.number = number

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for; whatever goes wrong is answered with a sentence."""
        await answered(interaction, self.press(interaction))

    @abstractmethod
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """What the button is for."""


class CancelButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:cancel:(?P<number>\d{1,15})"
):
    """Calls a job off that has not started."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        button = plain(texts.CANCEL.format(job=number), f"v1:cancel:{number}")
        discord.ui.DynamicItem.__init__(self, button)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Cancel, and tell the presser how that went."""
        await _end(interaction, interaction.client.services.jobs.cancel, JobId(self.number))


class DiscardButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:discard:(?P<number>\d{1,15})"
):
    """Throws a job away that cannot be stopped any more."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        button = plain(
            texts.DISCARD.format(job=number), f"v1:discard:{number}", discord.ButtonStyle.danger
        )
        discord.ui.DynamicItem.__init__(self, button)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Discard, and tell the presser what that cost."""
        await _end(interaction, interaction.client.services.jobs.discard, JobId(self.number))


class GetButton(Numbered, discord.ui.DynamicItem[Plain], template=r"v1:get:(?P<number>\d{1,15})"):
    """Fetches a video, or sees to it that it comes here, after the first token has died."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        button = plain(texts.GET, self.id_of(number), discord.ButtonStyle.primary)
        discord.ui.DynamicItem.__init__(self, button)

    @staticmethod
    def id_of(number: int) -> str:
        """The custom id of a job's button."""
        return f"v1:get:{number}"

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
    # It has happened: an answer that cannot be shown does not undo it.
    try:
        said = f"{texts.title(job)} {texts.CANCELLED}\n{texts.receipt(standing)}"
        await haste.whisper(interaction, said)
    except Exception:
        log.exception("an ending could not be shown", extra={"job_id": job})


def plain(
    label: str, custom_id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> Plain:
    """A button of Discord's, to be wrapped in a dynamic item."""
    return discord.ui.Button(label=label, style=style, custom_id=custom_id)


def opening(url: str) -> Plain:
    """A button that opens a page."""
    return discord.ui.Button(label=texts.WATCH, style=discord.ButtonStyle.link, url=url)


def view_of(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """A view that outlives restarts, because all its items do."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view
