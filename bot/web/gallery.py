"""The gallery's pages: the newest and best of all servers, one server's, and which there are."""

from collections.abc import Iterable
from dataclasses import replace

from aiohttp import web

from bot.errors import UserError
from bot.services.listings import Page, Period, Query
from bot.web import asked, tiles, wording
from bot.web.asked import Asked
from bot.web.keys import PAGES, SITE, Site
from bot.web.pages import NOT_TO_BE_FOUND, WITH_SCRIPT
from bot.web.tiles import Tile
from storage.exhibits import Community, Order

PER_PAGE = 24
BEST = 8
FEATURED = 12
"""How many servers the first page names."""
LARGEST_NUMBER = (1 << 63) - 1
SERVER = r"/g/{server:[1-9][0-9]{0,18}}"


async def home(request: web.Request) -> web.Response:
    """What all servers with a public page share."""
    return await _list(request, None)


async def server(request: web.Request) -> web.Response:
    """What one server shares."""
    return await _list(request, await community(request))


async def servers(request: web.Request) -> web.Response:
    """The servers with something on their public page."""
    site, cursor = request.app[SITE], request.query.get("page") or None
    try:
        found = await site.gallery.communities(cursor)
    except UserError:
        raise web.HTTPNotFound from None
    facts = {
        "servers": _named(found.items),
        "is_first": cursor is None,
        "next": found.next and f"/g?page={found.next}",
        "prev": found.prev and f"/g?page={found.prev}",
        "url": _url(site, "/g"),
    }
    answer = request.app[PAGES].fresh(request, "servers.html", facts)
    if cursor is not None:
        answer.headers.update(NOT_TO_BE_FOUND)
    return answer


async def community(request: web.Request) -> Community:
    """The server that a path names; raises HTTPNotFound if it has no public page."""
    number = int(request.match_info["server"])
    found = None
    if number <= LARGEST_NUMBER:
        found = await request.app[SITE].gallery.community(number)
    if found is None:
        raise web.HTTPNotFound
    return found


async def listed(site: Site, query: Query) -> Page:
    """A page of a list; raises HTTPNotFound for a cursor that is none."""
    try:
        return await site.gallery.listing(query)
    except UserError:
        raise web.HTTPNotFound from None


async def tiled(site: Site, page: Page) -> list[Tile]:
    """A page's videos as they are shown."""
    guilds = {each.share.guild_id for each in page.items}
    return tiles.of(page.items, await site.gallery.names(guilds))


async def _list(request: web.Request, server: Community | None) -> web.Response:
    site, wish = request.app[SITE], asked.read(request.query)
    guild_id, path = (None, "/") if server is None else _place(server)
    page = await listed(site, wish.query(guild_id, limit=PER_PAGE))
    shown = await tiled(site, page)
    facts = {
        **_words(wish, server),
        **_links(site, wish, page, path),
        "path": path,
        "wish": wish,
        "server": None if server is None else server.guild_id,
        "tiles": shown,
        "best": await _best(site, wish, page, guild_id),
        "servers": await _featured(site) if server is None and wish.is_plain else [],
        "kinds": wording.KINDS,
        "ratios": wording.SHAPES,
        "periods": wording.PERIODS,
        "longest_search": asked.LONGEST_SEARCH,
    }
    answer = request.app[PAGES].fresh(request, "list.html", facts, policy=WITH_SCRIPT)
    if not wish.is_plain:
        answer.headers.update(NOT_TO_BE_FOUND)
    return answer


def _words(wish: Asked, server: Community | None) -> dict[str, object]:
    name = None if server is None else server.name or tiles.NAMELESS
    return {"title": wording.list_title(name, wish.search), "name": name}


def _links(site: Site, wish: Asked, page: Page, path: str) -> dict[str, object]:
    return {
        "orders": [
            (wording.ORDERS[order], wish.link(path, order=order), order is wish.order)
            for order in asked.ORDERS
        ],
        "next": page.next and wish.link(path, cursor=page.next),
        "prev": page.prev and wish.link(path, cursor=page.prev),
        "first": wish.link(path),
        "url": _url(site, path),
        "origin": site.public_url,
        "feeds": None if site.public_url is None else path.rstrip("/") + "/feed",
    }


async def _best(site: Site, wish: Asked, page: Page, guild_id: int | None) -> list[Tile]:
    """What was liked most of late, where there is more than the first page shows anyway."""
    if not wish.is_plain or page.next is None:
        return []
    best = await site.gallery.listing(
        Query(guild_id=guild_id, order=Order.TOP, period=Period.WEEK, limit=BEST)
    )
    liked = tuple(each for each in best.items if each.share.votes)
    return await tiled(site, replace(best, items=liked))


async def _featured(site: Site) -> list[tuple[str, str, int]]:
    return _named((await site.gallery.communities(limit=FEATURED)).items)


def _named(found: Iterable[Community]) -> list[tuple[str, str, int]]:
    return [
        (
            wording.clipped(each.name or tiles.NAMELESS, tiles.LONGEST_NAME),
            tiles.server_path(each.guild_id),
            each.videos,
        )
        for each in found
    ]


def _place(server: Community) -> tuple[int, str]:
    return server.guild_id, tiles.server_path(server.guild_id)


def _url(site: Site, path: str) -> str | None:
    return None if site.public_url is None else site.public_url + path


ROUTES = (web.get("/", home), web.get("/g", servers), web.get(SERVER, server))
