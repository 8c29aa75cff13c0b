"""The stylesheet, the icon and robots.txt: the same for everybody, kept for a year."""

from aiohttp import web

from bot.web import packing
from bot.web.keys import PAGES
from bot.web.sending import has

FOR_GOOD = "public, max-age=31536000, immutable"
ROBOTS = "User-agent: *\nDisallow:\n"
"""Each page says for itself whether it may be found; who is kept out could not read that."""


async def static(request: web.Request) -> web.Response:
    """A file that ships, by its name with its hash."""
    found = request.app[PAGES].static(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": FOR_GOOD, "ETag": f'W/"{found.etag}"'}
    if has(request.if_none_match or (), found.etag):
        return web.Response(status=304, headers=headers)
    headers["Content-Type"] = found.kind
    if not packing.taken(request):
        return web.Response(body=found.body, headers=headers)
    return web.Response(body=found.packed, headers={**headers, "Content-Encoding": "gzip"})


async def robots(_: web.Request) -> web.Response:
    """What crawlers may read: all of it."""
    return web.Response(text=ROBOTS, headers={"Cache-Control": "public, max-age=86400"})


ROUTES = (web.get("/static/{name}", static), web.get("/robots.txt", robots))
