"""Looking through the gallery: one video at a time, and where the next one is, in its button."""

import asyncio
import contextlib
import re
from dataclasses import replace
from typing import Any, Self

import discord

from bot.client import TalkieBot
from bot.errors import Unfit
from bot.services.listings import Page, Period, Query
from cogs.ui import cards, frame, legends, places
from cogs.ui.buttons import Numbered, Plain, plain
from cogs.ui.frame import Card, Part, Tone
from cogs.ui.reporting import ReportButton
from cogs.ui.sharing import UnshareButton, VoteButton, here
from storage.exhibits import Order

_ORDERS, _PERIODS = "|".join(Order), "|".join(Period)


class PageButton(
    Numbered,
    discord.ui.DynamicItem[Plain],
    template=rf"v1:page:(?P<order>{_ORDERS}):(?P<period>{_PERIODS}):(?P<cursor>[np][.\d]{{1,60}})",
):
    """Leads to another page of a list."""

    def __init__(self, order: Order, period: Period, cursor: str, label: str = "") -> None:
        Numbered.__init__(self, 0)
        self.order, self.period, self.cursor = order, period, cursor
        button = plain(label, f"v1:page:{order}:{period}:{cursor}")
        discord.ui.DynamicItem.__init__(self, button)

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(Order(match["order"]), Period(match["period"]), match["cursor"])

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the other page in the place of this one."""
        query = query_of(interaction, self.order, self.period)
        page = await _read(interaction, replace(query, cursor=self.cursor))
        await interaction.response.defer()
        await _show(interaction, page, self.order, self.period)


async def begin(interaction: discord.Interaction[Any], order: Order, period: Period) -> None:
    """Answer with the first page of a list, so that only who asks sees it; raises UserError."""
    page = await _read(interaction, query_of(interaction, order, period))
    await interaction.response.defer(ephemeral=True, thinking=True)
    await _show(interaction, page, order, period)


def query_of(interaction: discord.Interaction[Any], order: Order, period: Period) -> Query:
    """A list of the server where somebody asks; elsewhere there is only their own."""
    place = here(interaction)
    return Query(
        guild_id=place.guild_id,
        on_web=False,
        adult=place.age_restricted,
        order=order if place.guild_id is not None else Order.MINE,
        period=period,
        discord_id=interaction.user.id,
        limit=1,
    )


def card(page: Page, order: Order, period: Period, *, has_file: bool) -> Card:
    """A page: a video, which comes with the same message, and what leads on."""
    heading = frame.words(legends.heading(order, period))
    if not page.items:
        return frame.card(Tone.OVER, heading, frame.words(legends.EMPTY))
    exhibit = page.items[0]
    job, share = exhibit.job, exhibit.share
    shown = [frame.video(cards.file_name(job.id), cards.alt_text(job))] if has_file else []
    ways = ((page.prev, legends.BACK), (page.next, legends.ON))
    turns = [PageButton(order, period, way, label) for way, label in ways if way is not None]
    last: Part = UnshareButton(job.id) if order is Order.MINE else ReportButton(job.id)
    rows = [frame.row(*turns)] if turns else []
    return frame.card(
        Tone.DONE,
        heading,
        *shown,
        # By themselves: some clients take the lines after a quote for a part of it.
        *(frame.words(part) for part in legends.listed(exhibit)),
        rows=[*rows, frame.row(VoteButton(share.id, share.votes), last)],
    )


async def _read(interaction: discord.Interaction[Any], query: Query) -> Page:
    bot: TalkieBot = interaction.client
    return await bot.services.gallery.listing(query)


async def _show(
    interaction: discord.Interaction[Any], page: Page, order: Order, period: Period
) -> None:
    bot: TalkieBot = interaction.client
    deliveries = bot.services.deliveries
    clip = deliveries.clip_of(page.items[0].video) if page.items else None
    if clip is not None and await asyncio.to_thread(clip.is_file):
        limit = interaction.filesize_limit - places.HEADROOM
        with contextlib.suppress(Unfit):
            async with deliveries.fitted(clip, limit) as fitted:
                with places.video_file(fitted, page.items[0].job) as file:
                    full = card(page, order, period, has_file=True)
                    await interaction.edit_original_response(view=full, attachments=[file])
                    return
    bare = card(page, order, period, has_file=False)
    await interaction.edit_original_response(view=bare, attachments=[])
