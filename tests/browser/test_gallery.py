"""What a visitor sees of the gallery, in a real browser."""

import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.domain.shapes import Shape
from storage.records import Mode
from tests.browser.conftest import DESKTOP, PHONE, faults, follow, kept, visit
from tests.fakes import reel
from tests.fakes.exhibition import NAME, OTHER, SERVER, hang, open_gallery
from tests.fakes.reel import Reel

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROMPTS = [
    "A small wooden sailing boat glides across a still mountain lake at first light.",
    "An owl in a reading room turns a page and looks up.",
    "Neon rain on a narrow street, a red umbrella passes, the camera follows it from above.",
    "A lighthouse keeper climbs the last stairs. The lamp turns.",
    "A loaf of bread rises in an oven, seen through the glass.",
    "Kites above a dry field, the strings hum.",
]
SHAPES = [
    Shape.WIDE, Shape.WIDE, Shape.TALL, Shape.WIDE, Shape.CINEMATIC, Shape.TALL, Shape.SQUARE,
    Shape.WIDE, Shape.WIDE, Shape.TALL, Shape.WIDE, Shape.SQUARE, Shape.WIDE, Shape.CINEMATIC,
]  # fmt: skip
COUNT = 30
LONG_NAME = "Wolfgang-Wilhelmine Wunderwasser"
TOUCH: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
LOOKS: dict[str, dict[str, Any]] = {
    "phone-light": TOUCH,
    "phone-dark": {**TOUCH, "color_scheme": "dark"},
    "desktop-light": {"viewport": DESKTOP},
    "desktop-dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}
PAGES = {
    "gallery": "/",
    "server": f"/g/{SERVER}",
    "servers": "/g",
    "search": "/?q=owl&shape=tall",
    "nothing": f"/g/{SERVER}?q=zeppelin",
    "empty": f"/g/{OTHER}",
}
SCREENS = [
    *((name, look) for name in ("gallery", "nothing") for look in LOOKS),
    *(
        (name, look)
        for name in ("server", "servers", "search", "empty")
        for look in ("phone-dark", "desktop-light")
    ),
]
WIDTHS = """() => ({
  page: document.documentElement.scrollWidth,
  frames: [...document.querySelectorAll('.grid .frame')].map(frame => {
    const box = frame.getBoundingClientRect(), img = frame.querySelector('img');
    return {ratio: box.width / box.height, own: img.width && img.getAttribute('width') /
            img.getAttribute('height'), left: box.left, right: box.right, height: box.height};
  }),
})"""
SHIFTS = """() => new Promise(done => new PerformanceObserver(list =>
  done(list.getEntries().reduce((sum, each) => sum + each.value, 0))
).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""
IMAGES_DONE = """() => [...document.images].filter(img => img.loading !== 'lazy')
  .every(img => img.complete && img.naturalWidth > 0)"""
PLAYS = """() => {
  const video = document.querySelector('.tile video');
  return video !== null && video.currentTime > 0.1 && video.muted;
}"""
RESTS = """() => {
  const video = document.querySelector('.stage video');
  return video !== null && video.paused && !video.autoplay;
}"""
NONE_PLAYS = "() => document.querySelector('.tile video') === null"
FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it);
  return [it.tagName, it.getAttribute('href') || it.name || it.className,
          style.outlineStyle, style.opacity];
}"""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gallery(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The origin of a gallery of two servers, one of them with nothing in it yet."""
    async with reel.opened(tmp_path_factory.mktemp("gallery")) as shelf:
        await fill(shelf)
        shelf.public_url = None
        async with reel.shown(shelf) as origin:
            yield origin


async def fill(shelf: Reel) -> None:
    await open_gallery(shelf)
    await open_gallery(shelf, guild=OTHER, name="An empty place")
    for number in range(COUNT):
        await hang(
            shelf,
            SHAPES[number % len(SHAPES)],
            content=None,
            prompt=PROMPTS[number % len(PROMPTS)],
            mode=list(Mode)[number % 3],
            name=(None, "Mira", LONG_NAME)[number % 3],
            votes=number % 5,
        )


@pytest.mark.parametrize(("name", "look"), SCREENS)
async def test_every_page_of_the_gallery_is_calm_on_every_screen(
    chromium: Browser, gallery: str, name: str, look: str
) -> None:
    async with visit(chromium, gallery + PAGES[name], **LOOKS[look]) as watched:
        page = watched.page
        await page.wait_for_function(IMAGES_DONE)
        seen = await page.evaluate(WIDTHS)
        assert seen["page"] == LOOKS[look]["viewport"]["width"]
        for frame in seen["frames"]:
            assert frame["ratio"] == pytest.approx(frame["own"], rel=0.02)
            assert 0 <= frame["left"] < frame["right"] <= seen["page"]
            assert frame["height"] <= LOOKS[look]["viewport"]["height"] * 0.75
        assert await page.evaluate(SHIFTS) < 0.01
        assert await faults(page) == ""
        await kept(page, f"{name}-{look}")


async def test_a_pointer_that_rests_on_a_poster_plays_it_muted(
    chromium: Browser, gallery: str
) -> None:
    async with visit(chromium, gallery) as watched:
        page = watched.page
        await page.locator(".tile .frame").first.hover()
        await page.wait_for_function(PLAYS)
        await page.locator("h1").hover()
        await page.wait_for_function(NONE_PLAYS)


async def test_a_tap_on_the_button_plays_and_the_next_one_stops(
    chromium: Browser, gallery: str
) -> None:
    async with visit(chromium, gallery, **TOUCH) as watched:
        page = watched.page
        first, second = page.locator(".play").nth(0), page.locator(".play").nth(1)
        # A finger cannot hover: the button is there before anybody touches.
        assert await first.evaluate("button => getComputedStyle(button).opacity") == "1"
        await first.tap()
        await page.wait_for_function(PLAYS)
        assert await first.get_attribute("aria-pressed") == "true"
        await second.tap()
        await page.wait_for_function(PLAYS)
        assert await page.locator(".tile video").count() == 1
        assert await first.get_attribute("aria-pressed") == "false"
        await second.tap()
        await page.wait_for_function(NONE_PLAYS)


async def test_nothing_moves_by_itself_for_who_wants_it_calm(
    chromium: Browser, gallery: str
) -> None:
    async with visit(chromium, gallery, reduced_motion="reduce") as watched:
        page = watched.page
        await page.locator(".tile .frame").first.hover()
        await page.locator(".tile .frame").nth(1).hover()
        await page.locator(".play").nth(1).click()
        await page.wait_for_function(PLAYS)
        # Only what was pressed plays: the pointer rested on both.
        assert await page.locator(".tile").nth(0).locator("video").count() == 0
        assert "/video.mp4" in "".join(watched.paths)
        assert len({path for path in watched.paths if path.endswith("/video.mp4")}) == 1
        await page.locator(".tile .look").first.click()
        await page.wait_for_function(RESTS)
        await kept(page, "calm")


async def test_keys_alone_reach_play_open_and_search_everything(
    chromium: Browser, gallery: str
) -> None:
    async with visit(chromium, gallery) as watched:
        page, seen = watched.page, []
        for _ in range(22):
            await page.keyboard.press("Tab")
            seen.append(await page.evaluate(FOCUSED))
        assert seen[0][:2] == ["A", "#content"]
        assert all(outline != "none" for _, _, outline, _ in seen)
        assert all(opacity == "1" for _, _, _, opacity in seen)
        names = [(tag, name) for tag, name, *_ in seen]
        for wanted in (("A", "/g"), ("INPUT", "q"), ("SELECT", "mode"), ("SELECT", "period")):
            assert wanted in names
        await page.locator(".play").first.focus()
        await page.keyboard.press("Space")
        await page.wait_for_function(PLAYS)
        await page.keyboard.press("Escape")
        await page.wait_for_function(NONE_PLAYS)
        await page.locator("input[type=search]").focus()
        await page.keyboard.type("lighthouse")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/?q=lighthouse*")
        await page.locator(".look").first.focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/v/*")
        assert "lighthouse" in await page.get_by_role("heading", level=1).inner_text()


async def test_without_any_script_one_still_finds_pages_through_and_looks(
    chromium: Browser, gallery: str
) -> None:
    async with visit(chromium, gallery, java_script_enabled=False) as watched:
        page = watched.page
        assert await page.locator("button.play").count() == 0
        await follow(page, page.get_by_role("link", name="Next page"))
        assert await page.locator(".tile").count() == COUNT - 24
        await follow(page, page.get_by_role("link", name="Previous page"))
        assert await page.locator("#all").inner_text() == "New"
        await page.get_by_role("searchbox").fill("umbrella")
        await page.get_by_label("Shape").select_option("wide")
        await follow(page, page.get_by_role("button", name="Show"))
        assert "q=umbrella" in page.url
        assert "shape=wide" in page.url
        assert await page.get_by_label("Shape").input_value() == "wide"
        await follow(page, page.locator(".look").first)
        assert "umbrella" in await page.get_by_role("heading", level=1).inner_text()
        await follow(page, page.get_by_role("link", name=NAME))
        assert await page.get_by_role("heading", level=1).inner_text() == NAME


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
async def test_a_shared_video_is_reported_from_its_page(
    chromium: Browser, gallery: str, look: str
) -> None:
    script: dict[str, Any] = {"java_script_enabled": False} if look == "phone-dark" else {}
    async with aiohttp.ClientSession(gallery) as session, session.get("/") as answer:
        links = re.findall(r'class="look" href="([^"]+)"', await answer.text())
    async with visit(chromium, f"{gallery}{links[0]}", **LOOKS[look], **script) as watched:
        page = watched.page
        await page.get_by_text("Report this video").click()
        if not script:
            await page.evaluate("() => document.querySelector('video').pause()")
            assert await faults(page) == ""
            await kept(page, f"report-{look}")
        await page.get_by_label("What is wrong").select_option("likeness")
        await page.get_by_label("Anything they should know").fill("This is my face.")
        await follow(page, page.get_by_role("button", name="Send the report"))
        assert await page.get_by_role("heading", level=1).inner_text() == "Thank you"
        if not script:
            assert await faults(page) == ""
            await kept(page, f"reported-{look}")
