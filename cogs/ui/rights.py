"""Permissions: which one the bot lacks in a channel, by the name that Discord shows."""

from enum import StrEnum

import discord

from bot.client import TalkieBot


class Right(StrEnum):
    """What the bot needs to show a video by its own route, by name."""

    VIEW = "View Channel"
    SEND = "Send Messages"
    SEND_IN_THREADS = "Send Messages in Threads"
    ATTACH = "Attach Files"


def lacking(bot: TalkieBot, channel_id: int, *, posting: bool, file: bool) -> Right | None:
    """The first permission missing for a message; None if, as far as is known here, none is."""
    channel = _channel(bot, channel_id)
    if channel is None:
        return None
    rights = channel.permissions_for(channel.guild.me)
    may_send = rights.send_messages
    if isinstance(channel, discord.Thread):
        may_send = rights.send_messages_in_threads
    if not rights.view_channel:
        return Right.VIEW
    if posting and not may_send:
        return Right.SEND_IN_THREADS if isinstance(channel, discord.Thread) else Right.SEND
    return Right.ATTACH if file and not rights.attach_files else None


def may_answer(bot: TalkieBot, channel_id: int) -> bool:
    """Whether a message may refer to another: nobody answers what they may not read."""
    channel = _channel(bot, channel_id)
    return channel is None or channel.permissions_for(channel.guild.me).read_message_history


def _channel(bot: TalkieBot, channel_id: int) -> discord.abc.GuildChannel | discord.Thread | None:
    channel = bot.get_channel(channel_id)
    return None if isinstance(channel, discord.abc.PrivateChannel) else channel
