"""Tells the owner, once, what only they can put right."""

import logging

import discord
from discord.ext import commands

from bot.client import TalkieBot
from cogs.ui import texts

log = logging.getLogger(__name__)

_AGAIN_S = 600.0
"""What Discord did not take is tried again."""


class Owner(commands.Cog):
    """Writes to the owner when jobs wait for their account."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin with what happened before the start."""
        self._bot.supervise("owner", self._run())

    async def _run(self) -> None:
        pauses = self._bot.services.pauses

        async def step() -> None:
            await self._tell()
            await self._bot.unless_stopped(pauses.bell.wait(_AGAIN_S))

        await self._bot.repeat(step)

    async def _tell(self) -> None:
        for pause in await self._bot.services.pauses.untold():
            try:
                owner = discord.Object(await self._bot.host_id())
                channel = await self._bot.create_dm(owner)
                await channel.send(texts.owner_notice(pause.reason, pause.until // 1000))
            except discord.Forbidden:
                log.exception("the owner takes no messages", extra={"reason": pause.reason})
            except discord.HTTPException as error:
                log.warning("the owner was not told yet", extra={"detail": f"{error.status}"})
                return
            await self._bot.services.pauses.told(pause)


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Owner(bot))
