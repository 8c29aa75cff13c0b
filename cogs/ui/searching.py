"""Looks for a message of our own that a process before this one may have sent unrecorded."""

from collections.abc import Iterable, Iterator
from typing import Any

import discord

from bot.client import TalkieBot
from bot.services.jobs import Standing
from cogs.ui import cards, texts
from storage.records import Job, JobState, Reply

_MOST = 500
"""How many messages are read; a channel that is faster relies on the nonce."""
_SKEW_MS = 5 * 60 * 1000
"""Discord's clock and this machine's need not agree."""


async def find_ending(
    bot: TalkieBot, channel_id: int, standing: Standing, *, since_ms: int, status_id: int | None
) -> int | None:
    """Our message that already shows how a job ended, `status_id` itself included.

    Where the channel's history is closed to the bot nothing is found: there the nonce alone
    keeps a message from being sent twice, for a few minutes.
    """
    page = bot.services.deliveries.page_of(standing.video) if standing.video else None
    async for message in _own_messages(bot, channel_id, since_ms=since_ms, also=status_id):
        if _shows(message, standing, page):
            found: int = message.id
            return found
    return None


async def find_button(
    bot: TalkieBot, channel_id: int, custom_id: str, *, since_ms: int, status_id: int | None
) -> int | None:
    """Our message with a button, the waiting message aside."""
    async for message in _own_messages(bot, channel_id, since_ms=since_ms, also=None):
        if message.id != status_id and custom_id in _words(message.components):
            found: int = message.id
            return found
    return None


def bears(message: discord.Message | None, custom_id: str) -> bool:
    """Whether a message has a button: what is not on it was not asked by it."""
    return message is not None and custom_id in _words(message.components)


async def has_answer_to(bot: TalkieBot, channel_id: int, status_id: int, *, since_ms: int) -> bool:
    """Whether a message of ours answers the waiting message already."""
    async for message in _own_messages(bot, channel_id, since_ms=since_ms, also=None):
        if message.reference is not None and message.reference.message_id == status_id:
            return True
    return False


async def copies(bot: TalkieBot, channel_id: int, job: Job, reply: Reply | None) -> list[int]:
    """Our messages near a job's beginning that carry its file or answer its waiting message."""
    status_id = None if reply is None else reply.message_id
    name, found = cards.file_name(job.id), []
    async for message in _own_messages(bot, channel_id, since_ms=job.created_at, also=None):
        answered = message.reference.message_id if message.reference is not None else None
        is_answer = status_id is not None and answered == status_id
        if is_answer or any(file.filename == name for file in message.attachments):
            found.append(message.id)
    return found


async def _own_messages(bot: TalkieBot, channel_id: int, *, since_ms: int, also: int | None) -> Any:
    channel = bot.get_partial_messageable(channel_id)
    since = discord.Object((since_ms - _SKEW_MS - discord.utils.DISCORD_EPOCH) << 22)
    own = bot.user.id if bot.user is not None else None
    try:
        async for message in channel.history(limit=_MOST, after=since, oldest_first=True):
            if message.author.id == own:
                yield message
        if also is not None and also <= since.id:
            yield await channel.fetch_message(also)
    except (discord.Forbidden, discord.NotFound):
        return


def _shows(message: discord.Message, standing: Standing, page: str | None) -> bool:
    job = standing.job
    if job.state is JobState.DONE:
        if any(file.filename == cards.file_name(job.id) for file in message.attachments):
            return True
        return page is not None and any(page in words for words in _words(message.components))
    what = texts.FAILED if job.state is JobState.FAILED else texts.CANCELLED
    headline = texts.headline(job.id, what)
    return any(headline in words for words in _words(message.components))


def _words(components: Iterable[Any]) -> Iterator[str]:
    """The texts of a card, and the ids and links of its buttons."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        elif isinstance(component, discord.Button):
            yield component.url or component.custom_id or ""
        else:
            yield from _words(getattr(component, "children", ()))
