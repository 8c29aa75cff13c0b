"""Performs deliveries: one rung of the ladder at a time, and reports what became of it."""

import asyncio
import logging
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import discord
from discord.ext import commands

from bot.client import TalkieBot
from bot.domain.ladder import Rung
from bot.services.delivery import Parcel
from cogs.ui import cards, places
from storage.records import JobState

log = logging.getLogger(__name__)

_SMALLEST = 2 * 1024 * 1024
"""Ten seconds still look decent in two mebibytes."""
_TOO_LARGE = 40005
_AT_ONCE = 16
_RETRYABLE_STATUS = 500


class Delivery(commands.Cog):
    """Shows members how their jobs ended."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin once the bot can send."""
        self._bot.supervise("delivery", self._run())

    async def _run(self) -> None:
        # Each by itself: one slow upload is nobody else's delay.
        async with asyncio.TaskGroup() as sending:

            async def step() -> None:
                for parcel in await self._bot.services.deliveries.due(_AT_ONCE):
                    sending.create_task(self._attempt(parcel))
                await self._bot.services.deliveries.wait()

            await self._bot.repeat(step)

    async def _attempt(self, parcel: Parcel) -> None:
        deliveries = self._bot.services.deliveries
        try:
            try:
                async with self._bot.services.turns.ending(parcel.standing.job.id):
                    message_id = await self._send(parcel)
            except discord.HTTPException as error:
                lasting = error.status < _RETRYABLE_STATUS and error.status != 429
                detail = f"{error.status} {error.code}"
                await deliveries.failed(parcel, for_good=lasting, detail=detail)
            except Exception as error:  # whatever it was: what is owed stays owed
                log.exception("delivery failed unexpectedly")
                await deliveries.failed(parcel, for_good=False, detail=type(error).__name__)
            else:
                await deliveries.shown(parcel, message_id)
                await self._tidy(parcel)
        except Exception:
            log.exception("a delivery could not be recorded; it is attempted again")
        finally:
            deliveries.put_down(parcel)

    async def _tidy(self, parcel: Parcel) -> None:
        """Once the news is posted, the waiting message above has nothing to say or press."""
        if parcel.rung is not Rung.POST or parcel.reply.message_id is None:
            return
        if parcel.reply.ephemeral:
            return
        card = cards.moved(parcel.standing.job.id)
        try:
            await places.edit_by_bot(self._bot, parcel.reply, view=card)
        except discord.HTTPException as error:
            log.info("an old card stays as it is", extra={"detail": f"{error.status}"})

    async def _send(self, parcel: Parcel) -> int:
        limit = self._limit(parcel)
        while True:
            try:
                if parcel.clip is None:
                    return await self._perform(parcel, None)
                async with self._bot.services.deliveries.fitted(parcel.clip, limit) as clip:
                    return await self._perform(parcel, clip)
            except discord.HTTPException as error:
                if (error.status != 413 and error.code != _TOO_LARGE) or limit <= _SMALLEST:
                    raise
                # The limits Discord tells have been wrong before: step down and try again.
                limit = max(_SMALLEST, limit // 2)

    async def _perform(self, parcel: Parcel, clip: Path | None) -> int:
        with ExitStack() as open_files:
            files = []
            if clip is not None:
                file = places.video_file(clip, parcel.standing.job)
                files.append(open_files.enter_context(file))
            if parcel.rung is Rung.EDIT_REPLY:
                return await places.edit_by_token(
                    self._bot, parcel.reply, view=cards.ending(parcel.standing), attachments=files
                )
            if parcel.rung is Rung.EDIT_STATUS:
                return await places.edit_by_bot(
                    self._bot, parcel.reply, view=cards.ending(parcel.standing), attachments=files
                )
            return await self._post(parcel, files)

    async def _post(self, parcel: Parcel, files: list[discord.File]) -> int:
        reply, job = parcel.reply, parcel.standing.job
        if reply.channel_id is None:
            raise ValueError("the reply has no channel")
        mention, whom = None, discord.AllowedMentions.none()
        if parcel.discord_id is not None and job.state is not JobState.CANCELLED:
            mention = f"<@{parcel.discord_id}>"
            whom = discord.AllowedMentions(users=[discord.Object(parcel.discord_id)])
        extra: dict[str, Any] = {}
        if reply.message_id is not None and not reply.ephemeral:
            extra["reference"] = discord.MessageReference(
                message_id=reply.message_id,
                channel_id=reply.channel_id,
                fail_if_not_exists=False,
            )
        message = await self._bot.get_partial_messageable(reply.channel_id).send(
            view=cards.ending(parcel.standing, mention),
            files=files,
            allowed_mentions=whom,
            # A repetition after a crash is recognised by Discord and not posted twice.
            nonce=f"talkie-{job.id}-{job.state}",
            **extra,
        )
        return message.id

    def _limit(self, parcel: Parcel) -> int:
        if parcel.rung is Rung.EDIT_REPLY:
            return max(_SMALLEST, parcel.reply.limit_bytes - places.HEADROOM)
        return places.channel_limit(self._bot, parcel.standing.job.guild_id) - places.HEADROOM


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Delivery(bot))
