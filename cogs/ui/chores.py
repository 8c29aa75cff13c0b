"""Does what the gallery owes Discord: posts, numbers, reports, reminders, erasures."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import discord

from bot.client import TalkieBot
from bot.domain import ladder
from bot.errors import Unfit
from bot.services.errands import Chore, Exhibited, Reported
from cogs.ui import (
    codes,
    exhibiting,
    legends,
    places,
    reminders,
    reporting,
    rights,
    searching,
    shipping,
)
from cogs.ui.frame import Card
from cogs.ui.reporting import HideButton
from cogs.ui.sharing import VoteButton
from storage.exhibits import ErrandKind, Sent
from storage.records import Job

log = logging.getLogger(__name__)

_NO_WAY = "nobody could be told"


class DeadEndError(Exception):
    """It can never be done; the text is for the log."""


async def do(bot: TalkieBot, chore: Chore) -> None:
    """Do one errand and record it; raises HTTPException, or DeadEndError."""
    kind = chore.errand.kind
    if kind is ErrandKind.ERASE:
        await _erase(bot, chore)
    elif chore.reported is not None:
        await _report(bot, chore, chore.reported)
    elif chore.exhibited is not None and kind is ErrandKind.RECOUNT:
        await _recount(bot, chore, chore.exhibited)
    elif chore.exhibited is not None:
        await _post(bot, chore, chore.exhibited)
    else:
        await _remind(bot, chore)


async def _post(bot: TalkieBot, chore: Chore, exhibited: Exhibited) -> None:
    share, channel_id = exhibited.share, chore.channel_id
    if channel_id is None or (share.age_restricted and not _is_for_adults(bot, channel_id)):
        # What is for adults is listed where they look, and posted nowhere else.
        await bot.services.errands.done(chore)
        return
    found = await _found(bot, chore, channel_id, VoteButton.id_of(share.id))
    if found is None:
        if not await bot.services.errands.begin(chore, channel_id):
            return
        try:
            found = await _send(
                bot,
                bot.get_partial_messageable(channel_id),
                lambda has_file: exhibiting.post(exhibited) if has_file else None,
                exhibited.job,
                exhibited.clip,
                nonce=f"talkie-share-{share.id}",
            )
        except discord.HTTPException as error:
            missing = rights.lacking(bot, channel_id, posting=True, file=True)
            if ladder.is_forbidden(error.code) and missing is not None:
                await reminders.tell_owner(bot, share.guild_id, missing, channel_id)
            raise
    await bot.services.errands.done(chore, channel_id=channel_id, message_id=found)


async def _recount(bot: TalkieBot, chore: Chore, exhibited: Exhibited) -> None:
    share = exhibited.share
    if share.post_channel_id is not None and share.post_message_id is not None:
        channel = bot.get_partial_messageable(share.post_channel_id)
        message = await channel.fetch_message(share.post_message_id)
        await exhibiting.recount(message, exhibited)
    await bot.services.errands.done(chore)


async def _report(bot: TalkieBot, chore: Chore, reported: Reported) -> None:
    number = reported.complaint.id
    if chore.channel_id is not None:
        found = await _found(bot, chore, chore.channel_id, HideButton.id_of(number))
        if found is not None:
            await bot.services.errands.done(chore, channel_id=chore.channel_id, message_id=found)
            return
    async for channel_id in _ears(bot, chore, reported):
        if not await bot.services.errands.begin(chore, channel_id):
            return
        try:
            message_id = await _send(
                bot,
                bot.get_partial_messageable(channel_id),
                lambda has_file: reporting.notice(reported, has_file=has_file),
                reported.job,
                reported.clip,
                nonce=f"talkie-report-{number}",
            )
        except discord.HTTPException as error:
            if not ladder.is_lasting(error.status, error.code):
                raise
            log.warning("moderators were not told there", extra={"detail": f"{error.code}"})
            continue
        await bot.services.errands.done(chore, channel_id=channel_id, message_id=message_id)
        return
    raise DeadEndError(_NO_WAY)


async def _ears(bot: TalkieBot, chore: Chore, reported: Reported) -> AsyncIterator[int]:
    """Who hears of a report, the next only if the one before cannot: channel, owner, host."""
    if chore.channel_id is not None:
        yield chore.channel_id
    guild_id = reported.complaint.guild_id
    guild = bot.get_guild(guild_id) if guild_id is not None else None
    if guild is not None and guild.owner_id is not None:
        yield (await bot.create_dm(discord.Object(guild.owner_id))).id
    yield (await bot.create_dm(discord.Object(await bot.host_id()))).id


async def _remind(bot: TalkieBot, chore: Chore) -> None:
    if chore.leaving is None or chore.errand.begun_at is not None:
        # Once is enough: what may have been sent is not sent again.
        await bot.services.errands.done(chore)
        return
    channel = await bot.create_dm(discord.Object(chore.leaving.discord_id))
    if await bot.services.errands.begin(chore, channel.id):
        await channel.send(legends.reminder(chore.leaving))
        await bot.services.errands.done(chore)


async def _erase(bot: TalkieBot, chore: Chore) -> None:
    errand = chore.errand
    message_id = errand.message_id
    if message_id is None and errand.channel_id is not None:
        marks = {Sent.POST: VoteButton.id_of, Sent.REPORT: HideButton.id_of}
        mark = marks[errand.was](errand.subject) if errand.was in marks else ""
        message_id = await _found(bot, chore, errand.channel_id, mark)
    if message_id is not None and errand.channel_id is not None:
        channel = bot.get_partial_messageable(errand.channel_id)
        try:
            await channel.get_partial_message(message_id).delete()
        except discord.HTTPException as error:
            if error.code not in codes.GONE:
                raise
    await bot.services.errands.done(chore)


async def _found(bot: TalkieBot, chore: Chore, channel_id: int, custom_id: str) -> int | None:
    """The message of an attempt whose end nobody recorded."""
    begun_at = chore.errand.begun_at
    if begun_at is None:
        return None
    return await searching.find_button(
        bot, channel_id, custom_id, since_ms=begun_at, status_id=None
    )


async def _send(
    bot: TalkieBot,
    channel: discord.PartialMessageable,
    card: Callable[[bool], Card | None],
    job: Job,
    clip: Path,
    nonce: str,
) -> int:
    """Send a card with the clip, in the largest size that is taken; answers the message's id."""
    limit = places.channel_limit(bot, job.guild_id) - places.HEADROOM
    bare = card(False)

    async def send(size: int | None) -> int:
        async with bot.services.deliveries.fitted(clip, size or limit) as fitted:
            with places.video_file(fitted, job) as file:
                full = card(True)
                assert full is not None
                message = await channel.send(view=full, file=file, nonce=nonce)
                return message.id

    if await asyncio.to_thread(clip.is_file):
        size = (await asyncio.to_thread(clip.stat)).st_size
        try:
            return await shipping.largest(ladder.sizes(limit, size, has_page=False), send)
        except (discord.HTTPException, Unfit) as error:
            if bare is None or not shipping.is_too_large(error):
                raise
    if bare is None:
        raise DeadEndError("the clip is gone")
    message = await channel.send(view=bare, nonce=nonce)
    return message.id


def _is_for_adults(bot: TalkieBot, channel_id: int) -> bool:
    channel = bot.get_channel(channel_id)
    told = getattr(channel, "is_nsfw", None)
    return bool(told()) if callable(told) else False
