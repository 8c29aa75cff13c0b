"""Short messages around a delivery: who waited long is told of it, owners of what is missing."""

import logging

import discord

from bot.client import TalkieBot
from bot.domain import ladder
from bot.domain.ladder import Rung
from bot.services.claims import Offer
from bot.services.delivery import Parcel
from bot.services.pings import Ping
from cogs.ui import cards, places, searching, settings_texts, texts
from storage.records import JobState

log = logging.getLogger(__name__)


async def offer(bot: TalkieBot, due: Offer) -> None:
    """Put the button under a reply whose token is about to die; what may pass is tried again."""
    claims, turns = bot.services.claims, bot.services.turns
    try:
        async with turns.passing(due.standing.job.id):
            if await claims.is_open(due):
                await places.edit_by_token(bot, due.reply, view=cards.offer(due.standing))
                await claims.offered(due, is_there=True)
    except discord.HTTPException as error:
        log.info("a button was refused", extra={"detail": f"{error.status} {error.code}"})
        if ladder.is_lasting(error.status, error.code):
            await claims.offered(due, is_there=False)


async def tell(bot: TalkieBot, due: Ping) -> bool:
    """Say below a waiting message that it shows the ending; nobody but its member is mentioned.

    False if it may have been said, or may be said later; raises what cuts the wire.
    """
    reply, reference = due.reply, places.reference(due.reply)
    words = texts.ping(due.job, f"<@{due.discord_id}>", made=due.state is JobState.DONE)
    whom = discord.AllowedMentions(users=[discord.Object(due.discord_id)])
    if reply.bot_is_present and reference is not None and reference.message_id is not None:
        if due.is_in_doubt and await searching.has_answer_to(
            bot, reference.channel_id, reference.message_id, since_ms=due.since
        ):
            return True
        try:
            await bot.get_partial_messageable(reference.channel_id).send(
                words,
                allowed_mentions=whom,
                reference=reference,
                nonce=f"talkie-{due.job}-ping",
            )
        except discord.HTTPException as error:
            log.info("a ping was refused", extra={"detail": f"{error.status} {error.code}"})
            if not ladder.is_lasting(error.status, error.code):
                return False
        else:
            return True
    if not due.is_in_doubt:
        # What was sent by a token cannot be looked up: once is enough.
        await places.webhook(bot, reply).send(
            words, allowed_mentions=whom, ephemeral=reply.ephemeral
        )
    return True


async def write_home(bot: TalkieBot, parcel: Parcel, message_id: int) -> None:
    """Tell a member who wants to know by a direct message where their video stands."""
    job, member, channel_id = parcel.standing.job, parcel.discord_id, parcel.reply.channel_id
    is_there = parcel.rung is Rung.DM
    if job.state is not JobState.DONE or job.guild_id is None or member is None or is_there:
        return
    try:
        if not (await bot.services.preferences.of(member)).dm_when_done:
            return
        link = f"https://discord.com/channels/{job.guild_id}/{channel_id}/{message_id}"
        channel = await bot.create_dm(discord.Object(member))
        await channel.send(settings_texts.done(texts.title(job.id), link))
    except discord.HTTPException as error:
        # They closed their messages after all, and the video is where it was asked for.
        log.info("a member takes no messages", extra={"detail": f"{error.status} {error.code}"})
    except Exception:
        # The video is where it was asked for; this message is an extra.
        log.exception("a member was not written to", extra={"job_id": job.id})


async def tell_owner(bot: TalkieBot, guild_id: int, permission: str, channel_id: int) -> None:
    """Tell a server's owner, once, of a permission that is missing there."""
    guild = bot.get_guild(guild_id)
    if guild is None or guild.owner_id is None:
        return
    if not await bot.services.notices.first(guild_id, permission, channel_id):
        return
    try:
        channel = await bot.create_dm(discord.Object(guild.owner_id))
        await channel.send(texts.server_notice(permission, channel_id, guild.name))
    except Exception:
        # Noted before: a second message would be worse than none, and this delivers nothing.
        log.exception("a server's owner was not told")
