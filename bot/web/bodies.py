"""Bodies: what a visitor sends, read piece by piece and no further than is wanted."""

from aiohttp import web


async def read(request: web.Request, most_bytes: int) -> bytes | None:
    """The whole body; None where it is too large, whatever was said of its length before."""
    if (request.content_length or 0) > most_bytes:
        return None
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > most_bytes:
            return None
    return bytes(body)
