import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import Code, UserError
from bot.services.bell import Bell
from bot.services.broom import Broom
from bot.services.removal import Removal
from bot.services.retention import Retention
from bot.worker.janitor import Janitor
from storage import videos
from storage.records import JobId, Video
from tests.fakes import reel
from tests.fakes.clock import Clock
from tests.fakes.reel import OWNER, PUBLIC, Reel


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Reel]:
    async with reel.opened(tmp_path / "data") as opened:
        yield opened


async def of_job(shelf: Reel, job: JobId) -> Video:
    video = await shelf.store.read(videos.of_job(job))
    assert video is not None
    return video


async def test_the_link_of_a_video_leads_to_its_page(shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    assert shelf.videos.url_of(video) == f"{PUBLIC}/v/{video.slug}"
    assert video.slug is not None
    page = await shelf.videos.page(video.slug)
    assert page is not None
    assert (page.video, page.job.id) == (video, video.job_id)


async def test_where_the_web_cannot_be_reached_there_are_no_links(tmp_path: Path) -> None:
    async with reel.opened(tmp_path / "data", public_url=None) as shelf:
        assert shelf.videos.url_of(await shelf.add(content=b"x")) is None


async def test_a_link_that_was_taken_back_leads_nowhere_and_the_video_stays(shelf: Reel) -> None:
    video, other = await shelf.add(content=b"x"), await shelf.add(content=b"x")
    assert video.slug is not None
    assert other.slug is not None
    await shelf.videos.revoke(OWNER, video.job_id)
    assert await shelf.videos.page(video.slug) is None
    async with shelf.videos.clip(video.slug) as reading:
        assert reading is None
    revoked = await of_job(shelf, video.job_id)
    assert revoked.slug is None
    assert shelf.videos.url_of(revoked) is None
    assert (shelf.files.videos / revoked.file).exists()
    assert await shelf.videos.page(other.slug) is not None
    await shelf.videos.revoke(OWNER, other.job_id)


async def test_a_new_link_replaces_the_old_one(shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    assert video.slug is not None
    links = {await shelf.videos.renew(OWNER, video.job_id) for _ in range(3)}
    assert len(links) == 3
    assert await shelf.videos.page(video.slug) is None
    renewed = await of_job(shelf, video.job_id)
    assert shelf.videos.url_of(renewed) in links
    assert renewed.slug is not None
    assert len(renewed.slug) == 22
    assert await shelf.videos.page(renewed.slug) is not None


async def test_only_the_owner_decides_about_a_link(shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    for stranger in (OWNER + 1, 0):
        with pytest.raises(UserError) as refused:
            await shelf.videos.revoke(stranger, video.job_id)
        assert refused.value.code is Code.NOT_YOURS
        with pytest.raises(UserError):
            await shelf.videos.renew(stranger, video.job_id)
    with pytest.raises(UserError) as unknown:
        await shelf.videos.revoke(OWNER, JobId(999))
    assert unknown.value.code is Code.JOB_UNKNOWN
    assert await of_job(shelf, video.job_id) == video


async def test_small_posters_live_and_die_with_their_poster(shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    assert video.slug is not None
    show = shelf.videos.poster
    async with show(video.slug, 480) as small, show(video.slug) as own:
        assert small is not None
        assert own is not None
        assert 0 < len(small.file.read()) < len(own.file.read())
    (shelf.files.videos / f"{'0' * 26}-480.webp").write_bytes(b"left over")
    clock, broom = Clock(), Broom(shelf.store, shelf.files)
    removal = Removal(shelf.store, clock, broom, Bell())
    janitor = Janitor(
        store=shelf.store,
        files=shelf.files,
        clock=clock,
        broom=broom,
        retention=Retention(shelf.store, clock, removal, Bell()),
        stopping=asyncio.Event(),
    )
    assert await janitor.sweep_orphans() == 1
    stem = Path(video.poster).stem
    kept = {path.name for path in shelf.files.videos.iterdir()}
    assert kept == {video.file, video.poster, f"{stem}-480.webp"}


async def test_a_poster_that_cannot_be_read_is_no_poster_and_one_line_of_log(
    shelf: Reel, caplog: pytest.LogCaptureFixture
) -> None:
    video = await shelf.add(content=b"x")
    assert video.slug is not None
    (shelf.files.videos / video.poster).write_bytes(b"no picture")
    async with shelf.videos.poster(video.slug, 480) as reading:
        assert reading is None
    assert [each.message for each in caplog.records] == ["file of a video cannot be read"]
    assert not list(shelf.files.videos.glob("*.webp"))


async def test_no_poster_is_made_in_a_width_that_no_slot_has(shelf: Reel) -> None:
    video = await shelf.add(content=b"x")
    assert video.slug is not None
    for width in (0, 1, 479, 9999):
        async with shelf.videos.poster(video.slug, width) as reading:
            assert reading is None
    assert not list(shelf.files.videos.glob("*.webp"))
