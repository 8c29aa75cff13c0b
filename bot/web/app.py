"""The web application: its rooms, and what their handlers may ask."""

from aiohttp import web

from bot.services.hooks import Receiver
from bot.web import health, middleware, webhook
from bot.web.keys import PATIENCE, READY, RECEIVE, Patience, Ready

ROOMS = (health.ROUTES, webhook.ROUTES)
"""Each room names its own routes; a new one is added here."""


def make_app(
    *, ready: Ready, receive: Receiver, patience: Patience | None = None
) -> web.Application:
    """An application that is not being served yet."""
    app = web.Application(middlewares=[middleware.tame], client_max_size=webhook.LARGEST_BODY)
    app[READY] = ready
    app[RECEIVE] = receive
    app[PATIENCE] = patience or Patience()
    app.on_response_prepare.append(middleware.dress)
    for routes in ROOMS:
        app.add_routes(routes)
    return app
