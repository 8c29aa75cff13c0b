"""Sends how a job ended, in the largest size that Discord takes: file, smaller file, page."""

import asyncio
from collections.abc import Awaitable, Callable

import discord

from bot.client import TalkieBot
from bot.domain import ladder
from bot.errors import Unfit
from bot.services.jobs import Standing
from cogs.ui import cards, keyboard, places
from cogs.ui.frame import Card
from storage.records import JobState

Perform = Callable[[Card, list[discord.File]], Awaitable[int]]
"""Shows a card with its files, and answers the message's id."""


async def ship(
    bot: TalkieBot,
    standing: Standing,
    perform: Perform,
    *,
    limit_bytes: int,
    mention: str | None = None,
    note: str | None = None,
) -> int:
    """Show how a job ended, stepping down as long as it is too large; answers the message's id.

    `note` is one more line of the card. Raises HTTPException, or Unfit.
    """
    deliveries, video = bot.services.deliveries, standing.video
    clip = deliveries.clip_of(video) if video is not None else None
    rows, bare = keyboard.rows(standing.job.id), keyboard.without_video(standing.job.id)
    if standing.job.state is not JobState.DONE:
        return await perform(cards.ending(standing, mention, bare), [])
    if video is None or clip is None or not await asyncio.to_thread(clip.is_file):
        return await perform(cards.expired(standing, bare), [])
    page = deliveries.page_of(video)
    refusal: discord.HTTPException | Unfit | None = None
    for step in ladder.sizes(limit_bytes, video.bytes, has_page=page is not None):
        try:
            if step is None:
                return await link(bot, standing, perform, mention=mention, note=note)
            async with deliveries.fitted(clip, step) as fitted:
                with places.video_file(fitted, standing.job) as file:
                    card = cards.finished(standing, mention, rows, note=note)
                    return await perform(card, [file])
        except discord.HTTPException as error:
            if not ladder.is_too_large(error.status, error.code):
                raise
            refusal = error
        except Unfit as error:
            refusal = refusal or error
    raise refusal or ValueError("a video has at least one size")


async def link(
    bot: TalkieBot,
    standing: Standing,
    perform: Perform,
    *,
    mention: str | None = None,
    note: str | None = None,
) -> int:
    """Show where a finished video can be seen; raises ValueError if that is nowhere."""
    page = bot.services.deliveries.page_of(standing.video) if standing.video else None
    if page is None:
        raise ValueError("there is no public address")
    rows = keyboard.rows(standing.job.id)
    return await perform(cards.linked(standing, page, mention, rows, note=note), [])
