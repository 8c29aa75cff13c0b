"""Listings: pages of shared videos, reached by links that name where the last page ended."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain import spelling
from bot.domain.shapes import Shape
from bot.errors import Code, UserError
from storage import listings, people
from storage.database import Body
from storage.exhibits import Community, Exhibit, Order
from storage.listings import ANY, KEYS, Key, Place, Window
from storage.records import Mode

LOTS = 1 << 31
"""How many places there are in the order of chance."""
MOST_ITEMS = 60
_MOST_WORDS = 8
_BROAD = 8
"""A period is broad from one such part of everything on."""
_CURSOR = re.compile(r"([np])((?:\.\d{1,19}){1,3})", re.ASCII)
_LARGEST = (1 << 63) - 1
_DAY_MS = 86_400_000
_LAST = (1 << 62) - 1


class Period(StrEnum):
    """How far back a list reaches."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    EVER = "ever"


SPANS_MS = {Period.DAY: _DAY_MS, Period.WEEK: 7 * _DAY_MS, Period.MONTH: 30 * _DAY_MS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which list, and which page of it.

    Without a server it is everybody's public page. A search finds public videos only, the newest
    first; `MINE` needs `discord_id`. `cursor` is a page's `next` or `prev`.
    """

    guild_id: int | None = None
    on_web: bool = True
    """What visitors of the web may see; else what members see on Discord."""
    adult: bool = False
    """Asked for on Discord where only adults look."""
    order: Order = Order.NEW
    mode: Mode | None = None
    shape: Shape | None = None
    period: Period = Period.EVER
    search: str | None = None
    discord_id: int | None = None
    cursor: str | None = None
    limit: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Part of a list, and the cursors of the pages beside it."""

    items: tuple[Exhibit, ...] = ()
    next: str | None = None
    prev: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Part of the list of servers, and the cursors of the parts beside it."""

    items: tuple[Community, ...] = ()
    next: str | None = None
    prev: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Position:
    backwards: bool = False
    pivot: int = 0
    key: Key | None = None


_Stretch = tuple[Key | None, Key | None]
_Read = Callable[[Window], Body[list[Exhibit]]]


def page(query: Query, *, now: int, pivot: int) -> Body[Page]:
    """One page; `pivot` is where chance begins. Raises UserError for a cursor that is none."""
    order = _order(query)
    position = _position(query.cursor, order, pivot)
    limit = max(1, min(query.limit, MOST_ITEMS))
    floor = newest = 0
    if query.period is not Period.EVER:
        floor = yield from listings.first_since(now - SPANS_MS[query.period])
        newest = yield from listings.newest()
    whole = Window(floor=floor, is_broad=(newest - floor) * _BROAD >= newest, limit=limit + 1)
    read = yield from _reader(query, order)
    if read is None:
        return Page()
    found = yield from _walk(read, order, position, whole)
    more, found = len(found) > limit, found[:limit]
    if position.backwards:
        found.reverse()
    if not found:
        return Page()
    has_next, has_prev = (True, more) if position.backwards else (more, position.key is not None)
    return Page(
        items=tuple(found),
        next=_cursor("n", order, position.pivot, found[-1]) if has_next else None,
        prev=_cursor("p", order, position.pivot, found[0]) if has_prev else None,
    )


def directory(cursor: str | None, limit: int) -> Body[Directory]:
    """Servers with a public page, the largest first. Raises UserError for a cursor that is none."""
    backwards, key = (False, None) if cursor is None else _parsed(cursor)
    if key is not None and len(key) != len(listings.COMMUNITY):
        raise UserError(Code.PAGE_UNKNOWN)
    above, below = (key, None) if backwards else (None, key)
    window = Window(above=above, below=below, upwards=backwards, limit=limit + 1)
    found = yield from listings.communities(window)
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    if not found:
        return Directory()
    has_next, has_prev = (True, more) if backwards else (more, key is not None)
    last, first = found[-1], found[0]
    return Directory(
        items=tuple(found),
        next=f"n.{last.videos}.{last.guild_id}" if has_next else None,
        prev=f"p.{first.videos}.{first.guild_id}" if has_prev else None,
    )


def match_of(query: Query) -> str | None:
    """A search as FTS5 reads it: words that all occur, each perhaps cut short; None for none."""
    words = spelling.words(query.search or "")[:_MOST_WORDS]
    if not words:
        return None
    facets = [f"g{query.guild_id}"] if query.guild_id is not None else []
    facets += [f"m{query.mode}"] if query.mode else []
    facets += [f"s{query.shape}"] if query.shape else []
    parts = [f'prompt : "{word}" *' for word in words] + [f'facets : "{each}"' for each in facets]
    return " AND ".join(parts)


def _order(query: Query) -> Order:
    return Order.NEW if query.search is not None else query.order


def _reader(query: Query, order: Order) -> Body[_Read | None]:
    hall = listings.hall_of(query.guild_id, on_web=query.on_web, adult=query.adult)
    place = Place(hall=hall, mode=query.mode or ANY, shape=query.shape or ANY)
    if query.search is not None:
        match = match_of(query)
        return None if match is None else (lambda window: listings.found(match, window))
    if order is not Order.MINE:
        return lambda window: listings.on_shelf(place, order, window)
    person = None if query.discord_id is None else (yield from people.find(query.discord_id))
    if person is None:
        return None
    return lambda window: listings.of_person(person, query.guild_id, place, window)


def _walk(read: _Read, order: Order, position: _Position, whole: Window) -> Body[list[Exhibit]]:
    """Read from a position on, over the stretches that an order consists of."""
    stretches: list[_Stretch] = [(None, None)]
    if order is Order.RANDOM:
        stretches = [(None, (position.pivot + 1, 0)), ((position.pivot, _LAST), None)]
    if position.key is not None:
        here = next(n for n, stretch in enumerate(stretches) if _holds(stretch, position.key))
        above, below = stretches[here]
        if position.backwards:
            stretches = [*stretches[:here], (position.key, below)]
        else:
            stretches = [(above, position.key), *stretches[here + 1 :]]
    if position.backwards:
        stretches.reverse()
    found: list[Exhibit] = []
    for above, below in stretches:
        missing = whole.limit - len(found)
        if missing > 0:
            window = replace(
                whole, above=above, below=below, upwards=position.backwards, limit=missing
            )
            found += yield from read(window)
    return found


def _holds(stretch: _Stretch, key: Key) -> bool:
    above, below = stretch
    return (above is None or key > above) and (below is None or key < below)


def _position(cursor: str | None, order: Order, pivot: int) -> _Position:
    if cursor is None:
        return _Position(pivot=pivot)
    backwards, numbers = _parsed(cursor)
    if max(numbers) > _LAST:
        raise UserError(Code.PAGE_UNKNOWN)
    if order is Order.RANDOM:
        pivot, numbers = numbers[0], numbers[1:]
    if len(numbers) != len(KEYS[order]):
        raise UserError(Code.PAGE_UNKNOWN)
    return _Position(backwards=backwards, pivot=pivot, key=numbers)


def _parsed(cursor: str) -> tuple[bool, Key]:
    """The direction and the numbers of a cursor; raises UserError for one that is none."""
    parsed = _CURSOR.fullmatch(cursor)
    numbers = tuple(int(number) for number in parsed[2][1:].split(".")) if parsed else ()
    if parsed is None or max(numbers) > _LARGEST:
        raise UserError(Code.PAGE_UNKNOWN)
    return parsed[1] == "p", numbers


def _cursor(direction: str, order: Order, pivot: int, exhibit: Exhibit) -> str:
    share = exhibit.share
    key = {
        Order.NEW: (share.id,),
        Order.MINE: (share.id,),
        Order.TOP: (share.votes, share.id),
        Order.RANDOM: (pivot, share.lot, share.id),
    }[order]
    return ".".join([direction, *map(str, key)])
