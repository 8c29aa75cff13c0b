"""Looking through the gallery: one video at a time, and where the next one is, in its button."""

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.shapes import Shape
from bot.errors import Unfit
from bot.services.listings import Page, Period, Query
from cogs.ui import cards, controls, frame, haste, legends, places
from cogs.ui.controls import Control
from cogs.ui.frame import Card, Part, Tone
from cogs.ui.reporting import ReportButton
from cogs.ui.sharing import UnshareButton, VoteButton, here
from storage.exhibits import Order
from storage.records import Mode

_ANY = "any"
_ORDERS, _PERIODS = "|".join(Order), "|".join(Period)
_MODES, _SHAPES = "|".join([_ANY, *Mode]), "|".join([_ANY, *Shape])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which list somebody looks through."""

    order: Order
    period: Period = Period.EVER
    mode: Mode | None = None
    shape: Shape | None = None


class PageButton(
    Control,
    template=rf"v1:page:(?P<order>{_ORDERS}):(?P<period>{_PERIODS}):(?P<mode>{_MODES})"
    rf":(?P<shape>{_SHAPES}):(?P<cursor>[np][.\d]{{1,56}})",
):
    """Leads to another page of a list."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the other page in the place of this one."""
        parts = self.parts
        wanted = Wanted(
            order=Order(parts["order"]),
            period=Period(parts["period"]),
            mode=None if parts["mode"] == _ANY else Mode(parts["mode"]),
            shape=None if parts["shape"] == _ANY else Shape(parts["shape"]),
        )
        query = replace(query_of(interaction, wanted), cursor=parts["cursor"])
        page = await haste.pressed(interaction, _read(interaction, query))
        await haste.hear(interaction)
        await _show(interaction, page, wanted)


async def begin(interaction: discord.Interaction[Any], wanted: Wanted) -> None:
    """Answer with the first page of a list, so that only who asks sees it; raises UserError."""
    query = query_of(interaction, wanted)
    # Outside of servers there is only one's own, and the card says so.
    wanted = replace(wanted, order=query.order)
    page = await haste.whispered(interaction, _read(interaction, query))
    await haste.think(interaction)
    await _show(interaction, page, wanted)


def query_of(interaction: discord.Interaction[Any], wanted: Wanted) -> Query:
    """A list of the server where somebody asks; elsewhere there is only their own."""
    place = here(interaction)
    return Query(
        guild_id=place.guild_id,
        on_web=False,
        adult=place.age_restricted,
        order=wanted.order if place.guild_id is not None else Order.MINE,
        mode=wanted.mode,
        shape=wanted.shape,
        period=wanted.period,
        discord_id=interaction.user.id,
        limit=1,
    )


def card(page: Page, wanted: Wanted, *, has_file: bool) -> Card:
    """A page: a video, which comes with the same message, and what leads on."""
    heading = frame.words(legends.heading(wanted.order, wanted.period, wanted.mode, wanted.shape))
    if not page.items:
        return frame.card(Tone.OVER, heading, frame.words(legends.EMPTY))
    exhibit = page.items[0]
    job, share = exhibit.job, exhibit.share
    shown = [frame.video(cards.file_name(job.id), cards.alt_text(job))] if has_file else []
    ways = ((page.prev, legends.BACK), (page.next, legends.ON))
    turns = [_turn(wanted, way, label) for way, label in ways if way is not None]
    last: Part = UnshareButton(job.id) if wanted.order is Order.MINE else ReportButton(job.id)
    rows = [frame.row(*turns)] if turns else []
    return frame.card(
        Tone.DONE,
        heading,
        *shown,
        # By themselves: some clients take the lines after a quote for a part of it.
        *(frame.words(part) for part in legends.listed(exhibit)),
        rows=[*rows, frame.row(VoteButton(share.id, share.votes), last)],
    )


def _turn(wanted: Wanted, cursor: str, label: str) -> PageButton:
    facets = f"{wanted.mode or _ANY}:{wanted.shape or _ANY}"
    custom_id = f"v1:page:{wanted.order}:{wanted.period}:{facets}:{cursor}"
    return PageButton.of(controls.button(label, custom_id))


async def _read(interaction: discord.Interaction[Any], query: Query) -> Page:
    bot: TalkieBot = interaction.client
    return await bot.services.gallery.listing(query)


async def _show(interaction: discord.Interaction[Any], page: Page, wanted: Wanted) -> None:
    bot: TalkieBot = interaction.client
    deliveries = bot.services.deliveries
    clip = deliveries.clip_of(page.items[0].video) if page.items else None
    if clip is not None and await asyncio.to_thread(clip.is_file):
        limit = interaction.filesize_limit - places.HEADROOM
        with contextlib.suppress(Unfit):
            async with deliveries.fitted(clip, limit) as fitted:
                with places.video_file(fitted, page.items[0].job) as file:
                    full = card(page, wanted, has_file=True)
                    await interaction.edit_original_response(view=full, attachments=[file])
                    return
    bare = card(page, wanted, has_file=False)
    await interaction.edit_original_response(view=bare, attachments=[])
