"""The door for deAPI's webhooks: a bounded body, one question to the services, a quick answer."""

import asyncio
import re

from aiohttp import web

from bot.services.hooks import Outcome
from bot.web import bodies
from bot.web.answers import refusal
from bot.web.keys import PATIENCE, RECEIVE

PATH = "/hooks/deapi/{token}"
LARGEST_BODY = 64 * 1024
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")


async def receive(request: web.Request) -> web.Response:
    """Take one delivery in; an unknown path and a forged delivery are refused alike."""
    token, patience = request.match_info["token"], request.app[PATIENCE]
    try:
        async with asyncio.timeout(patience.body_s):
            body = await bodies.read(request, LARGEST_BODY)
    except TimeoutError:
        return _hang_up(408)
    except (web.RequestPayloadError, ConnectionError):
        return _hang_up(400)
    if body is None:
        return _hang_up(413)
    if not TOKEN.fullmatch(token):
        return refusal(404)
    try:
        async with asyncio.timeout(patience.webhook_s):
            outcome = await request.app[RECEIVE](token, request.headers, body)
    except TimeoutError:
        # Not taken in: deAPI comes back with it in a minute.
        return refusal(503)
    return refusal(404) if outcome is Outcome.REFUSED else web.Response(status=204)


def _hang_up(status: int) -> web.Response:
    """A refusal that ends the connection, since the rest of the body is not wanted."""
    answer = refusal(status)
    answer.force_close()
    return answer


ROUTES = (web.post(PATH, receive),)
