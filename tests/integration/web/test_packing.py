"""Text is compressed where the visitor takes that, and only then; media never are."""

import gzip
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.fakes import reel
from tests.fakes.exhibition import hang, open_gallery
from tests.fakes.markup import Read
from tests.fakes.reel import Reel
from tests.integration.web.asking import Guest, Hurried, ask


@pytest.fixture
async def guest(shelf: Reel) -> AsyncIterator[Guest]:
    """Somebody who gets to see the bytes as they come."""
    async with (
        reel.shown(shelf, Hurried()) as origin,
        aiohttp.ClientSession(origin, auto_decompress=False) as session,
    ):
        yield session


async def test_every_text_comes_packed_or_not_as_it_is_asked_for(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    video = await hang(shelf, prompt="\u51e7\u304c\u98db\u3076\u3002" * 60)
    _, home, _ = await ask(guest, "/", Accept_Encoding="identity")
    page = Read(home.decode())
    own = [each["href"] for each in page.all("link") if each["rel"] in {"stylesheet", "icon"}]
    scripts = [each["src"] for each in page.all("script")]
    for path in ("/", f"/v/{video.slug}", "/feed.xml", "/feed.json", *own, *scripts):
        status, plain, told = await ask(guest, path, Accept_Encoding="identity")
        assert (status, told["Vary"], "Content-Encoding" in told) == (200, "Accept-Encoding", False)
        status, packed, told = await ask(guest, path, Accept_Encoding="br, gzip")
        assert (status, told["Vary"], told["Content-Encoding"]) == (200, "Accept-Encoding", "gzip")
        assert gzip.decompress(packed) == plain
        assert len(packed) < len(plain)
        assert told["Content-Length"] == str(len(packed))
        head = await ask(guest, path, "HEAD", Accept_Encoding="gzip")
        assert (head[1], head[2]["Content-Length"]) == (b"", told["Content-Length"])
        status, empty, bare = await ask(
            guest, path, Accept_Encoding="gzip", If_None_Match=told["ETag"]
        )
        assert (status, empty, bare["Vary"]) == (304, b"", "Accept-Encoding")
        assert bare["ETag"].startswith("W/")


@pytest.mark.parametrize(
    ("wish", "is_packed"),
    [
        ("gzip", True),
        ("GZIP;q=0.5, deflate", True),
        ("*", True),
        ("*;q=0, gzip;q=1", True),
        ("*, gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("deflate, br", False),
        ("", False),
        ("gzipped", False),
    ],
)
async def test_only_who_takes_gzip_gets_it(guest: Guest, wish: str, is_packed: bool) -> None:
    _, _, told = await ask(guest, "/", Accept_Encoding=wish)
    assert ("Content-Encoding" in told) == is_packed


async def test_media_and_a_few_words_are_never_packed(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    video = await hang(shelf, content=b"x" * 5_000)
    for path in ("video.mp4", "poster.jpg", "poster-480.webp"):
        _, _, told = await ask(guest, f"/v/{video.slug}/{path}", Accept_Encoding="gzip")
        assert "Content-Encoding" not in told
    assert "Content-Encoding" not in (await ask(guest, "/live", Accept_Encoding="gzip"))[2]
