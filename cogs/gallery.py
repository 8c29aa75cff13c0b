"""The gallery on Discord: `/gallery`, its buttons, and what is owed to its channels."""

import asyncio
import logging
from types import MappingProxyType
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import TalkieBot
from bot.domain import ladder
from bot.services.errands import Chore
from bot.services.listings import Period
from cogs.ui import browsing, choices, chores, legends, reporting, rungs, sharing
from cogs.ui.answering import answered
from storage.exhibits import Order

log = logging.getLogger(__name__)

_AT_ONCE = 8
_PERIODS = [
    app_commands.Choice(name=name, value=period.value) for period, name in legends.PERIODS.items()
]

_SPAN = "Only what was shared in this time"
_FACETS = MappingProxyType(
    {"mode": "Only what was made like this", "shape": "Only videos of this shape"}
)


class Gallery(commands.GroupCog, name="gallery", description="The videos that members share here."):
    """Shows what members share, and does what that owes Discord."""

    def __init__(self, bot: TalkieBot) -> None:
        self._bot = bot
        super().__init__()

    async def cog_load(self) -> None:
        """Begin once the bot can send."""
        self._bot.supervise("gallery", self._run())

    @app_commands.command(name="top", description="What members here like best.")
    @app_commands.describe(period=_SPAN, **_FACETS)
    @app_commands.choices(period=_PERIODS, mode=choices.MODES, shape=choices.SHAPES)
    async def top(
        self,
        interaction: discord.Interaction[Any],
        period: str = Period.EVER.value,
        mode: str | None = None,
        shape: str | None = None,
    ) -> None:
        """Show what has the most votes."""
        await browsing.begin(interaction, _wanted(Order.TOP, Period(period), mode, shape))

    @app_commands.command(name="new", description="What members shared last.")
    @app_commands.describe(**_FACETS)
    @app_commands.choices(mode=choices.MODES, shape=choices.SHAPES)
    async def new(
        self,
        interaction: discord.Interaction[Any],
        mode: str | None = None,
        shape: str | None = None,
    ) -> None:
        """Show what was shared last."""
        await browsing.begin(interaction, _wanted(Order.NEW, Period.EVER, mode, shape))

    @app_commands.command(name="random", description="Anything that members shared here.")
    @app_commands.describe(period=_SPAN, **_FACETS)
    @app_commands.choices(period=_PERIODS, mode=choices.MODES, shape=choices.SHAPES)
    async def random(
        self,
        interaction: discord.Interaction[Any],
        period: str = Period.EVER.value,
        mode: str | None = None,
        shape: str | None = None,
    ) -> None:
        """Show anything."""
        await browsing.begin(interaction, _wanted(Order.RANDOM, Period(period), mode, shape))

    @app_commands.command(name="mine", description="What you shared, and how to take it back.")
    @app_commands.describe(**_FACETS)
    @app_commands.choices(mode=choices.MODES, shape=choices.SHAPES)
    async def mine(
        self,
        interaction: discord.Interaction[Any],
        mode: str | None = None,
        shape: str | None = None,
    ) -> None:
        """Show one's own."""
        await browsing.begin(interaction, _wanted(Order.MINE, Period.EVER, mode, shape))

    @commands.Cog.listener()
    async def on_form(self, interaction: discord.Interaction[TalkieBot]) -> None:
        """Go on when the report form comes back, whether or not Talkie was restarted."""
        job = reporting.subject(interaction)
        if job is not None:
            await answered(interaction, reporting.submit(interaction, job))

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Catch up with where the bot was invited and thrown out meanwhile."""
        await self._meet()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Let a server's page come back with the bot."""
        await self._meet()
        await self._name(guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, _guild: discord.Guild) -> None:
        """Let a server's page go with the bot."""
        await self._meet()

    @commands.Cog.listener()
    async def on_guild_update(self, _before: discord.Guild, after: discord.Guild) -> None:
        """Let a server's page bear its new name."""
        await self._name(after)

    async def _meet(self) -> None:
        # All of them each time: what Discord told while nobody listened is made up for as well.
        await self._bot.services.guilds.meet([guild.id for guild in self._bot.guilds])

    async def _name(self, guild: discord.Guild) -> None:
        if await self._bot.services.gallery.community(guild.id) is not None:
            await self._bot.services.gallery.name_guild(guild.id, guild.name)

    async def _run(self) -> None:
        errands = self._bot.services.errands
        # Each by itself: one slow upload is nobody else's delay.
        async with asyncio.TaskGroup() as sending:

            async def step() -> None:
                for chore in await errands.due(_AT_ONCE):
                    sending.create_task(self._attempt(chore))
                await errands.wait()

            await self._bot.repeat(step)

    async def _attempt(self, chore: Chore) -> None:
        errands = self._bot.services.errands
        try:
            try:
                async with asyncio.timeout(rungs.LONGEST_S):
                    await chores.do(self._bot, chore)
            except discord.HTTPException as error:
                lasting = ladder.is_lasting(error.status, error.code)
                detail = f"{error.status} {error.code}"
                # A permission may come back: what was hidden, or whose name, shall go even then.
                mends = ladder.is_forbidden(error.code)
                await errands.failed(
                    chore, for_good=lasting and not mends, in_doubt=not lasting, detail=detail
                )
            except chores.DeadEndError as error:
                await errands.failed(chore, for_good=True, in_doubt=False, detail=str(error))
            except Exception as error:  # whatever it was: what is owed stays owed
                log.exception("an errand failed unexpectedly")
                detail = type(error).__name__
                await errands.failed(chore, for_good=False, in_doubt=True, detail=detail)
        except Exception:
            # Its row stands as it was, so it is due again.
            log.exception("an errand could not be recorded; it is attempted again")
        finally:
            errands.put_down(chore)


def _wanted(order: Order, period: Period, mode: str | None, shape: str | None) -> browsing.Wanted:
    return browsing.Wanted(
        order=order, period=period, mode=choices.mode(mode), shape=choices.shape(shape)
    )


async def setup(bot: TalkieBot) -> None:
    """Called by the library when the cog is loaded by name."""
    bot.add_dynamic_items(
        sharing.ShareButton,
        sharing.UnshareButton,
        sharing.VoteButton,
        browsing.PageButton,
        reporting.ReportButton,
        reporting.HideButton,
        reporting.DismissButton,
        reporting.UnhideButton,
    )
    bot.add_forms(reporting.FORM)
    await bot.add_cog(Gallery(bot))
