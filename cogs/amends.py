"""Tells who was promised a video by a Talkie that then died: nothing was held, ask again."""

import logging
from collections.abc import Mapping

import discord
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import desks, places, redrawing, slips
from cogs.ui.frame import Card
from storage.records import Promise

log = logging.getLogger(__name__)

_PAUSE_S = 60.0


class Amends(commands.Cog):
    """Edits the answers that an earlier run left behind, once, at the start."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin once the bot can send."""
        self._bot.supervise("amends", self._bot.repeat(self._step))

    async def _step(self) -> None:
        for promise in await self._bot.services.promises.broken():
            try:
                await self._tell(promise)
            except discord.DiscordServerError:
                log.warning("Discord is in trouble; a broken promise is told of later")
                continue
            except discord.HTTPException as error:
                # The card is gone or out of reach: nobody reads it any more.
                detail = f"{error.status} {error.code}"
                log.info("a broken promise could not be told of", extra={"detail": detail})
            except Exception:
                # One card's trouble is not the others': its row is still there.
                log.exception("a broken promise could not be told of yet")
                continue
            await self._bot.services.promises.amended(promise)
        if await self._bot.services.promises.broken():
            await self._bot.rest(_PAUSE_S)
        else:
            await self._bot.stopping.wait()

    async def _tell(self, promise: Promise) -> None:
        if promise.draft is None:
            await self._amend(promise, slips.interrupted(), desks.NO_PICTURES)
            return
        # A press on the draft's card meanwhile turns it into something else.
        async with self._bot.services.intake.one_press(promise.draft):
            redrawn = await redrawing.redrawn(self._bot, promise)
            if redrawn is not None:
                await self._amend(promise, *redrawn)

    async def _amend(self, promise: Promise, card: Card, pictures: Mapping[str, bytes]) -> None:
        reply = promise.reply
        changes = {"view": card, "attachments": desks.files(pictures)}
        if self._bot.services.promises.token_works(promise):
            await places.edit_by_token(self._bot, reply, **changes)
        elif reply.bot_is_present and reply.message_id is not None and not reply.ephemeral:
            await places.edit_by_bot(self._bot, reply, **changes)


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Amends(bot))
