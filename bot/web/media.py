"""The clip and the posters of a page: found by the page's name alone, never by a file's."""

from collections.abc import Mapping

from aiohttp import web

from bot.services.videos import Reading
from bot.web.keys import SITE
from bot.web.pages import NOT_TO_BE_FOUND
from bot.web.sending import send

KEPT = {
    # Kept by one visitor alone, who asks each time whether the link still leads here: what was
    # hidden or taken back is gone with the next request, and what is there costs a bare 304.
    "Cache-Control": "private, no-cache",
    # Other pages may show what their readers have the link of.
    "Cross-Origin-Resource-Policy": "cross-origin",
    # A browser that opens the file by itself shows it in a page of its own making.
    "Content-Security-Policy": (
        "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    **NOT_TO_BE_FOUND,
}

PLAYED = {
    **KEPT,
    # A page names the clip as its player, and whoever shows players puts them into a frame.
    "Content-Security-Policy": KEPT["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    ),
}


async def clip(request: web.Request) -> web.StreamResponse:
    """The clip, whole or in part."""
    async with request.app[SITE].videos.clip(request.match_info["slug"]) as reading:
        return await _sent(request, reading, "video/mp4", ".mp4", PLAYED)


async def poster(request: web.Request) -> web.StreamResponse:
    """The poster as large as the clip."""
    async with request.app[SITE].videos.poster(request.match_info["slug"]) as reading:
        return await _sent(request, reading, "image/jpeg", ".jpg")


async def small_poster(request: web.Request) -> web.StreamResponse:
    """The poster in one of the widths that pages use."""
    slug, width = request.match_info["slug"], int(request.match_info["width"])
    async with request.app[SITE].videos.poster(slug, width) as reading:
        return await _sent(request, reading, "image/webp", ".webp")


async def _sent(
    request: web.Request,
    reading: Reading | None,
    kind: str,
    suffix: str,
    headers: Mapping[str, str] = KEPT,
) -> web.StreamResponse:
    if reading is None:
        raise web.HTTPNotFound
    name = f"talkie-{reading.video.job_id}{suffix}"
    return await send(
        request,
        reading.file,
        {**headers, "Content-Type": kind, "Content-Disposition": f'inline; filename="{name}"'},
    )


ROUTES = (
    web.get("/v/{slug}/video.mp4", clip),
    web.get("/v/{slug}/poster.jpg", poster),
    web.get(r"/v/{slug}/poster-{width:[1-9][0-9]{2,3}}.webp", small_poster),
)
