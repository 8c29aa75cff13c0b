"""What holds for every answer: one form of errors, safe headers, an id, no server banner."""

import logging
import secrets

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_exceptions import HTTPException

from bot.web.answers import refusal
from bot.web.keys import PAGES, REQUEST_ID, SITE
from bot.web.wording import REASONS

log = logging.getLogger(__name__)

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Where a page needs more freedom, its own answer says so and wins."""
ONLY_HTTPS = "max-age=31536000"
TOLD = frozenset({"Allow", "Retry-After"})
"""What a refusal says besides its status."""


@web.middleware
async def tame(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever a handler raises into an answer that leaks nothing."""
    request[REQUEST_ID] = secrets.token_hex(8)
    try:
        return await handler(request)
    except HTTPException as error:
        if error.status < 400:
            raise
        answer = _refused(request, error.status)
        for name in TOLD.intersection(error.headers):
            answer.headers[name] = error.headers[name]
        return answer
    except Exception as error:
        if isinstance(error, ConnectionError) and _has_left(request):
            return refusal(503)  # nobody reads it
        # Once the status has left, another answer would end up inside the first one's body.
        if request.writer.output_size:
            raise
        log.exception("request_broke", extra=_told(request))
        return _refused(request, 500)


async def dress(request: web.Request, response: web.StreamResponse) -> None:
    """Put the common headers on, just before an answer leaves."""
    response.headers.popall("Server", None)
    if request_id := request.get(REQUEST_ID):
        response.headers["X-Request-Id"] = request_id
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if (site := request.app.get(SITE)) is not None and site.is_secure:
        response.headers["Strict-Transport-Security"] = ONLY_HTTPS


def _has_left(request: web.Request) -> bool:
    """Whether the visitor is gone; players leave all the time, since winding is leaving."""
    return request.transport is None or request.transport.is_closing()


def _refused(request: web.Request, status: int) -> web.Response:
    """A page for whoever reads pages, a word for all others."""
    if "text/html" not in request.headers.get("Accept", "").lower():
        return refusal(status)
    wording = REASONS.get(status, REASONS[500] if status >= 500 else REASONS[400])
    facts = {"wording": wording, "status": status, "request_id": None}
    if status >= 500:
        facts["request_id"] = request[REQUEST_ID]
    return request.app[PAGES].answer("error.html", facts, status=status)


def _told(request: web.Request) -> dict[str, str]:
    """What the log may know: the route, never the path, which can hold a secret."""
    resource = request.match_info.route.resource
    return {
        "method": request.method,
        "route": resource.canonical if resource else "",
        "request": request[REQUEST_ID],
    }
