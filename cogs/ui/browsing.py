"""Looking through the gallery: one video at a time, and where the next one is, in its button."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain import ladder
from bot.domain.shapes import Shape
from bot.errors import Unfit
from bot.services.listings import Page, Period, Query
from cogs.ui import cards, controls, frame, haste, legends, places, shipping
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


def card(page: Page, wanted: Wanted, *, lack: str | None = None) -> Card:
    """A page: a video, which comes with the same message, and what leads on.

    `lack` says why no video comes.
    """
    heading = frame.words(legends.heading(wanted.order, wanted.period, wanted.mode, wanted.shape))
    if not page.items:
        return frame.card(Tone.OVER, heading, frame.words(legends.EMPTY))
    exhibit = page.items[0]
    job, share = exhibit.job, exhibit.share
    clip = frame.video(cards.file_name(job.id), cards.alt_text(job))
    shown = clip if lack is None else frame.words(lack)
    ways = ((page.prev, legends.BACK), (page.next, legends.ON))
    turns = [_turn(wanted, way, label) for way, label in ways if way is not None]
    last: Part = UnshareButton(job.id) if wanted.order is Order.MINE else ReportButton(job.id)
    rows = [frame.row(*turns)] if turns else []
    return frame.card(
        Tone.DONE,
        heading,
        shown,
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
    lack = await _show_clip(interaction, page, wanted) if page.items else None
    if lack is not None or not page.items:
        bare = card(page, wanted, lack=lack)
        await interaction.edit_original_response(view=bare, attachments=[])


async def _show_clip(
    interaction: discord.Interaction[Any], page: Page, wanted: Wanted
) -> str | None:
    """Show a page with its video; answers why that cannot be, if it cannot."""
    bot: TalkieBot = interaction.client
    exhibit, deliveries = page.items[0], bot.services.deliveries
    clip = deliveries.clip_of(exhibit.video)
    if not await asyncio.to_thread(clip.is_file):
        return legends.GONE

    async def send(size: int | None) -> int:
        async with deliveries.fitted(clip, size or limit) as fitted:
            with places.video_file(fitted, exhibit.job) as file:
                full = card(page, wanted)
                shown = await interaction.edit_original_response(view=full, attachments=[file])
                return shown.id

    limit = interaction.filesize_limit - places.HEADROOM
    try:
        await shipping.largest(ladder.sizes(limit, exhibit.video.bytes, has_page=False), send)
    except (discord.HTTPException, Unfit) as error:
        if not shipping.is_too_large(error):
            raise
        return legends.TOO_LARGE.format(job=exhibit.job.id)
    return None
