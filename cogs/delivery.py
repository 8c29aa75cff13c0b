"""Performs deliveries: one rung of the ladder at a time, and reports what became of it."""

import asyncio
import logging

import discord
from discord.ext import commands

from bot.client import TalkieBot
from bot.domain import ladder
from bot.errors import Unfit
from bot.services.claims import Offer
from bot.services.delivery import Parcel
from bot.services.pings import Ping
from bot.services.tidying import OldCard
from cogs.ui import cards, places, reminders, rungs

log = logging.getLogger(__name__)

_AT_ONCE = 16


class Delivery(commands.Cog):
    """Shows members how their jobs ended."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin once the bot can send."""
        self._bot.supervise("delivery", self._run())

    async def _run(self) -> None:
        services = self._bot.services
        # Each by itself: one slow upload is nobody else's delay.
        async with asyncio.TaskGroup() as sending:

            async def step() -> None:
                for parcel in await services.deliveries.due(_AT_ONCE):
                    sending.create_task(self._attempt(parcel))
                for card in await services.tidying.due(_AT_ONCE):
                    sending.create_task(self._tidy(card))
                for ping in await services.pings.due(_AT_ONCE):
                    sending.create_task(self._tell(ping))
                for offer in await services.claims.offers(_AT_ONCE):
                    sending.create_task(self._offer(offer))
                await services.deliveries.wait()

            await self._bot.repeat(step)

    async def _attempt(self, parcel: Parcel) -> None:
        deliveries = self._bot.services.deliveries
        try:
            try:
                # Recorded before anybody else's turn: what they do depends on where it was shown.
                async with self._bot.services.turns.passing(parcel.standing.job.id):
                    async with asyncio.timeout(rungs.LONGEST_S):
                        shown = await rungs.climb(self._bot, parcel)
                    if shown.told:
                        await deliveries.told(parcel, shown.message_id)
                    else:
                        await deliveries.shown(parcel, shown.message_id)
            except discord.HTTPException as error:
                await self._refused(parcel, error)
            except Unfit as error:
                # Another place may take the clip as it is.
                await deliveries.failed(parcel, for_good=True, detail=str(error))
            except Exception as error:  # whatever it was: what is owed stays owed
                log.exception("delivery failed unexpectedly")
                await deliveries.failed(parcel, for_good=False, detail=type(error).__name__)
            else:
                if not shown.told:
                    await reminders.write_home(self._bot, parcel, shown.message_id)
                await self._tell_owner(parcel, shown.missing)
        except Exception:
            # The row says that it was begun: the next attempt looks first for what was sent.
            log.exception("a delivery could not be recorded; it is attempted again")
        finally:
            deliveries.put_down(parcel)

    async def _refused(self, parcel: Parcel, error: discord.HTTPException) -> None:
        missing = rungs.lacking(self._bot, parcel, error)
        await self._bot.services.deliveries.failed(
            parcel,
            for_good=ladder.is_lasting(error.status, error.code),
            detail=f"{error.status} {error.code}",
            missing=missing,
        )
        await self._tell_owner(parcel, missing)

    async def _tell_owner(self, parcel: Parcel, missing: str | None) -> None:
        guild_id, channel_id = parcel.standing.job.guild_id, parcel.reply.channel_id
        if missing is not None and guild_id is not None and channel_id is not None:
            await reminders.tell_owner(self._bot, guild_id, missing, channel_id)

    async def _tidy(self, card: OldCard) -> None:
        tidying = self._bot.services.tidying
        try:
            # A deletion takes the message along, or comes before this.
            async with self._bot.services.turns.passing(card.job):
                if await tidying.is_owed(card):
                    moved = cards.moved(card.job, is_below=card.is_below)
                    await places.edit_by_bot(self._bot, card.reply, view=moved)
                    await tidying.done(card)
        except discord.HTTPException as error:
            log.info("an old card stays as it is", extra={"detail": f"{error.status}"})
            if ladder.is_lasting(error.status, error.code):
                await tidying.done(card)
        except Exception:
            # Its row stands as it was, so it is due again.
            log.exception("an old card was not tidied", extra={"job_id": card.job})
        finally:
            tidying.put_down(card)

    async def _tell(self, ping: Ping) -> None:
        pings, turns = self._bot.services.pings, self._bot.services.turns
        try:
            # A deletion takes the ping along, or comes before it.
            async with turns.passing(ping.job):
                if not await pings.is_owed(ping) or await reminders.tell(self._bot, ping):
                    await pings.done(ping)
        except Exception:
            # The video is there; that nobody was told of it is no reason to disturb anything.
            log.exception("a member was not told of an edit", extra={"job_id": ping.job})
        finally:
            pings.put_down(ping)

    async def _offer(self, offer: Offer) -> None:
        try:
            await reminders.offer(self._bot, offer)
        except Exception:
            # The video comes without the button as well, and `/jobs` brings it.
            log.exception("a button was not put there", extra={"job_id": offer.standing.job.id})


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Delivery(bot))
