"""What a message holds: its words, its pictures and its sounds, forwarded ones included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord

from bot.domain import prompt
from bot.domain.request import Chosen, Part, Source

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A file of a message that was taken, and among how many."""

    source: Source
    chosen: Chosen


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


def picture(message: discord.Message) -> Pick | None:
    """The first picture of a message."""
    pictures = [each for each in _all(message) if _is(each, "image/", _PICTURES)]
    return _picked(Part.PICTURE, pictures[0], pictures) if pictures else None


def sound(message: discord.Message) -> Pick | None:
    """The voice note of a message, else its first sound, else a video's sound."""
    audible = [
        each
        for each in _all(message)
        if _is(each, "audio/", _SOUNDS) or _is(each, "video/", ()) or each.is_voice_message()
    ]
    if not audible:
        return None
    best = min(audible, key=_worth)
    return _picked(Part.SOUND, best, audible)


def chosen(*picks: Pick | None) -> tuple[Chosen, ...]:
    """What a member is to be told: the files that were taken where there were several."""
    return tuple(pick.chosen for pick in picks if pick is not None and pick.chosen.of > 1)


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


def _is(attachment: discord.Attachment, kind: str, endings: tuple[str, ...]) -> bool:
    declared = attachment.content_type
    if declared:
        return declared.startswith(kind)
    return attachment.filename.lower().endswith(endings)


def _worth(attachment: discord.Attachment) -> int:
    """Where a sound ranks, the best first: a voice note, a sound, a film."""
    if attachment.is_voice_message():
        return 0
    return 1 if _is(attachment, "audio/", _SOUNDS) else 2


def _picked(
    part: Part, attachment: discord.Attachment, among: Sequence[discord.Attachment]
) -> Pick:
    place = among.index(attachment) + 1
    taken = Chosen(part=part, name=attachment.filename, place=place, of=len(among))
    return Pick(source=source(attachment), chosen=taken)
