"""What handlers find in the application and in a request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.services.hooks import Receiver

Ready = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a visitor may take to send a body, and we to answer."""

    body_s: float = 5.0
    ready_s: float = 2.0
    webhook_s: float = 0.9
    """deAPI waits for ten seconds; more than one means that something is stuck."""


READY: web.AppKey[Ready] = web.AppKey("ready")
"""Answers whether Talkie can do its work right now."""
RECEIVE: web.AppKey[Receiver] = web.AppKey("receive", Receiver)
"""Takes the webhooks of deAPI."""
PATIENCE: web.AppKey[Patience] = web.AppKey("patience", Patience)
"""The time limits."""
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
"""What a visitor can quote and the log has as well."""
