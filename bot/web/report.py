"""The report of a visitor: a form of the video's page, anonymous, and seldom from one address."""

import asyncio
from urllib.parse import parse_qsl

from aiohttp import web

from bot.errors import Code, UserError
from bot.web import bodies
from bot.web.keys import PAGES, PATIENCE, SITE
from bot.web.pages import NOT_TO_BE_FOUND
from storage.exhibits import Ground

LARGEST_BODY = 8 * 1024
MOST_FIELDS = 8
FORM = "application/x-www-form-urlencoded"
OURS = frozenset({"same-origin", "none"})
"""Where a browser may say that a report comes from; others' pages cannot send one."""
TOLD_ALREADY = frozenset({Code.REPORTED_ALREADY, Code.REPORTS_TOO_MANY})


async def report(request: web.Request) -> web.Response:
    """Take a report; those who moderate know of the video then, be it from an earlier one."""
    site, slug = request.app[SITE], request.match_info["slug"]
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        raise web.HTTPForbidden
    fields = await _fields(request)
    found = await site.videos.page(slug)
    if found is None:
        raise web.HTTPNotFound
    try:
        ground = Ground(fields.get("reason", ""))
    except ValueError:
        raise web.HTTPBadRequest from None
    try:
        await site.reports.report(None, found.job.id, ground, fields.get("words", ""))
    except UserError as error:
        if error.code not in TOLD_ALREADY:
            raise web.HTTPNotFound from None
    return web.Response(status=303, headers={"Location": f"/v/{slug}/reported"})


async def reported(request: web.Request) -> web.Response:
    """What a visitor reads who reported a video."""
    found = await request.app[SITE].videos.page(request.match_info["slug"])
    if found is None:
        raise web.HTTPNotFound
    answer = request.app[PAGES].fresh(request, "reported.html", {"path": f"/v/{found.slug}"})
    answer.headers.update(NOT_TO_BE_FOUND)
    return answer


async def _fields(request: web.Request) -> dict[str, str]:
    """The fields of the form; raises HTTPException for any other body."""
    if request.content_type != FORM:
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(request.app[PATIENCE].body_s):
            body = await bodies.read(request, LARGEST_BODY)
        if body is None:
            raise web.HTTPRequestEntityTooLarge(max_size=LARGEST_BODY, actual_size=0)
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ValueError, web.RequestPayloadError):
        raise web.HTTPBadRequest from None


ROUTES = (web.post("/v/{slug}/report", report), web.get("/v/{slug}/reported", reported))
