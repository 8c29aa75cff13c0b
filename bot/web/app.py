"""The web application: its rooms, and what their handlers may ask."""

import time
from collections.abc import Callable, Iterable

from aiohttp import web

from bot.services.hooks import Receiver
from bot.web import (
    feeds,
    gallery,
    health,
    media,
    middleware,
    packing,
    report,
    static_files,
    video,
    webhook,
)
from bot.web.keys import PAGES, PATIENCE, READY, RECEIVE, SITE, Lane, Patience, Ready, Site
from bot.web.limits import Limits
from bot.web.pages import Pages

ROOMS = (
    (Lane.FREE, health.ROUTES),
    (Lane.FREE, webhook.ROUTES),
    (Lane.FILES, static_files.ROUTES),
)
SITE_ROOMS = (
    (Lane.PAGES, gallery.ROUTES),
    (Lane.PAGES, feeds.ROUTES),
    (Lane.PAGES, video.ROUTES),
    (Lane.REPORTS, report.ROUTES),
    (Lane.FILES, media.ROUTES),
)
"""Each room names its own routes, and which limit they count against; a new one is added here."""


def make_app(
    *,
    ready: Ready,
    receive: Receiver,
    patience: Patience | None = None,
    site: Site | None = None,
    clock_s: Callable[[], float] = time.monotonic,
) -> web.Application:
    """An application that is not being served yet; without a site there are no pages of videos."""
    limits = Limits(clock_s, behind_proxy=site is not None and site.public_url is not None)
    app = web.Application(
        middlewares=[packing.pack, middleware.tame, limits.middleware()],
        client_max_size=webhook.LARGEST_BODY,
    )
    app[READY] = ready
    app[RECEIVE] = receive
    app[PATIENCE] = patience or Patience()
    app[PAGES] = Pages(has_gallery=site is not None)
    rooms: Iterable[tuple[Lane, Iterable[web.RouteDef]]] = ROOMS
    if site is not None:
        app[SITE] = site
        rooms = (*ROOMS, *SITE_ROOMS)
    app.on_response_prepare.append(middleware.dress)
    for lane, routes in rooms:
        for route in app.add_routes(routes):
            limits.count(route.resource, lane)
    return app
