"""What handlers find in the application and in a request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from aiohttp import web

from bot.services.gallery import Gallery
from bot.services.hooks import Receiver
from bot.services.reports import Reports
from bot.services.videos import Videos
from bot.web.pages import Pages

Ready = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a visitor may take to send a body, and we to answer."""

    body_s: float = 5.0
    ready_s: float = 2.0
    webhook_s: float = 0.9
    """deAPI waits for ten seconds; more than one means that something is stuck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the pages are made of, and the origin under which the world reaches them."""

    videos: Videos
    gallery: Gallery
    reports: Reports
    public_url: str | None

    @property
    def is_secure(self) -> bool:
        """Whether the world comes over https alone."""
        return self.public_url is not None and urlsplit(self.public_url).scheme == "https"


class Lane(StrEnum):
    """Which limit a request counts against."""

    FREE = "free"
    PAGES = "pages"
    FILES = "files"
    REPORTS = "reports"


READY: web.AppKey[Ready] = web.AppKey("ready")
"""Answers whether Talkie can do its work right now."""
RECEIVE: web.AppKey[Receiver] = web.AppKey("receive", Receiver)
"""Takes the webhooks of deAPI."""
PATIENCE: web.AppKey[Patience] = web.AppKey("patience", Patience)
"""The time limits."""
PAGES: web.AppKey[Pages] = web.AppKey("pages", Pages)
"""The templates and static files."""
SITE: web.AppKey[Site] = web.AppKey("site", Site)
"""What the pages show; missing where there are none."""
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
"""What a visitor can quote and the log has as well."""
