"""JSON answers in exactly the form that Discord gives them."""

import json

from aiohttp import web


def answer(
    value: object, *, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """A JSON answer whose content type carries no charset, which clients compare exactly."""
    return web.Response(
        body=json.dumps(value).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )


def nothing() -> web.Response:
    """204."""
    return web.Response(status=204)
