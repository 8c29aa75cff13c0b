"""What a message holds: its words, its pictures and its sounds, forwarded ones included."""

from collections.abc import Iterable

import discord

from bot.domain import prompt
from bot.domain.request import Source

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".avif", ".heic", ".heif")
_SOUNDS = (
    ".ogg",
    ".oga",
    ".opus",
    ".mp3",
    ".wav",
    ".flac",
    ".m4a",
    ".aac",
    ".webm",
    ".mp4",
    ".mov",
)


def source(attachment: discord.Attachment) -> Source:
    """Where an attachment can be fetched."""
    return Source(url=attachment.url, name=attachment.filename, declared_bytes=attachment.size)


def avatar(user: discord.User | discord.Member) -> Source | None:
    """The picture a person chose for themselves; None if they have only a default one."""
    chosen = user.guild_avatar if isinstance(user, discord.Member) else None
    chosen = chosen or user.avatar
    if chosen is None:
        return None
    picture = chosen.with_static_format("png").with_size(1024)
    return Source(url=picture.url, name="avatar.png", declared_bytes=0)


def picture(message: discord.Message) -> Source | None:
    """The first picture of a message."""
    return _first(message, "image/", _PICTURES)


def sound(message: discord.Message) -> Source | None:
    """The voice note of a message, else its first sound, else a video's sound."""
    for attachment in _all(message):
        if attachment.is_voice_message():
            return source(attachment)
    return _first(message, "audio/", _SOUNDS) or _first(message, "video/", ())


def words(message: discord.Message) -> str:
    """The words of a message as a prompt."""
    text = message.content or next(
        (snapshot.content for snapshot in message.message_snapshots if snapshot.content), ""
    )
    names: dict[int, str] = {user.id: user.display_name for user in message.mentions}
    names |= {role.id: role.name for role in message.role_mentions}
    names |= {channel.id: channel.name for channel in message.channel_mentions}
    return prompt.from_message(text, names)


def _all(message: discord.Message) -> Iterable[discord.Attachment]:
    yield from message.attachments
    for snapshot in message.message_snapshots:
        yield from snapshot.attachments


def _first(message: discord.Message, kind: str, endings: tuple[str, ...]) -> Source | None:
    for attachment in _all(message):
        declared = attachment.content_type
        if declared.startswith(kind) if declared else attachment.filename.lower().endswith(endings):
            return source(attachment)
    return None
