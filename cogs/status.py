"""Keeps the waiting message of each job up to date: the latest news only, and not too often."""

import asyncio
import logging

import discord
from discord.ext import commands

from bot.client import TalkieBot
from bot.services import events
from bot.services.events import Event
from cogs.ui import cards, places
from cogs.ui.frame import Card
from storage.records import JobId, Reply

log = logging.getLogger(__name__)

BETWEEN_EDITS_S = 5.0
_TICK_S = 1.0
_LONGEST_EDIT_S = 15.0
_TOKEN_MARGIN_S = 20.0


class Status(commands.Cog):
    """Edits waiting messages while jobs are under way."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot
        self._news: dict[JobId, Event] = {}
        self._edited_at: dict[JobId, float] = {}

    async def cog_load(self) -> None:
        """Listen from now on."""
        self._bot.supervise("status", self._run())

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        with self._bot.services.bus.listen() as queue:

            async def step() -> None:
                flush_at = clock() + _TICK_S
                while not self._bot.stopping.is_set():
                    try:
                        async with asyncio.timeout_at(flush_at):
                            self._note(await queue.get())
                    except TimeoutError:
                        break
                await self._flush()

            await self._bot.repeat(step)

    def _note(self, event: Event) -> None:
        if isinstance(event, events.Ended):
            self._news.pop(event.job, None)
            self._edited_at.pop(event.job, None)
        elif not isinstance(event, events.Queued):
            self._news[event.job] = event

    async def _flush(self) -> None:
        now = asyncio.get_running_loop().time()
        due = []
        for job, event in list(self._news.items()):
            if now - self._edited_at.get(job, -BETWEEN_EDITS_S) < BETWEEN_EDITS_S:
                continue
            self._edited_at[job] = now
            self._news.pop(job, None)
            due.append(self._show(job, event))
        await asyncio.gather(*due)

    async def _show(self, job: JobId, event: Event) -> None:
        services = self._bot.services
        reply = await services.deliveries.reply(job)
        if reply is None or reply.message_id is None or _is_at_rest(reply):
            return
        standing = await services.jobs.standing(job)
        if isinstance(event, events.Delayed):
            card = cards.delayed(standing, event.until)
        else:
            fraction = event.progress if isinstance(event, events.Progressed) else None
            card = cards.progress(standing, fraction)
        async with services.turns.progress(job) as still_open:
            if still_open:
                await self._edit(reply, card)

    async def _edit(self, reply: Reply, card: Card) -> None:
        try:
            async with asyncio.timeout(_LONGEST_EDIT_S):
                await self._write(reply, card)
        except discord.HTTPException as error:
            # News that could not be shown is old news: the next one, or the ending, follows.
            log.info(
                "a progress edit was refused", extra={"detail": f"{error.status} {error.code}"}
            )
        except Exception:
            log.exception("a progress edit failed")

    async def _write(self, reply: Reply, card: Card) -> None:
        if _token_lives(reply):
            await places.edit_by_token(self._bot, reply, view=card)
        elif reply.bot_is_present and not reply.ephemeral:
            await places.edit_by_bot(self._bot, reply, view=card)


def _is_at_rest(reply: Reply) -> bool:
    """Whether the reply keeps its button: where no other way leads to it, nothing is better."""
    return reply.offered and (reply.ephemeral or not reply.bot_is_present)


def _token_lives(reply: Reply) -> bool:
    now = discord.utils.utcnow().timestamp()
    return reply.token is not None and now + _TOKEN_MARGIN_S < reply.token_until / 1000


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Status(bot))
