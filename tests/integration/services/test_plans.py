"""How the gallery's lists are read: from an index on, never through a whole table."""

import re
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.domain.shapes import Shape
from bot.services import listings
from bot.services.listings import LOTS, Period, Query
from storage import listings as stored
from storage import videos
from storage.database import Body
from storage.exhibits import Order
from storage.records import Mode
from tests.builders import NOW
from tests.fakes import reel
from tests.fakes.exhibition import SERVER, hang, open_gallery
from tests.fakes.explaining import explained
from tests.fakes.reel import OWNER, Reel

CURSORS = {
    Order.NEW: ["n.3", "p.3"],
    Order.TOP: ["n.1.3", "p.1.3"],
    Order.RANDOM: ["n.5.9.3", "p.5.9.3", "n.9.5.3"],
    Order.MINE: ["n.3", "p.3"],
}
LISTS = [
    Query(guild_id=guild, order=order, mode=mode, shape=shape, period=period, cursor=cursor)
    for guild, order, (mode, shape), period in product(
        (None, SERVER),
        (Order.NEW, Order.TOP, Order.RANDOM),
        ((None, None), (Mode.TEXT, None), (Mode.TEXT, Shape.WIDE)),
        (Period.EVER, Period.WEEK),
    )
    for cursor in (None, *CURSORS[order])
]
SEARCHES = [
    Query(guild_id=guild, search="kite owl", mode=mode, period=period, cursor=cursor)
    for guild, mode, period, cursor in product(
        (None, SERVER), (None, Mode.TEXT), (Period.EVER, Period.WEEK), (None, *CURSORS[Order.NEW])
    )
]
OWN = [
    Query(guild_id=guild, order=Order.MINE, discord_id=OWNER, on_web=False, cursor=cursor)
    for guild, cursor in product((None, SERVER), (None, *CURSORS[Order.MINE]))
]
BOUNDED = re.compile(
    r"SCAN (chosen|json_each|CONSTANT ROW)|SCAN wording VIRTUAL TABLE INDEX \d+:\S+"
)
"""A page's own rows, a list that was asked for, and what FTS5 found by its index."""
CHOOSING, CHOSEN, SORTER = "CO-ROUTINE chosen", "SCAN chosen", "USE TEMP B-TREE FOR ORDER BY"


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Reel]:
    async with reel.opened(tmp_path) as opened:
        await open_gallery(opened)
        for number in range(5):
            await hang(opened, prompt="A kite and an owl.", votes=number)
        yield opened


def whole_tables(steps: list[str]) -> list[str]:
    return [step for step in steps if step.startswith("SCAN") and not BOUNDED.match(step)]


def while_choosing(steps: list[str]) -> list[str]:
    """What is done before a page's own rows are known; only these are put in order later."""
    found, inside = list[str](), False
    for step in steps:
        inside = (inside or step == CHOOSING) and step != CHOSEN
        found += [step] if inside else []
    return found


async def test_every_list_and_search_is_read_from_one_end_of_an_index(shelf: Reel) -> None:
    for query in [*LISTS, *SEARCHES, *OWN]:
        body = listings.page(query, now=NOW, pivot=LOTS // 2)
        steps = await shelf.store.read(explained(body))
        assert whole_tables(steps) == [], query
        assert CHOOSING in steps
        if query.period is Period.EVER:
            assert SORTER not in while_choosing(steps), query


async def test_the_best_of_a_busy_week_are_not_sorted_either(shelf: Reel) -> None:
    await open_gallery(shelf)
    for _ in range(3):
        await hang(shelf, content=b"x")
    for order in (Order.TOP, Order.RANDOM):
        query = Query(order=order, period=Period.WEEK)
        body = listings.page(query, now=shelf.clock.now_ms(), pivot=LOTS // 2)
        assert SORTER not in while_choosing(await shelf.store.read(explained(body)))


async def test_what_stands_beside_a_list_is_read_from_an_index(shelf: Reel) -> None:
    video = await hang(shelf, prompt="A kite.")
    bodies: list[Body[Any]] = [
        videos.by_slug(str(video.slug)),
        stored.on_web(str(video.slug)),
        listings.directory(None, 200),
        listings.directory("n.3.1", 200),
        listings.directory("p.3.1", 200),
        stored.community(SERVER),
        stored.names([SERVER, SERVER + 1]),
        stored.first_since(NOW),
        stored.newest(),
    ]
    for body in bodies:
        steps = await shelf.store.read(explained(body))
        assert steps
        assert whole_tables(steps) == []
        assert SORTER not in steps
