"""The gallery on the web end to end: shared and decided on Discord, seen and reported in a page."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from storage.files import POSTER_WIDTHS
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.galleries import Place, opened, shared
from tests.e2e.results import press, whisper
from tests.fakes.discord.messages import Message

Visitor = aiohttp.ClientSession
LISTS = ["/", "/?order=top", "/feed.xml", "/feed.json"]


@pytest.fixture
async def visitor(
    town: Town, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> AsyncIterator[Visitor]:
    """Somebody with a browser, once Talkie is started."""
    origin = f"http://127.0.0.1:{unused_tcp_port}"
    monkeypatch.setenv("TALKIE_PUBLIC_URL", origin)
    monkeypatch.setenv("TALKIE_WEB_PORT", str(unused_tcp_port))
    async with aiohttp.ClientSession(origin) as session:
        yield session


async def slug_of(town: Town) -> str:
    (row,) = await town.rows("SELECT slug FROM video")
    return str(row["slug"])


async def seen(visitor: Visitor, town: Town, slug: str) -> list[str]:
    """Where a visitor still meets a video: the lists, its server's page and feed, its own page."""
    here = [f"/g/{town.guild.id}", f"/g/{town.guild.id}/feed.xml"]
    found = []
    for path in [*LISTS, *here, f"/v/{slug}", f"/v/{slug}/video.mp4"]:
        async with visitor.get(path) as answer:
            body = await answer.read()
            if answer.status < 400 and (slug.encode() in body or path.startswith("/v/")):
                found.append(path)
    return found


async def report(visitor: Visitor, slug: str) -> None:
    fields = {"reason": "likeness", "words": "my face"}
    async with visitor.post(f"/v/{slug}/report", data=fields) as answer:
        assert answer.status == 200
        assert "Thank you" in await answer.text()


async def heard(town: Town, place: Place) -> Message:
    message = await town.discord.observer.message(
        place.moderation, lambda view: "Report 1" in view.text, timeout_s=LONG_S
    )
    await town.until_row("SELECT 1 FROM complaint WHERE message_id > 0")
    return message


async def test_a_visitor_s_report_is_decided_on_discord_and_the_web_obeys_at_once(
    town: Town, visitor: Visitor
) -> None:
    place = await opened(town)
    await shared(place)
    slug = await slug_of(town)
    everywhere = await seen(visitor, town, slug)
    assert len(everywhere) == 8
    await report(visitor, slug)
    notice = await heard(town, place)
    view = town.view(notice)
    assert "A visitor" in view.text
    assert "my face" in view.text
    await press(town, notice, "Hide", place.moderator)
    await town.until(notice, lambda told: "is hidden" in told.text)
    assert await seen(visitor, town, slug) == []
    await press(town, notice, "Show again", place.moderator)
    await town.until(notice, lambda told: "stays as it is" in told.text)
    assert await seen(visitor, town, slug) == everywhere
    assert await town.broken_invariants() == []


async def test_what_is_done_on_discord_is_seen_on_the_web(town: Town, visitor: Visitor) -> None:
    place = await opened(town)
    card, post = await shared(place)
    slug = await slug_of(town)
    await report(visitor, slug)
    notice = await heard(town, place)
    await press(town, notice, "Dismiss", place.moderator)
    await town.until(notice, lambda told: "stays as it is" in told.text)
    await press(town, post, "Vote · 0", place.noa)
    await town.until_row("SELECT 1 FROM share WHERE votes = 1")
    async with visitor.get(f"/v/{slug}") as answer:
        page = await answer.text()
    assert "</span> 1<" in page
    assert town.mira.name not in page
    question = await whisper(town, await press(town, card, "Delete"))
    await press(town, question, "Delete for good")
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM video)")
    assert await seen(visitor, town, slug) == []
    assert await town.broken_invariants() == []


async def test_a_server_s_page_goes_with_the_bot_and_comes_back_with_it(
    town: Town, visitor: Visitor
) -> None:
    await shared(await opened(town))
    slug, world = await slug_of(town), town.discord.world
    everywhere = await seen(visitor, town, slug)
    assert len(everywhere) == 8
    world.remove_bot(town.guild)
    await town.until_row("SELECT 1 FROM guild WHERE has_left = 1")
    assert await seen(visitor, town, slug) == []
    async with visitor.get(f"/g/{town.guild.id}") as answer:
        assert answer.status == 404
    assert await town.broken_invariants() == []
    world.bring_bot(town.guild)
    await town.until_row("SELECT 1 FROM guild WHERE has_left = 0")
    assert await seen(visitor, town, slug) == everywhere
    await town.stop()
    world.remove_bot(town.guild)
    await town.start()
    await town.until_row("SELECT 1 FROM guild WHERE has_left = 1")
    assert await seen(visitor, town, slug) == []


async def test_the_posters_of_lists_are_there_before_the_first_visitor(town: Town) -> None:
    await shared(await opened(town))
    async with asyncio.timeout(LONG_S):
        while len(list((town.data / "videos").glob("*-*.webp"))) < len(POSTER_WIDTHS):  # noqa: ASYNC110 files do not ring
            await asyncio.sleep(0.05)
