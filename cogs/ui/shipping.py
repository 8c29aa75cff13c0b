"""Sends how a job ended, in the largest size that Discord takes: file, smaller file, page."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

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
    source, has_page = clip, deliveries.page_of(video) is not None

    async def send(size: int | None) -> int:
        if size is None:
            return await link(bot, standing, perform, mention=mention, note=note)
        async with deliveries.fitted(source, size) as fitted:
            with places.video_file(fitted, standing.job) as file:
                card = cards.finished(standing, mention, rows, note=note)
                return await perform(card, [file])

    return await largest(ladder.sizes(limit_bytes, video.bytes, has_page=has_page), send)


async def largest(sizes: Iterable[int | None], send: Callable[[int | None], Awaitable[int]]) -> int:
    """Send in the first of these sizes that is not too large; answers the message's id.

    Raises HTTPException, or Unfit.
    """
    refusal: discord.HTTPException | Unfit | None = None
    for size in sizes:
        try:
            return await send(size)
        except (discord.HTTPException, Unfit) as error:
            if not is_too_large(error):
                raise
            if refusal is None or not isinstance(error, Unfit):
                refusal = error
    raise refusal or ValueError("a video has at least one size")


def is_too_large(error: discord.HTTPException | Unfit) -> bool:
    """Whether a clip was refused for its size, or cannot be made as small."""
    return isinstance(error, Unfit) or ladder.is_too_large(error.status, error.code)


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
