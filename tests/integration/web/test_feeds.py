"""The feeds, as their readers read them."""

import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import aiohttp
import pytest

from tests.fakes import reel
from tests.fakes.exhibition import NAME, OTHER, SERVER, hang, open_gallery
from tests.fakes.reel import PUBLIC, Reel
from tests.integration.web.asking import Guest, ask

HOSTILE = "A \x08]]> <kite> & \ufffe \u202e \U0001fa81."

A_WHILE_S = 600
"""It was shared a moment before it is asked for, however busy the machine is."""


@pytest.mark.parametrize(("path", "title"), [("", "Made with Talkie"), (f"/g/{SERVER}", NAME)])
async def test_rss_says_what_was_shared_last(
    guest: Guest, shelf: Reel, path: str, title: str
) -> None:
    await open_gallery(shelf)
    video = await hang(shelf, prompt=HOSTILE, content=b"12345", name="Mira & Co")
    status, body, headers = await ask(guest, f"{path}/feed.xml")
    assert (status, headers["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    channel = ET.fromstring(body)[0]
    assert channel.findtext("title") == title
    assert channel.findtext("link") == PUBLIC + (path or "/")
    (item,) = channel.findall("item")
    assert item.findtext("description") == "A \ufffd]]> <kite> & \ufffd \u202e \U0001fa81."
    assert item.findtext("guid") == item.findtext("link") == f"{PUBLIC}/v/{video.slug}"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Mira & Co"
    assert (
        0
        <= shelf.clock.now_ms() / 1000
        - parsedate_to_datetime(item.findtext("pubDate") or "").timestamp()
        < A_WHILE_S
    )
    (enclosure,) = item.findall("enclosure")
    assert enclosure.attrib == {
        "url": f"{PUBLIC}/v/{video.slug}/video.mp4",
        "length": "5",
        "type": "video/mp4",
    }
    assert (await ask(guest, f"/v/{video.slug}/video.mp4"))[1] == b"12345"


@pytest.mark.parametrize("path", ["", f"/g/{SERVER}"])
async def test_json_feed_says_the_same(guest: Guest, shelf: Reel, path: str) -> None:
    await open_gallery(shelf)
    first, second = await hang(shelf, prompt="An owl."), await hang(shelf, prompt="A kite.")
    status, body, headers = await ask(guest, f"{path}/feed.json")
    assert (status, headers["Content-Type"]) == (200, "application/feed+json; charset=utf-8")
    told = json.loads(body)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{PUBLIC}{path}/feed.json"
    links = [item["url"] for item in told["items"]]
    assert links == [f"{PUBLIC}/v/{video.slug}" for video in (second, first)]
    assert told["items"][0]["content_text"] == "A kite."
    assert (
        0
        <= shelf.clock.now_ms() / 1000
        - datetime.fromisoformat(told["items"][0]["date_published"]).timestamp()
        < A_WHILE_S
    )
    assert "authors" not in told["items"][0]
    assert told["items"][0]["attachments"][0]["size_in_bytes"] == 1


async def test_a_feed_holds_its_own_server_alone(guest: Guest, shelf: Reel) -> None:
    await open_gallery(shelf)
    await open_gallery(shelf, guild=OTHER, name="Owl Club")
    await hang(shelf)
    for kind in ("xml", "json"):
        assert b"/v/" not in (await ask(guest, f"/g/{OTHER}/feed.{kind}"))[1]
        assert b"/v/" in (await ask(guest, f"/feed.{kind}"))[1]


async def test_without_a_public_address_there_are_no_feeds(tmp_path: Path) -> None:
    async with reel.opened(tmp_path / "data", public_url=None) as shelf:
        await open_gallery(shelf)
        await hang(shelf)
        async with reel.shown(shelf) as origin, aiohttp.ClientSession(origin) as guest:
            assert (await ask(guest, "/feed.xml"))[0] == 404
            status, page, _ = await ask(guest, "/")
            assert status == 200
            assert b"feed" not in page
