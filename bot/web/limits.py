"""What one visitor may ask for: so often, and in so many characters."""

import math
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web import visitor
from bot.web.buckets import Buckets, Rate
from bot.web.keys import Lane

RATES = {
    Lane.PAGES: Rate(burst=60, each_s=1.0),
    # A page has a stylesheet, posters and clips, and a player asks for each clip in parts.
    Lane.FILES: Rate(burst=600, each_s=10.0),
    # Each one makes people look at something.
    Lane.REPORTS: Rate(burst=10, each_s=1 / 300),
}
LONGEST_PATH = 512
LONGEST_QUERY = 1024


class Limits:
    """Refuses what comes too often or is too long, before any handler sees it."""

    def __init__(self, clock_s: Callable[[], float], *, behind_proxy: bool) -> None:
        self._behind_proxy = behind_proxy
        self._buckets = {lane: Buckets(rate, clock_s) for lane, rate in RATES.items()}
        self._lanes: dict[str, Lane] = {}

    def count(self, resource: web.AbstractResource | None, lane: Lane) -> None:
        """Let the requests for a resource count against a limit; all others are pages."""
        assert resource is not None
        self._lanes[resource.canonical] = lane

    def middleware(self) -> Middleware:
        """What stands before every handler."""

        @web.middleware
        async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
            resource = request.match_info.route.resource
            lane = self._lanes.get(resource.canonical if resource else "", Lane.PAGES)
            if lane in self._buckets:
                name = visitor.name_of(request, behind_proxy=self._behind_proxy)
                wait_s = self._buckets[lane].take(name)
                if wait_s:
                    raise web.HTTPTooManyRequests(headers={"Retry-After": str(math.ceil(wait_s))})
                if len(request.rel_url.raw_path) > LONGEST_PATH or (
                    len(request.rel_url.raw_query_string) > LONGEST_QUERY
                ):
                    raise web.HTTPRequestURITooLong
            return await handler(request)

        return limit
