"""Feeds: what was shared last, for readers of RSS 2.0 and of JSON Feed 1.1."""

import json
import re
from email.utils import formatdate
from typing import TypedDict

from aiohttp import web

from bot.services.listings import Query
from bot.web import tiles, wording
from bot.web.gallery import SERVER, community, listed
from bot.web.keys import PAGES, SITE
from bot.web.pages import NOT_TO_BE_FOUND
from storage.exhibits import Exhibit

LONGEST = 30
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot say at all."""
HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", **NOT_TO_BE_FOUND}


class _Feed(TypedDict):
    title: str
    home: str
    feed: str
    items: list[dict[str, object]]


async def rss(request: web.Request) -> web.Response:
    """The feed as RSS, with each clip as its enclosure."""
    facts = await _facts(request)
    answer = request.app[PAGES].fresh(request, "feed.xml", facts, kind="application/rss+xml")
    answer.headers.update(HEADERS)
    return answer


async def json_feed(request: web.Request) -> web.Response:
    """The feed as JSON, with each clip as an attachment."""
    facts = await _facts(request)
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": facts["title"],
        "home_page_url": facts["home"],
        "feed_url": f"{facts['feed']}.json",
        "language": "en",
        "items": [_json(item) for item in facts["items"]],
    }
    text = json.dumps(told, ensure_ascii=False)
    answer = request.app[PAGES].fresh_text(request, text, kind="application/feed+json")
    answer.headers.update(HEADERS)
    return answer


async def _facts(request: web.Request) -> _Feed:
    """What both forms say; raises HTTPNotFound where the world cannot reach us."""
    site = request.app[SITE]
    if site.public_url is None:
        raise web.HTTPNotFound
    found = await community(request) if "server" in request.match_info else None
    guild_id = None if found is None else found.guild_id
    name = None if found is None else found.name or tiles.NAMELESS
    path = "" if guild_id is None else tiles.server_path(guild_id)
    page = await listed(site, Query(guild_id=guild_id, limit=LONGEST))
    return {
        "title": _said(wording.list_title(name, None)),
        "home": site.public_url + (path or "/"),
        "feed": f"{site.public_url}{path}/feed",
        "items": [_item(each, site.public_url) for each in page.items if each.video.slug],
    }


def _item(exhibit: Exhibit, origin: str) -> dict[str, object]:
    job, video, share = exhibit.job, exhibit.video, exhibit.share
    url = f"{origin}/v/{video.slug}"
    return {
        "url": url,
        "title": _said(wording.headline(job)[0]),
        "words": _said(" ".join(job.prompt.split())),
        "about": wording.about(job),
        "clip": f"{url}/video.mp4",
        "poster": f"{url}/poster.jpg",
        "bytes": video.bytes,
        "seconds": wording.whole_seconds(video.frames),
        "width": video.width,
        "height": video.height,
        "credit": exhibit.credit and _said(exhibit.credit),
        "date": formatdate(share.shared_at / 1000, usegmt=True),
        "iso_date": wording.iso_time(share.shared_at),
    }


def _json(item: dict[str, object]) -> dict[str, object]:
    told = {
        "id": item["url"],
        "url": item["url"],
        "title": item["title"],
        "content_text": item["words"] or item["about"],
        "summary": item["about"],
        "image": item["poster"],
        "date_published": item["iso_date"],
        "attachments": [
            {
                "url": item["clip"],
                "mime_type": "video/mp4",
                "size_in_bytes": item["bytes"],
                "duration_in_seconds": item["seconds"],
            }
        ],
    }
    return told | ({"authors": [{"name": item["credit"]}]} if item["credit"] else {})


def _said(words: str) -> str:
    return _NO_XML.sub("\ufffd", words)


ROUTES = (
    web.get("/feed.xml", rss),
    web.get("/feed.json", json_feed),
    web.get(f"{SERVER}/feed.xml", rss),
    web.get(f"{SERVER}/feed.json", json_feed),
)
