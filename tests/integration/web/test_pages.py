import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.domain.shapes import Shape
from bot.web.keys import Lane
from bot.web.limits import LONGEST_PATH, LONGEST_QUERY, RATES
from bot.web.pages import POLICY, WITH_SCRIPT
from storage.records import Mode, Video
from tests.fakes import reel
from tests.fakes.markup import Read
from tests.fakes.reel import PUBLIC, Reel

Visitor = aiohttp.ClientSession
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
METHODS = ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]
HOSTILE = (
    """<script>alert(1)</script> "quoted" 'single' & </title><img src=x onerror=y> {{ 7 * 7 }}"""
)


class Told:
    """Seconds as they are told."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Told:
    return Told()


@pytest.fixture
async def visitor(shelf: Reel, clock: Told) -> AsyncIterator[Visitor]:
    async with reel.shown(shelf, clock) as origin, aiohttp.ClientSession(origin) as session:
        yield session


@asynccontextmanager
async def visiting(folder: Path, public_url: str | None) -> AsyncIterator[tuple[Visitor, Video]]:
    async with reel.opened(folder, public_url=public_url) as shelf:
        video = await shelf.add(content=b"x")
        async with reel.shown(shelf) as origin, aiohttp.ClientSession(origin) as session:
            yield session, video


async def read(
    visitor: Visitor, path: str, status: int = 200
) -> tuple[Read, aiohttp.ClientResponse]:
    async with visitor.get(path, headers=BROWSER) as answer:
        assert answer.status == status
        assert answer.content_type == "text/html"
        return Read(await answer.text()), answer


async def test_the_page_shows_the_clip_and_how_it_was_made(visitor: Visitor, shelf: Reel) -> None:
    video = await shelf.add(Shape.TALL, content=b"x", prompt="An owl reads. It turns a page.")
    page, answer = await read(visitor, f"/v/{video.slug}")
    (player,) = page.all("video")
    assert {"controls", "autoplay", "muted", "playsinline"} <= set(player)
    assert (player["width"], player["height"]) == ("512", "896")
    assert player["poster"] == f"/v/{video.slug}/poster-960.webp"
    assert page.all("source") == [{"src": f"/v/{video.slug}/video.mp4", "type": "video/mp4"}]
    for words in (
        "AI-generated", "An owl reads.", "It turns a page.", "9:16", "512 by 896", "5.0 s",
        "Ltx2_3_22B_Dist_INT8", "Make your own", "Report this video",
        "/video prompt:An owl reads. It turns a page. shape:9:16 seconds:5 seed:7",
    ):  # fmt: skip
        assert words in page.words
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert page.meta()["robots"] == "noindex"


@pytest.mark.parametrize(
    ("mode", "command"),
    [
        (Mode.IMAGE, "/animate prompt:Rain. seconds:5 seed:7"),
        (Mode.AUDIO, "/talk prompt:Rain. seed:7"),
    ],
)
async def test_make_your_own_names_the_command_of_the_mode(
    visitor: Visitor, shelf: Reel, mode: Mode, command: str
) -> None:
    video = await shelf.add(content=b"x", mode=mode, prompt="Rain.")
    page, _ = await read(visitor, f"/v/{video.slug}")
    assert command in page.words
    assert "take one of your own" in page.words


async def test_a_prompt_is_shown_as_it_was_written_and_never_as_html(
    visitor: Visitor, shelf: Reel
) -> None:
    video = await shelf.add(content=b"x", prompt=HOSTILE)
    page, _ = await read(visitor, f"/v/{video.slug}")
    assert [each for each in page.all("script") if "src" not in each] == []
    assert [each for each in page.all("img") if "onerror" in each] == []
    assert HOSTILE in page.words
    assert page.meta()["og:title"].startswith("<script>alert(1)</script>")


async def test_programs_are_told_where_the_clip_is(visitor: Visitor, shelf: Reel) -> None:
    video = await shelf.add(Shape.CINEMATIC, content=b"x", prompt="Rain on a roof.")
    page, _ = await read(visitor, f"/v/{video.slug}")
    url, told = f"{PUBLIC}/v/{video.slug}", page.meta()
    assert told["og:url"] == url == shelf.videos.url_of(video)
    assert told["og:type"] == "video.other"
    assert told["og:title"] == "Rain on a roof."
    assert told["og:video"] == told["og:video:secure_url"] == f"{url}/video.mp4"
    assert told["og:video:type"] == "video/mp4"
    assert (told["og:video:width"], told["og:video:height"]) == ("960", "416")
    assert told["og:image"] == f"{url}/poster.jpg"
    assert (told["og:image:width"], told["og:image:height"]) == ("960", "416")
    assert told["twitter:card"] == "player"
    assert told["twitter:player:stream"] == f"{url}/video.mp4"
    (discovery,) = [each for each in page.all("link") if each["rel"] == "alternate"]
    parts = urlsplit(discovery["href"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{PUBLIC}/oembed"
    assert parse_qs(parts.query) == {"url": [url]}
    async with visitor.get("/oembed", params={"url": url}) as answer:
        assert answer.content_type == "application/json"
        card = await answer.json()
    assert card["version"] == "1.0"
    assert card["type"] == "video"
    assert (card["width"], card["height"]) == (960, 416)
    assert (card["thumbnail_width"], card["thumbnail_height"]) == (480, 208)
    assert f'src="{url}/video.mp4"' in card["html"]


async def test_a_card_is_as_small_as_it_is_wanted(visitor: Visitor, shelf: Reel) -> None:
    video = await shelf.add(Shape.SQUARE, content=b"x")
    url = f"{PUBLIC}/v/{video.slug}"
    wanted = {"url": url, "maxwidth": "300", "maxheight": "200"}
    async with visitor.get("/oembed", params=wanted) as answer:
        card = json.loads(await answer.text())
    assert (card["width"], card["height"]) == (200, 200)
    for odd in ("-1", "0", "x", "9" * 30, "\u0663"):
        async with visitor.get("/oembed", params={**wanted, "maxwidth": odd}) as answer:
            assert (await answer.json())["width"] == 200


@pytest.mark.parametrize(
    "url",
    ["", "https://elsewhere.example/v/SLUG", f"{PUBLIC}/SLUG", f"{PUBLIC}/v/SLUG/video.mp4",
     f"{PUBLIC}.evil.example/v/SLUG", f"{PUBLIC}/v/{'u' * 22}", "http://talkie.example.com/v/SLUG"],
)  # fmt: skip
async def test_only_our_own_pages_have_cards(visitor: Visitor, shelf: Reel, url: str) -> None:
    video = await shelf.add(content=b"x")
    async with visitor.get(
        "/oembed", params={"url": url.replace("SLUG", str(video.slug))}
    ) as answer:
        assert (answer.status, await answer.text()) == (404, '{"error": "not_found"}')
    async with visitor.get("/oembed", params={"url": url, "format": "xml"}) as answer:
        assert answer.status == 501


async def test_without_a_public_address_nothing_points_to_one(tmp_path: Path) -> None:
    async with visiting(tmp_path / "data", None) as (visitor, video):
        page, answer = await read(visitor, f"/v/{video.slug}")
        assert not [name for name in page.meta() if name.startswith(("og:", "twitter:"))]
        assert "Strict-Transport-Security" not in answer.headers
        async with visitor.get("/oembed", params={"url": f"None/v/{video.slug}"}) as card:
            assert card.status == 404


@pytest.mark.parametrize("path", ["", "/video.mp4", "/poster.jpg"])
async def test_https_is_asked_for_only_where_the_world_has_it(tmp_path: Path, path: str) -> None:
    for url, has_it in ((PUBLIC, True), ("http://127.0.0.1:8080", False)):
        async with (
            visiting(tmp_path / str(has_it), url) as (visitor, video),
            visitor.get(f"/v/{video.slug}{path}") as answer,
        ):
            assert ("Strict-Transport-Security" in answer.headers) == has_it


async def test_a_page_is_strict_sets_no_cookie_and_stays_small(
    visitor: Visitor, shelf: Reel
) -> None:
    video = await shelf.add(content=b"x", prompt="word " * 800)
    page, answer = await read(visitor, f"/v/{video.slug}")
    assert answer.headers["Content-Security-Policy"] == WITH_SCRIPT
    assert "script" not in POLICY
    assert "unsafe" not in WITH_SCRIPT
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    assert not [each for _, each in page.elements if "style" in each or "onclick" in each]
    bare = {**BROWSER, "Accept-Encoding": "identity"}
    async with visitor.get(answer.url.path, headers=bare) as plain:
        size = len(await plain.read())
    own = [each["href"] for each in page.all("link") if each["rel"] in {"stylesheet", "icon"}]
    for path in (*own, *(each["src"] for each in page.all("script"))):
        async with visitor.get(path) as file:
            assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            size += len(await file.read())
    assert size <= 60_000


async def test_a_page_that_has_not_changed_is_not_sent_again(visitor: Visitor, shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    _, first = await read(visitor, f"/v/{video.slug}")
    etag = first.headers["ETag"]
    for known, status in (
        (etag, 304),
        (etag.removeprefix("W/"), 304),
        ("*", 304),
        ('"other"', 200),
    ):
        async with visitor.get(f"/v/{video.slug}", headers={"If-None-Match": known}) as answer:
            assert answer.status == status
            assert answer.headers["ETag"] == etag
            assert (await answer.read() == b"") == (status == 304)
    async with visitor.head(f"/v/{video.slug}") as head:
        assert (head.status, await head.read()) == (200, b"")
        assert head.headers["Content-Length"] == first.headers["Content-Length"]


async def test_static_files_are_known_by_their_content_alone(visitor: Visitor) -> None:
    page, _ = await read(visitor, "/nothing", 404)
    (style,) = [each["href"] for each in page.all("link") if each["rel"] == "stylesheet"]
    assert re.fullmatch(r"/static/style\.[0-9a-f]{12}\.css", style)
    async with visitor.get(style) as answer:
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
        etag = answer.headers["ETag"]
    async with visitor.get(style, headers={"If-None-Match": etag}) as answer:
        assert answer.status == 304
    for other in ("style.css", "style.000000000000.css", "../app.py", "base.html"):
        async with visitor.get(f"/static/{other}") as answer:
            assert answer.status == 404
    async with visitor.get("/robots.txt") as answer:
        assert await answer.text() == "User-agent: *\nDisallow:\n"


async def test_browsers_get_refusals_as_pages_and_all_others_in_a_word(visitor: Visitor) -> None:
    page, answer = await read(visitor, "/nothing", 404)
    assert "Nothing to see here" in page.words
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    async with visitor.get("/nothing", headers={"Accept": "application/json"}) as answer:
        assert await answer.text() == '{"error": "not_found"}'
    async with visitor.post("/v/x", headers=BROWSER) as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD")
        assert "Not like that" in Read(await answer.text()).words


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/v/x", "/v/x/video.mp4", "/oembed", "/robots.txt", "/static/x"])
async def test_pages_are_only_read(visitor: Visitor, method: str, path: str) -> None:
    async with visitor.request(method, path) as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD")


async def test_addresses_longer_than_any_of_ours_are_refused(visitor: Visitor) -> None:
    for path in (f"/{'a' * LONGEST_PATH}", f"/oembed?url={'a' * LONGEST_QUERY}"):
        async with visitor.get(path) as answer:
            assert (answer.status, await answer.text()) == (414, '{"error": "too_long"}')
        await read(visitor, path, 414)


async def test_who_asks_too_often_is_told_when_to_come_back(
    visitor: Visitor, shelf: Reel, clock: Told
) -> None:
    video = await shelf.add(content=b"x")
    burst = int(RATES[Lane.PAGES].burst)
    for number in range(burst):
        async with visitor.get(f"/v/{video.slug}" if number % 2 else "/nothing") as answer:
            assert answer.status == (200 if number % 2 else 404)
    page, answer = await read(visitor, f"/v/{video.slug}", 429)
    assert "One moment" in page.words
    assert answer.headers["Retry-After"] == "1"
    for free in (f"/v/{video.slug}/video.mp4", "/live", "/robots.txt"):
        async with visitor.get(free) as answer:
            assert answer.status == 200
    async with visitor.post("/hooks/deapi/some_unguessable_token", data=b"{}") as answer:
        assert answer.status == 404
    async with visitor.get("/nothing", headers={"X-Forwarded-For": "203.0.114.9"}) as answer:
        assert answer.status == 404
    clock.now_s += 1
    await read(visitor, f"/v/{video.slug}")
    await read(visitor, f"/v/{video.slug}", 429)
