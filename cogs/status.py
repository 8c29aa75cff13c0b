"""Keeps the waiting message of each job up to date: the latest news only, and not too often."""

import asyncio
import logging

import discord
from discord.ext import commands

from bot.client import TalkieBot
from bot.services.waiting import Bulletin
from cogs.ui import cards, codes, places
from storage.records import JobId

log = logging.getLogger(__name__)

_LONGEST_EDIT_S = 5.0
"""The library itself waits and tries again inside a call: by then the text would be stale."""
_REST_S = 30.0
_LONG_REST_S = 600.0
_DEAD_TOKEN = frozenset({10015, 50027})
_TOO_MANY_EDITS_OF_OLD = 30046


class Status(commands.Cog):
    """Edits waiting messages while jobs are under way."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot
        self._waiting = bot.services.waiting

    async def cog_load(self) -> None:
        """Begin once the bot can send."""
        self._bot.supervise("status", self._run())

    async def _run(self) -> None:
        # Each by itself: one slow answer is nobody else's delay.
        async with asyncio.TaskGroup() as editing:

            async def step() -> None:
                for job in await self._waiting.due():
                    editing.create_task(self._tell(job))
                await self._waiting.wait()

            await self._bot.repeat(step)

    async def _tell(self, job: JobId) -> None:
        bulletin: Bulletin | None = None
        await self._bot.services.precedence.give_way()
        try:
            async with self._bot.services.turns.passing(job):
                bulletin = await self._waiting.bulletin(job)
                if bulletin is None:
                    self._waiting.over(job)
                    return
                async with asyncio.timeout(_LONGEST_EDIT_S):
                    await self._edit(bulletin)
        except discord.HTTPException as error:
            self._heed(job, bulletin, error)
        except TimeoutError:
            log.info("an edit took too long and was given up", extra={"job_id": job})
            self._waiting.failed(job)
        except Exception:
            # One card's trouble is not the others'; the next news, or the ending, try again.
            log.exception("a waiting card could not be edited", extra={"job_id": job})
            self._waiting.failed(job)
        else:
            self._waiting.shown(bulletin)

    async def _edit(self, bulletin: Bulletin) -> None:
        card = cards.under_way(bulletin.standing, bulletin.notice)
        edit = places.edit_by_token if bulletin.by_token else places.edit_by_bot
        await edit(self._bot, bulletin.reply, view=card)

    def _heed(self, job: JobId, bulletin: Bulletin | None, error: discord.HTTPException) -> None:
        """News that could not be shown are old news: the next ones, or the ending, follow."""
        detail = f"{error.status} {error.code}"
        log.info("an edit was refused", extra={"job_id": job, "detail": detail})
        if error.code in codes.GONE:
            self._waiting.over(job)
        elif error.code in _DEAD_TOKEN and bulletin is not None and bulletin.by_token:
            self._waiting.lost_token(job)
        elif error.code == _TOO_MANY_EDITS_OF_OLD:
            self._waiting.failed(job, pause_s=_LONG_REST_S)
        elif error.status == 429:
            self._waiting.limited(job, retry_after_s=_retry_after_s(error))
        else:
            self._waiting.failed(job, pause_s=_LONG_REST_S if error.status == 403 else _REST_S)


def _retry_after_s(error: discord.HTTPException) -> float:
    try:
        told_s = float(error.response.headers.get("Retry-After", _REST_S))
    except ValueError:
        return _REST_S
    # In this order a number that is none gives the least.
    return min(_LONG_REST_S, max(_REST_S, told_s))


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    await bot.add_cog(Status(bot))
