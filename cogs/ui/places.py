"""Where a job's message is, and the two routes that lead there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import discord

from bot.client import TalkieBot
from cogs.ui import cards
from storage.records import Job, Reply

DEFAULT_LIMIT = 10 * 1024 * 1024
"""What any channel takes; servers with boosts take more."""
HEADROOM = 64 * 1024
"""The request around a file counts, too."""


def webhook(bot: TalkieBot, reply: Reply) -> discord.Webhook:
    """The route of the interaction's token, which works for fifteen minutes."""
    if reply.token is None:
        raise ValueError("the token was wiped")
    return discord.Webhook.partial(reply.application_id, reply.token, client=bot)


async def edit_by_token(bot: TalkieBot, reply: Reply, **changes: Any) -> int:
    """Edit the reply by the interaction's token; answers the message's id."""
    # A press opens the message it was made on by this name alone.
    message: discord.WebhookMessage = await webhook(bot, reply).edit_message(
        "@original",  # type: ignore[call-overload]  # a number to the library, a word to Discord
        **changes,
    )
    return message.id


async def edit_by_bot(bot: TalkieBot, reply: Reply, **changes: Any) -> int:
    """Edit the reply by the bot's own route; answers the message's id."""
    if reply.channel_id is None or reply.message_id is None:
        raise ValueError("the reply has no message")
    channel = bot.get_partial_messageable(reply.channel_id)
    message = await channel.get_partial_message(reply.message_id).edit(**changes)
    return message.id


def channel_limit(bot: TalkieBot, guild_id: int | None) -> int:
    """How many bytes the bot may post in a server by its own route."""
    guild = bot.get_guild(guild_id) if guild_id is not None else None
    return max(DEFAULT_LIMIT, guild.filesize_limit) if guild else DEFAULT_LIMIT


def reference(reply: Reply) -> discord.MessageReference | None:
    """What makes a message an answer to the reply, if that is there for all to see."""
    if reply.channel_id is None or reply.message_id is None or reply.ephemeral:
        return None
    return discord.MessageReference(
        message_id=reply.message_id, channel_id=reply.channel_id, fail_if_not_exists=False
    )


@contextmanager
def video_file(clip: Path, job: Job) -> Iterator[discord.File]:
    """The clip as members get it: with a name that plays, and words for who cannot see it."""
    file = discord.File(clip, filename=cards.file_name(job.id), description=cards.alt_text(job))
    try:
        yield file
    finally:
        file.close()
