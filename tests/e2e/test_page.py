"""From a command to the page: the link that a member can pass on."""

import aiohttp
import pytest

from storage.records import JobId
from tests.e2e.conftest import LONG_S, WORDS, Town


@pytest.fixture(autouse=True)
def _pages(monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int) -> None:
    """Talkie has pages, which the world reaches."""
    monkeypatch.setenv("TALKIE_PUBLIC_URL", f"http://127.0.0.1:{unused_tcp_port}")
    monkeypatch.setenv("TALKIE_WEB_PORT", str(unused_tcp_port))


async def test_a_finished_video_has_a_page_until_its_member_takes_it_back(town: Town) -> None:
    talkie = await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    standing = await talkie.services.jobs.own(town.mira.id, JobId(1))
    assert standing.video is not None
    url = talkie.services.videos.url_of(standing.video)
    assert url is not None
    async with aiohttp.ClientSession() as visitor:
        async with visitor.get(url) as page:
            assert page.status == 200
            assert WORDS in await page.text()
        async with visitor.get(f"{url}/video.mp4") as clip:
            assert clip.content_type == "video/mp4"
            original = talkie.services.deliveries.clip_of(standing.video)
            assert await clip.read() == original.read_bytes()
        async with visitor.get(f"{url}/poster-480.webp") as poster:
            assert poster.content_type == "image/webp"
        await talkie.services.videos.revoke(town.mira.id, JobId(1))
        for path in ("", "/video.mp4", "/poster-480.webp"):
            async with visitor.get(url + path) as gone:
                assert gone.status == 404


async def test_its_maker_ends_and_renews_a_link_by_buttons(town: Town) -> None:
    talkie = await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    shown = await town.discord.people.slash(town.mira, town.channel, "jobs", {"id": 1})
    [told] = await town.discord.observer.wait_for(lambda: shown.followups[:1], LONG_S)
    assert town.view(told).is_ephemeral

    async def url() -> str | None:
        standing = await talkie.services.jobs.own(town.mira.id, JobId(1))
        assert standing.video is not None
        return talkie.services.videos.url_of(standing.video)

    first = await url()
    assert first is not None
    assert first in town.view(told).text
    await town.stop()
    talkie = await town.start()
    await town.discord.people.click(town.mira, told, "End link")
    await town.until(told, lambda seen: "has no link" in seen.text)
    assert await url() is None
    await town.discord.people.click(town.mira, told, "New link")
    await town.until(told, lambda seen: "/v/" in seen.text)
    second = await url()
    assert second not in {None, first}
    assert str(second) in town.view(told).text
