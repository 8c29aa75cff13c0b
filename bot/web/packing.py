"""Packing: text leaves compressed where the visitor's program takes that; media are so already."""

from aiohttp import web
from aiohttp.typedefs import Handler

SMALLEST_BYTES = 1024
"""What is smaller leaves in one packet anyway."""
TEXTS = frozenset(
    {
        "application/feed+json",
        "application/json",
        "application/rss+xml",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
_GZIP = frozenset({"gzip", "x-gzip"})


@web.middleware
async def pack(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Compress what a handler answers, and tell caches that answers differ in this.

    No page holds a secret beside words that a visitor chose, so lengths give nothing away.
    """
    answer = await handler(request)
    if answer.prepared or not isinstance(answer, web.Response):
        return answer
    if answer.status == 304:
        answer.headers["Vary"] = "Accept-Encoding"
    elif answer.body is not None and answer.content_type in TEXTS:
        answer.headers["Vary"] = "Accept-Encoding"
        is_packed = "Content-Encoding" in answer.headers
        if not is_packed and (answer.content_length or 0) >= SMALLEST_BYTES and taken(request):
            # The library does what is larger than a few kilobytes in a thread.
            answer.enable_compression(web.ContentCoding.gzip)
    return answer


def taken(request: web.Request) -> bool:
    """Whether a visitor's program takes gzip (RFC 9110, section 12.5.3)."""
    anything = False
    for wish in ",".join(request.headers.getall("Accept-Encoding", [])).lower().split(","):
        name, *details = (part.strip() for part in wish.split(";"))
        if name in _GZIP:
            return not any(_is_zero(each) for each in details)
        anything = anything or (name == "*" and not any(_is_zero(each) for each in details))
    return anything


def _is_zero(detail: str) -> bool:
    """Whether a quality says: rather not at all."""
    name, _, value = detail.partition("=")
    return name.strip() == "q" and value.strip(" 0.") == ""
