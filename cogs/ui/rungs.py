"""The rungs of the delivery ladder as they are done on Discord: one attempt each."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain import ladder
from bot.domain.ladder import Rung
from bot.services.delivery import Parcel
from cogs.ui import cards, places, rights, searching, shipping, texts
from cogs.ui.buttons import GetButton
from cogs.ui.frame import Card
from cogs.ui.rights import Right
from storage.records import JobState

LONGEST_S = 600.0
"""One attempt: an upload and a smaller copy take minutes, and Discord may hold it back for long."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The member was shown the ending, or (`told`) only that it is there."""

    message_id: int
    told: bool = False
    missing: Right | None = None
    """The permission for want of which the video is shown on its page only."""


async def climb(bot: TalkieBot, parcel: Parcel) -> Shown:
    """Do one rung, unless an earlier attempt is found to have done it; raises HTTPException."""
    found = await _found(bot, parcel)
    if found is not None:
        return found
    if parcel.rung is Rung.TELL:
        return Shown(await _tell(bot, parcel), told=True)
    if parcel.rung is Rung.EDIT_REPLY:
        return Shown(await _edit_reply(bot, parcel))
    try:
        return Shown(await _show(bot, parcel))
    except discord.Forbidden as error:
        # Where words are allowed and files are not, the page shows the video.
        if lacking(bot, parcel, error) is not Right.ATTACH or not _has_page(bot, parcel):
            raise
        send, note = _by_bot(bot, parcel), texts.lacks(Right.ATTACH)
        message_id = await shipping.link(
            bot, parcel.standing, send, mention=_mention(parcel), note=note
        )
        return Shown(message_id, missing=Right.ATTACH)


def lacking(bot: TalkieBot, parcel: Parcel, error: discord.HTTPException) -> Right | None:
    """Which permission a refusal by the bot's own route is about; None if it is about none."""
    by_bot = parcel.rung in {Rung.POST, Rung.EDIT_STATUS, Rung.TELL}
    channel_id = parcel.reply.channel_id
    if not by_bot or channel_id is None or not ladder.is_forbidden(error.code):
        return None
    posting = parcel.rung is not Rung.EDIT_STATUS
    file = parcel.clip is not None and parcel.rung is not Rung.TELL
    return rights.lacking(bot, channel_id, posting=posting, file=file)


async def _found(bot: TalkieBot, parcel: Parcel) -> Shown | None:
    """The message of an attempt whose end nobody recorded; editing again needs no search."""
    begun_at, reply = parcel.delivery.begun_at, parcel.reply
    if begun_at is None or parcel.rung is Rung.EDIT_REPLY:
        return None
    channel_id, status_id = reply.channel_id, None if reply.ephemeral else reply.message_id
    if parcel.rung is Rung.DM:
        channel_id, status_id = (await _dm(bot, parcel)).id, None
    if channel_id is None:
        return None
    found = await searching.find_ending(
        bot, channel_id, parcel.standing, since_ms=begun_at, status_id=status_id
    )
    if found is not None:
        return Shown(found)
    if parcel.rung is not Rung.TELL:
        return None
    told = await searching.find_button(
        bot,
        channel_id,
        GetButton.id_of(parcel.standing.job.id),
        since_ms=begun_at,
        status_id=status_id,
    )
    return None if told is None else Shown(told, told=True)


async def _edit_reply(bot: TalkieBot, parcel: Parcel) -> int:
    async def edit(card: Card, files: list[discord.File]) -> int:
        return await places.edit_by_token(bot, parcel.reply, view=card, attachments=files)

    limit = parcel.reply.limit_bytes - places.HEADROOM
    return await shipping.ship(bot, parcel.standing, edit, limit_bytes=limit)


async def _show(bot: TalkieBot, parcel: Parcel) -> int:
    limit = places.DEFAULT_LIMIT
    if parcel.rung is not Rung.DM:
        limit = places.channel_limit(bot, parcel.standing.job.guild_id)
    return await shipping.ship(
        bot,
        parcel.standing,
        _by_bot(bot, parcel),
        limit_bytes=limit - places.HEADROOM,
        mention=_mention(parcel),
        note=_note(parcel),
    )


async def _tell(bot: TalkieBot, parcel: Parcel) -> int:
    """Say that the video is there in a message of its own, else on the waiting message."""
    why = texts.lacks(parcel.delivery.missing)
    try:
        return await _send(bot, parcel, cards.held_back(parcel.standing, _mention(parcel), why), [])
    except discord.HTTPException as error:
        if not ladder.is_lasting(error.status, error.code):
            raise
        card = cards.held_back(parcel.standing, None, why)
        return await places.edit_by_bot(bot, parcel.reply, view=card, attachments=[])


def _by_bot(bot: TalkieBot, parcel: Parcel) -> shipping.Perform:
    async def perform(card: Card, files: list[discord.File]) -> int:
        if parcel.rung is Rung.EDIT_STATUS:
            return await places.edit_by_bot(bot, parcel.reply, view=card, attachments=files)
        return await _send(bot, parcel, card, files)

    return perform


async def _send(bot: TalkieBot, parcel: Parcel, card: Card, files: list[discord.File]) -> int:
    whom = discord.AllowedMentions.none()
    if _mention(parcel) is not None and parcel.discord_id is not None:
        whom = discord.AllowedMentions(users=[discord.Object(parcel.discord_id)])
    job = parcel.standing.job
    extra: dict[str, Any] = {}
    channel: discord.abc.Messageable
    if parcel.rung is Rung.DM:
        channel = await _dm(bot, parcel)
    else:
        if parcel.reply.channel_id is None:
            raise ValueError("the reply has no channel")
        channel = bot.get_partial_messageable(parcel.reply.channel_id)
        reference = places.reference(parcel.reply)
        if reference is not None and rights.may_answer(bot, reference.channel_id):
            extra["reference"] = reference
    message = await channel.send(
        view=card,
        files=files,
        allowed_mentions=whom,
        # A repetition is recognised by Discord for some minutes and not posted twice.
        nonce=f"talkie-{job.id}-{job.state}",
        **extra,
    )
    return message.id


async def _dm(bot: TalkieBot, parcel: Parcel) -> discord.DMChannel:
    if parcel.discord_id is None:
        raise ValueError("nobody is left to write to")
    return await bot.create_dm(discord.Object(parcel.discord_id))


def _has_page(bot: TalkieBot, parcel: Parcel) -> bool:
    video = parcel.standing.video
    return video is not None and bot.services.deliveries.page_of(video) is not None


def _mention(parcel: Parcel) -> str | None:
    """Who is called to a new message; an edit calls nobody, and who cancelled was there."""
    is_news = parcel.standing.job.state is not JobState.CANCELLED
    calls = parcel.rung in {Rung.POST, Rung.TELL} and is_news
    return f"<@{parcel.discord_id}>" if calls and parcel.discord_id is not None else None


def _note(parcel: Parcel) -> str | None:
    missing = parcel.delivery.missing
    if missing is None:
        return None
    if parcel.rung is Rung.DM:
        return texts.lacks(missing, f"in <#{parcel.reply.channel_id}>")
    return texts.lacks(missing)
