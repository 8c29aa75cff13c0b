"""The page of one video, and what other programs are told about it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from aiohttp import web

from bot.services.videos import VideoPage
from bot.web import tiles, wording
from bot.web.keys import PAGES, SITE, Site
from bot.web.pages import NOT_TO_BE_FOUND, WITH_SCRIPT
from storage.exhibits import Exhibit

_THUMBNAIL_WIDTH = 480
_MOST_DIGITS = 6


async def show(request: web.Request) -> web.Response:
    """The page of a video, which needs no script: with one, it is calmer for who wants that."""
    found = await request.app[SITE].videos.page(request.match_info["slug"])
    if found is None:
        raise web.HTTPNotFound
    site = request.app[SITE]
    exhibit = await site.gallery.public_video(found.slug)
    facts = _facts(found, site.public_url)
    facts["shared"] = None if exhibit is None else await _shared(site, exhibit)
    answer = request.app[PAGES].fresh(request, "video.html", facts, policy=WITH_SCRIPT)
    if exhibit is None:
        answer.headers.update(NOT_TO_BE_FOUND)
    return answer


async def oembed(request: web.Request) -> web.Response:
    """A page of ours for programs that embed it (oEmbed 1.0); any other URL is not found."""
    site = request.app[SITE]
    if request.query.get("format", "json") != "json":
        raise web.HTTPNotImplemented
    home, _, slug = request.query.get("url", "").rpartition("/v/")
    found = await site.videos.page(slug) if home == site.public_url else None
    if found is None or site.public_url is None:
        raise web.HTTPNotFound
    told = _embedding(found, site.public_url, request.query)
    exhibit = await site.gallery.public_video(slug)
    if exhibit is not None and exhibit.credit is not None:
        told["author_name"] = exhibit.credit
    headers = {
        **NOT_TO_BE_FOUND,
        "Cache-Control": "private, no-cache",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return web.json_response(told, headers=headers)


def _facts(found: VideoPage, public_url: str | None) -> dict[str, object]:
    job, video = found.job, found.video
    path = f"/v/{found.slug}"
    url = None if public_url is None else public_url + path
    title, rest = wording.headline(job)
    made = datetime.fromtimestamp(video.created_at / 1000, tz=UTC)
    return {
        "title": title,
        "rest": rest,
        "about": wording.about(job),
        "path": path,
        "url": url,
        "origin": public_url,
        "oembed": None if url is None else f"{public_url}/oembed?url={quote(url, safe='')}",
        "job": job.id,
        "shape": job.shape,
        "width": video.width,
        "height": video.height,
        "recipe": wording.recipe(job, video),
        "made": made,
        "command": wording.command(job),
        "needs": wording.NEEDS.get(job.mode),
        "grounds": wording.GROUNDS,
    }


async def _shared(site: Site, exhibit: Exhibit) -> dict[str, object]:
    """What a page says only of a video that its maker shared with the world."""
    guild = exhibit.share.guild_id
    names = await site.gallery.names({guild})
    return {
        "credit": exhibit.credit,
        "votes": exhibit.share.votes,
        "server": names.get(guild) or tiles.NAMELESS,
        "server_path": tiles.server_path(guild),
    }


def _embedding(found: VideoPage, public_url: str, asked: Mapping[str, str]) -> dict[str, object]:
    """What the standard wants of a video, no larger than whoever embeds it allows."""
    video, url = found.video, f"{public_url}/v/{found.slug}"
    width, height = _within(
        video.width, video.height, _limit(asked, "maxwidth"), _limit(asked, "maxheight")
    )
    small = min(video.width, _THUMBNAIL_WIDTH)
    return {
        "version": "1.0",
        "type": "video",
        "provider_name": "Talkie",
        "provider_url": public_url,
        "title": wording.headline(found.job)[0],
        "cache_age": 60,
        "thumbnail_url": f"{url}/poster-{_THUMBNAIL_WIDTH}.webp",
        "thumbnail_width": small,
        "thumbnail_height": max(1, round(video.height * small / video.width)),
        "width": width,
        "height": height,
        "html": (
            f'<video src="{escape(url)}/video.mp4" poster="{escape(url)}/poster.jpg" '
            f'width="{width}" height="{height}" controls playsinline preload="none"></video>'
        ),
    }


def _limit(asked: Mapping[str, str], name: str) -> int:
    """A limit in pixels; 0 where none is given, or none that makes sense."""
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0


def _within(width: int, height: int, widest: int, highest: int) -> tuple[int, int]:
    factor = min(1.0, (widest or width) / width, (highest or height) / height)
    return max(1, round(width * factor)), max(1, round(height * factor))


ROUTES = (web.get("/v/{slug}", show), web.get("/oembed", oembed))
