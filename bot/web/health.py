"""Whether Talkie lives, and whether it can work: for supervisors, so without any detail."""

import asyncio
import logging

from aiohttp import web

from bot.web.answers import refusal
from bot.web.keys import PATIENCE, READY

log = logging.getLogger(__name__)


async def live(_: web.Request) -> web.Response:
    """Alive: the loop turns, or nobody would answer."""
    return web.json_response({"status": "live"})


async def ready(request: web.Request) -> web.Response:
    """Ready to work, as far as can be found out quickly."""
    try:
        async with asyncio.timeout(request.app[PATIENCE].ready_s):
            is_ready = await request.app[READY]()
    except Exception:
        # Whatever kept it from answering is the answer: not ready.
        log.exception("readiness_unknown")
        is_ready = False
    return web.json_response({"status": "ready"}) if is_ready else refusal(503)


ROUTES = (web.get("/live", live), web.get("/ready", ready))
