"""What a visitor sees of a video, in a real browser."""

import asyncio
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser

from bot.domain.shapes import Shape
from bot.web.server import serving
from storage.records import Video
from tests.browser.conftest import DESKTOP, PHONE, faults, kept, visit, visitor
from tests.fakes.reel import SECONDS, Reel

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROMPT = (
    "A small wooden sailing boat glides across a still mountain lake at first light. Mist lies "
    "low over the water and curls apart as the bow slides through it, leaving slow rings that "
    "reach the reeds. The camera drifts sideways with the boat. The audio is water on wood."
)
LOOKS: dict[str, dict[str, Any]] = {
    "phone-light": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    "phone-dark": {"viewport": PHONE, "has_touch": True, "color_scheme": "dark"},
    "desktop-light": {"viewport": DESKTOP},
    "desktop-dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}
SCREENS = [
    *((Shape.WIDE, look) for look in LOOKS),
    (Shape.TALL, "phone-dark"),
    (Shape.TALL, "desktop-light"),
    (Shape.SQUARE, "desktop-light"),
    (Shape.CINEMATIC, "phone-dark"),
]
MOVED_ON = "() => document.querySelector('video').currentTime > 0.3"
IN_VIEW = """() => {
  const box = document.querySelector('video').getBoundingClientRect();
  return {top: box.top, bottom: box.bottom, left: box.left, right: box.right,
          ratio: box.width / box.height, wide: document.documentElement.scrollWidth};
}"""
FOCUSED = """() => {
  const it = document.activeElement;
  return [it.tagName, it.getAttribute('href') || it.id, getComputedStyle(it).outlineStyle];
}"""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def films(shelf: Reel) -> dict[Shape, Video]:
    return {shape: await shelf.add(shape, prompt=PROMPT) for shape in Shape}


@pytest.mark.parametrize(("shape", "look"), SCREENS)
async def test_every_shape_plays_at_once_on_every_screen(
    chromium: Browser, origin: str, films: dict[Shape, Video], shape: Shape, look: str
) -> None:
    video = films[shape]
    async with visit(chromium, f"{origin}/v/{video.slug}", **LOOKS[look]) as watched:
        page = watched.page
        await page.wait_for_function(MOVED_ON)
        # Decoding takes most of the machine's strength, and has been seen to work.
        await page.evaluate("() => document.querySelector('video').pause()")
        seen = await page.evaluate(IN_VIEW)
        view = LOOKS[look]["viewport"]
        assert seen["ratio"] == pytest.approx(video.width / video.height, rel=0.02)
        assert 0 <= seen["left"] < seen["right"] <= seen["wide"] == view["width"]
        assert 0 <= seen["top"] < seen["bottom"] <= view["height"]
        assert await faults(page) == ""
        await kept(page, f"{shape}-{look}")


async def test_it_plays_without_any_script_of_ours(
    chromium: Browser, origin: str, films: dict[Shape, Video]
) -> None:
    url = f"{origin}/v/{films[Shape.WIDE].slug}"
    async with visit(chromium, url, java_script_enabled=False) as watched, asyncio.timeout(120):
        # The page has no timers now, but the browser can still be asked.
        while not await watched.page.evaluate(MOVED_ON):
            await watched.page.title()
        assert await watched.page.get_by_role("heading", level=1).inner_text() == (
            "A small wooden sailing boat glides across a still mountain lake at first light."
        )


async def test_everything_is_reached_by_keyboard_and_seen_to_be(
    chromium: Browser, origin: str, films: dict[Shape, Video]
) -> None:
    slug = films[Shape.WIDE].slug
    async with visit(chromium, f"{origin}/v/{slug}") as watched:
        page, seen = watched.page, []
        await page.wait_for_function(MOVED_ON)
        for _ in range(20):
            await page.keyboard.press("Tab")
            seen.append(await page.evaluate(FOCUSED))
            if seen[-1][0] == "BODY":
                break
        names = [(tag, name) for tag, name, _ in seen]
        assert names[0] == ("A", "#content")
        assert any(tag == "VIDEO" for tag, _ in names)
        assert ("A", f"/v/{slug}/video.mp4") in names
        assert all(outline != "none" for tag, _, outline in seen if tag == "A")
        await page.locator("video").focus()
        await page.keyboard.press("Space")
        await page.wait_for_function("() => document.querySelector('video').paused")


async def test_one_click_selects_the_whole_command(
    chromium: Browser, origin: str, films: dict[Shape, Video]
) -> None:
    async with visit(chromium, f"{origin}/v/{films[Shape.TALL].slug}") as watched:
        await watched.page.locator(".command").click()
        selected = await watched.page.evaluate("() => getSelection().toString().trim()")
        assert selected == f"/video prompt:{PROMPT} shape:9:16 seconds:5 seed:7"


async def test_the_clip_can_be_opened_saved_and_wound_by_itself(
    chromium: Browser, origin: str, films: dict[Shape, Video]
) -> None:
    video = films[Shape.SQUARE]
    async with visit(chromium, f"{origin}/v/{video.slug}") as watched:
        async with watched.page.expect_download() as download:
            await watched.page.get_by_role("link", name="Save the video").click()
        assert (await download.value).suggested_filename == f"talkie-{video.job_id}.mp4"
    async with visit(chromium, f"{origin}/v/{video.slug}/video.mp4") as watched:
        await watched.page.wait_for_function(MOVED_ON)
        wound = await watched.page.evaluate(
            """(to) => new Promise(done => {
              const video = document.querySelector('video');
              video.pause();
              video.onseeked = () => done(video.currentTime);
              video.currentTime = to;
            })""",
            SECONDS - 0.5,
        )
        assert wound == pytest.approx(SECONDS - 0.5, abs=0.1)


@pytest.mark.parametrize("look", ["phone-dark", "desktop-light"])
async def test_a_link_that_leads_nowhere_leads_to_a_calm_page(
    chromium: Browser, origin: str, look: str
) -> None:
    url = f"{origin}/v/{'u' * 22}"
    async with visit(chromium, url, remark="404", **LOOKS[look]) as watched:
        assert await watched.page.get_by_role("heading", level=1).inner_text() == (
            "Nothing to see here"
        )
        assert await faults(watched.page) == ""
        await kept(watched.page, f"lost-{look}")


async def test_the_clip_plays_in_a_frame_of_another_site_and_the_page_does_not(
    chromium: Browser, origin: str, films: dict[Shape, Video]
) -> None:
    page_url = f"{origin}/v/{films[Shape.WIDE].slug}"

    async def other(request: web.Request) -> web.Response:
        frame = f'<iframe src="{page_url}{request.query["of"]}"></iframe>'
        return web.Response(text=frame, content_type="text/html")

    app = web.Application()
    app.router.add_get("/", other)
    async with (
        serving(app, host="127.0.0.1", port=0) as elsewhere,
        visitor(chromium) as context,
    ):
        page = await context.new_page()
        await page.goto(f"{elsewhere}/?of=/video.mp4")
        await page.frames[1].wait_for_function("() => document.querySelector('video').duration > 1")
        await page.goto(f"{elsewhere}/?of=")
        assert await page.frames[1].locator("video").count() == 0
