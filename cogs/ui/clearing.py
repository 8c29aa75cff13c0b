"""Takes the messages away that showed a video which was deleted."""

import logging
from dataclasses import dataclass
from typing import Any, NamedTuple

import discord

from bot.client import TalkieBot
from bot.domain import ladder
from bot.services.removal import Removed
from cogs.ui import cards, codes, places, searching
from storage.records import JobId, Reply

log = logging.getLogger(__name__)


class Spot(NamedTuple):
    """Where a message is."""

    channel_id: int | None
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """How many messages were taken away, and how many stay because Talkie cannot reach them."""

    gone: int
    left: int


async def clear(bot: TalkieBot, removed: Removed, pressed: Spot, button: str) -> Cleared:
    """Take every known message of a deleted video away; what cannot go says that it is deleted.

    The message that was pressed goes if it bears the button of this video: its number came from
    outside.
    """
    tokens, spots = _tokens(removed), await _spots(bot, removed)
    gone: list[int] = []
    left = 0
    if pressed.message_id and pressed.message_id not in {spot.message_id for spot in spots}:
        if pressed.message_id in tokens or await _bears(bot, pressed, button):
            spots.append(pressed)
        else:
            left += 1
    for spot in spots:
        if await _take(bot, spot, tokens.get(spot.message_id), removed):
            gone.append(spot.message_id)
        else:
            left += 1
    await bot.services.removal.cleared(gone)
    return Cleared(gone=len(gone), left=left)


async def sweep(interaction: discord.Interaction[Any], job: JobId) -> None:
    """Take the message away whose button was pressed; raises HTTPException."""
    try:
        await interaction.delete_original_response()
    except discord.HTTPException:
        await interaction.edit_original_response(view=cards.deleted(job), attachments=[])


async def _spots(bot: TalkieBot, removed: Removed) -> list[Spot]:
    """The waiting message, the delivery, copies around them, and those that its maker asked for."""
    spots = [Spot(copy.channel_id, copy.message_id) for copy in removed.copies]
    reply, delivery = removed.reply, removed.delivery
    if reply is not None:
        if reply.message_id is not None and (not reply.ephemeral or _lives(reply)):
            spots.append(Spot(reply.channel_id, reply.message_id))
        if delivery is not None and delivery.message_id is not None:
            spots.append(Spot(reply.channel_id, delivery.message_id))
        if reply.channel_id is not None and reply.bot_is_present:
            found = await _copies(bot, removed, reply.channel_id)
            spots += [Spot(reply.channel_id, message_id) for message_id in found]
    unique = {spot.message_id: spot for spot in reversed(spots) if spot.message_id}
    return list(unique.values())


async def _bears(bot: TalkieBot, spot: Spot, button: str) -> bool:
    if spot.channel_id is None:
        return False
    try:
        channel = bot.get_partial_messageable(spot.channel_id)
        return searching.bears(await channel.fetch_message(spot.message_id), button)
    except discord.HTTPException as error:
        log.info("a message cannot be read", extra={"detail": f"{error.status} {error.code}"})
        return error.code in codes.GONE


async def _copies(bot: TalkieBot, removed: Removed, channel_id: int) -> list[int]:
    try:
        return await searching.copies(bot, channel_id, removed.job, removed.reply)
    except discord.HTTPException as error:
        log.info("copies could not be looked for", extra={"detail": f"{error.status}"})
        return []


async def _take(bot: TalkieBot, spot: Spot, reply: Reply | None, removed: Removed) -> bool:
    """Delete a message by its token, else by the bot's own route; whether it is gone."""
    if reply is not None and await _take_by_token(bot, reply, removed.job.id):
        return True
    if spot.channel_id is None:
        return False
    channel = bot.get_partial_messageable(spot.channel_id)
    message = channel.get_partial_message(spot.message_id)
    try:
        await message.delete()
    except discord.HTTPException as error:
        # What was sent to its maker directly is in no channel that the job knows.
        if await _take_from_dm(bot, spot, removed) or error.code in codes.GONE:
            return True
        return await _blank(message, removed.job.id)
    return True


async def _take_by_token(bot: TalkieBot, reply: Reply, job: JobId) -> bool:
    hook = places.webhook(bot, reply)
    try:
        await hook.delete_message("@original")  # type: ignore[arg-type]  # a word to Discord
    except discord.HTTPException as error:
        if error.code == codes.UNKNOWN_MESSAGE:
            return True
        try:
            await places.edit_by_token(bot, reply, view=cards.deleted(job), attachments=[])
        except discord.HTTPException:
            return False
    return True


async def _take_from_dm(bot: TalkieBot, spot: Spot, removed: Removed) -> bool:
    delivery = removed.delivery
    if removed.maker is None or delivery is None or delivery.message_id != spot.message_id:
        return False
    try:
        channel = await bot.create_dm(discord.Object(removed.maker))
        await channel.get_partial_message(spot.message_id).delete()
    except discord.HTTPException as error:
        log.info("no message to delete", extra={"detail": f"{error.status} {error.code}"})
        return False
    return True


async def _blank(message: discord.PartialMessage, job: JobId) -> bool:
    """Where deleting is refused, the message at least shows no video any more."""
    try:
        await message.edit(view=cards.deleted(job), attachments=[])
    except discord.HTTPException as error:
        log.info("a message stays", extra={"detail": f"{error.status} {error.code}"})
        return False
    return True


def _tokens(removed: Removed) -> dict[int, Reply]:
    found = [reply for reply in (removed.reply, removed.asked) if reply is not None]
    return {reply.message_id: reply for reply in found if reply.message_id and _lives(reply)}


def _lives(reply: Reply) -> bool:
    now = round(discord.utils.utcnow().timestamp() * 1000)
    return reply.token is not None and ladder.token_lives(reply.token_until, now)
