"""What a visitor asks of a list: an order, filters, words, a page; and the links that ask so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from aiohttp import web

from bot.domain.shapes import Shape
from bot.services.listings import Period, Query
from storage.exhibits import Order
from storage.records import Mode

LONGEST_SEARCH = 100
ORDERS = (Order.NEW, Order.TOP, Order.RANDOM)
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One page of a list, as its address names it."""

    order: Order = Order.NEW
    mode: Mode | None = None
    shape: Shape | None = None
    period: Period = Period.EVER
    search: str | None = None
    cursor: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether this is a list's first page, as it is without any wish."""
        return self == Asked()

    @property
    def is_narrowed(self) -> bool:
        """Whether something is left out of the list on purpose."""
        return replace(self, order=Order.NEW, cursor=None) != Asked()

    def query(self, guild_id: int | None, *, limit: int) -> Query:
        """The question for the gallery."""
        return Query(
            guild_id=guild_id,
            order=self.order,
            mode=self.mode,
            shape=self.shape,
            period=self.period,
            search=self.search,
            cursor=self.cursor,
            limit=limit,
        )

    def link(self, path: str, *, order: Order | None = None, cursor: str | None = None) -> str:
        """The address of this list in an order, or of another of its pages."""
        wishes = {
            "q": self.search,
            "order": order or self.order,
            "mode": self.mode,
            "shape": self.shape,
            "period": self.period,
            "page": cursor,
        }
        usual = {"order": Order.NEW, "period": Period.EVER}
        told = {name: wish for name, wish in wishes.items() if wish and wish != usual.get(name)}
        return f"{path}?{urlencode(told)}" if told else path


def read(wishes: Mapping[str, str]) -> Asked:
    """What an address asks for; raises HTTPNotFound for what no link of ours says.

    What is empty is not asked for, as forms send it; names that are not ours are passed over.
    """
    order = _one_of(Order, wishes.get("order")) or Order.NEW
    if order not in ORDERS:
        raise web.HTTPNotFound
    search = " ".join(wishes.get("q", "").split())[:LONGEST_SEARCH].rstrip()
    return Asked(
        order=Order.NEW if search else order,
        mode=_one_of(Mode, wishes.get("mode")),
        shape=_one_of(Shape, wishes.get("shape")),
        period=_one_of(Period, wishes.get("period")) or Period.EVER,
        search=search or None,
        cursor=wishes.get("page") or None,
    )


def _one_of(kind: type[Choice], wish: str | None) -> Choice | None:
    if not wish:
        return None
    try:
        return kind(wish)
    except ValueError:
        raise web.HTTPNotFound from None
