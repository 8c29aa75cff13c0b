"""Answers that go wrong: before a request did its work, or after."""

import asyncio
import contextlib

from aiohttp import web

from tests.fakes.deapi import rules
from tests.fakes.deapi.behaviour import RequestFault

REFUSED_PROMPT = "The prompt field is not acceptable."
HTML_500 = "<!DOCTYPE html><html><head><title>Server Error</title></head></html>"
HTML_1010 = (
    "<!DOCTYPE html><html><head><title>Access denied | api.deapi.ai used Cloudflare</title></head>"
    "<body><h1>Error 1010</h1><p>error code: 1010</p></body></html>"
)


def refuse(status: int, message: str, headers: dict[str, str] | None = None) -> web.Response:
    """A refusal in deAPI's JSON form."""
    return web.json_response({"message": message}, status=status, headers=headers)


def cloudflare() -> web.Response:
    """What Cloudflare says to a client it does not like."""
    return web.Response(
        status=403, text=HTML_1010, content_type="text/html", headers={"Server": "cloudflare"}
    )


def before(fault: RequestFault, request: web.Request) -> web.Response | None:
    """The answer of a fault that comes before any work; None for the other faults."""
    if fault is RequestFault.DROP_UNSEEN:
        return _drop(request)
    if fault is RequestFault.REDIRECT:
        return web.Response(status=307, headers={"Location": "/elsewhere"})
    answers = {
        RequestFault.RATE_LIMITED: (429, "Too Many Attempts.", _limit("minute", "7")),
        RequestFault.RATE_LIMITED_BARE: (429, "Too Many Attempts.", {}),
        RequestFault.RATE_LIMITED_DAY: (429, "Too Many Attempts.", _limit("daily", "40000")),
        RequestFault.UNAUTHORIZED: (401, "Unauthenticated.", {}),
        RequestFault.NOT_FOUND: (404, "No query results for the requested resource.", {}),
        RequestFault.SUSPENDED: (403, "Your account has been suspended.", {}),
    }
    if fault in answers:
        status, message, headers = answers[fault]
        return refuse(status, message, headers)
    pages = {
        RequestFault.INVALID: _invalid,
        RequestFault.CLOUDFLARE: cloudflare,
        RequestFault.SERVER_ERROR: _broken,
    }
    return pages[fault]() if fault in pages else None


def _invalid() -> web.Response:
    return web.json_response(rules.envelope({"prompt": [REFUSED_PROMPT]}), status=422)


def _broken() -> web.Response:
    return web.Response(status=500, text=HTML_500, content_type="text/html")


async def after(
    fault: RequestFault,
    request: web.Request,
    answer: web.Response,
    *,
    held: asyncio.Event,
    release: asyncio.Event,
    slow_s: float,
) -> web.StreamResponse:
    """What becomes of a good answer under a fault that comes after the work was done."""
    if fault is RequestFault.GATEWAY_ACCEPTED:
        return web.Response(status=502, text=HTML_500, content_type="text/html")
    if fault is RequestFault.GARBAGE_ACCEPTED:
        return web.Response(text="<html>Welcome</html>", content_type="text/html")
    if fault is RequestFault.CUT_ACCEPTED:
        begun = web.StreamResponse(headers={"Content-Length": "500"})
        await begun.prepare(request)
        await begun.write(b'{"data":{"requ')
        _drop(request)
        return begun
    if fault in {RequestFault.SLOW_ACCEPTED, RequestFault.SLOW_SERVER_ERROR}:
        held.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(release.wait(), slow_s)
        return answer if fault is RequestFault.SLOW_ACCEPTED else _broken()
    return _drop(request)


def _limit(kind: str, wait_s: str) -> dict[str, str]:
    return {"X-RateLimit-Type": kind, "Retry-After": wait_s}


def _drop(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.close()
    return web.Response()
