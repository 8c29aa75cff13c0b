"""Which messages are meant for Talkie: direct ones, and replies to its own that ping it."""

import logging

import discord

from bot.client import TalkieBot

log = logging.getLogger(__name__)

_SAID = (discord.MessageType.default, discord.MessageType.reply)


def is_from_a_person(message: discord.Message) -> bool:
    """Whether a person wrote it: no app, no webhook, and not Discord itself."""
    is_spoken = message.type in _SAID and message.webhook_id is None
    return is_spoken and not message.author.bot and not message.author.system


def is_direct(message: discord.Message) -> bool:
    """Whether it was written to Talkie alone."""
    return isinstance(message.channel, discord.DMChannel)


async def is_for_talkie(bot: TalkieBot, message: discord.Message) -> bool:
    """Whether it was written to Talkie directly, or answers one of its messages and pings it."""
    if is_direct(message):
        return True
    if message.guild is None or message.type is not discord.MessageType.reply:
        return False
    if bot.user is None or bot.user not in message.mentions:
        return False
    answered = await _answered(message)
    return answered is not None and answered.author.id == bot.user.id


async def _answered(message: discord.Message) -> discord.Message | None:
    """The message that this one answers; None if it is gone, or not to be seen."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    if reference.resolved is not None:
        return None
    try:
        return await message.channel.fetch_message(reference.message_id)
    except discord.HTTPException as error:
        log.info("an answered message is not to be seen", extra={"detail": f"{error.status}"})
        return None
