"""One Chromium for all browser tests of a worker, and an eye on what goes wrong in it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    async_playwright,
)

from tests.fakes import reel
from tests.fakes.reel import Reel

ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "pages"
MISSING = "NO CHROMIUM: the pages were not looked at. On Debian: sudo apt install chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--mute-audio",
]  # fmt: skip
LONG_MS = 120_000
"""No test is about how long a browser takes on a busy machine."""
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
MORE_OF_THE_SAME = {"exclude": [[".tile:nth-child(n+9)"]]}
"""Tiles after the first eight of a list have the same markup, and axe takes long over each."""


@dataclass
class Watched:
    """A page, and everything about it that should not be."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def asked(self, request: Request) -> None:
        self.paths.append(urlsplit(request.url).path)
        if not request.url.startswith(self.origin):
            self.complaints.append(f"asked for {request.url}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=ARGUMENTS, timeout=LONG_MS
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shelf(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Reel]:
    async with reel.opened(tmp_path_factory.mktemp("reel"), public_url=None) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def origin(shelf: Reel) -> AsyncIterator[str]:
    async with reel.shown(shelf) as origin:
        yield origin


@asynccontextmanager
async def visitor(chromium: Browser, **options: Any) -> AsyncIterator[BrowserContext]:
    """Somebody with a window of their own, who waits long."""
    context = await chromium.new_context(**{"viewport": DESKTOP, **options})
    context.set_default_timeout(LONG_MS)
    try:
        yield context
    finally:
        await context.close()


@asynccontextmanager
async def visit(
    chromium: Browser, url: str, *, remark: str | None = None, **options: Any
) -> AsyncIterator[Watched]:
    """A page opened by a visitor; whatever went wrong in it fails the test at the end.

    What the browser itself is known to say of it contains the `remark`, whenever it says so.
    """
    async with visitor(chromium, **options) as context:
        page = await context.new_page()
        parts = urlsplit(url)
        watched = Watched(page, f"{parts.scheme}://{parts.netloc}/")
        page.on("console", watched.heard)
        page.on("request", watched.asked)
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        await page.goto(url)
        yield watched
        faulty = [each for each in watched.complaints if remark is None or remark not in each]
        assert faulty == []


async def follow(page: Page, way: Locator) -> None:
    """Click what leads to another page, and be there."""
    async with page.expect_navigation():
        await way.click()


async def faults(page: Page) -> str:
    """What axe has against a page; nothing, it is hoped."""
    found = await Axe().run(page, context=MORE_OF_THE_SAME)
    return str(found.generate_report()) if found.violations_count else ""


async def kept(page: Page, name: str) -> None:
    """Keep a picture of all of a page, its later posters included."""
    await page.evaluate("() => document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    await page.evaluate("() => Promise.all([...document.images].map(i => i.decode()))")
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    # A PNG of so long a page takes the browser five times as long.
    path = ARTIFACTS / f"{name}.jpg"
    await page.screenshot(path=path, full_page=True, type="jpeg", quality=85)
