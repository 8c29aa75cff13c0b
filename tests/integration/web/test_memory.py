"""What the media route remembers from one request to the next never outlives a write."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.services.bell import Bell
from bot.services.broom import Broom
from bot.services.removal import Removal
from bot.services.reports import Judge
from storage.database import Statement, single
from storage.exhibits import Ground
from storage.records import Video
from tests.fakes.exhibition import SERVER, hang, open_gallery, take_down
from tests.fakes.reel import OWNER, Reel
from tests.integration.web.asking import CONTENT, Guest, ask
from tests.integration.web.lists import the_404

Change = Callable[[Reel, Video], Awaitable[object]]
FILES = ["", "/video.mp4", "/poster.jpg", "/poster-480.webp"]


async def hide(shelf: Reel, video: Video) -> None:
    report = await shelf.reports.report(None, video.job_id, Ground.OTHER)
    await shelf.reports.hide(Judge(discord_id=OWNER, guild_id=SERVER), report)


async def remove(shelf: Reel, video: Video) -> None:
    # Only what has come to its end can be deleted.
    await shelf.store.write(
        single(
            Statement(
                "UPDATE job SET state = 'done', ended_at = 1 WHERE id = :job",
                {"job": video.job_id},
            )
        )
    )
    broom = Broom(shelf.store, shelf.files)
    await Removal(shelf.store, shelf.clock, broom, Bell()).remove(OWNER, video.job_id)


async def renew(shelf: Reel, video: Video) -> None:
    await shelf.videos.renew(OWNER, video.job_id)


async def revoke(shelf: Reel, video: Video) -> None:
    await shelf.videos.revoke(OWNER, video.job_id)


@pytest.mark.parametrize("change", [hide, take_down, remove])
async def test_a_shared_video_that_was_just_watched_is_gone_with_the_next_request(
    guest: Guest, shelf: Reel, change: Change
) -> None:
    await open_gallery(shelf)
    await gone_after(guest, shelf, await hang(shelf, content=CONTENT), change)


@pytest.mark.parametrize("change", [hide, remove, renew, revoke])
async def test_a_private_video_that_was_just_watched_is_gone_with_the_next_request(
    guest: Guest, shelf: Reel, change: Change
) -> None:
    await gone_after(guest, shelf, await shelf.add(content=CONTENT, guild_id=SERVER), change)


async def gone_after(guest: Guest, shelf: Reel, video: Video, change: Change) -> None:
    for file in FILES * 2:
        assert (await ask(guest, f"/v/{video.slug}{file}"))[0] == 200
    await change(shelf, video)
    for file in FILES:
        lost = await the_404(guest, f"/v/{'u' * 22}{file}")
        assert await the_404(guest, f"/v/{video.slug}{file}") == lost


async def test_nobody_who_asks_after_a_hide_sees_the_video_however_many_ask(
    guest: Guest, shelf: Reel
) -> None:
    await open_gallery(shelf)
    video, asking = await hang(shelf, content=CONTENT), True
    path = f"/v/{video.slug}/video.mp4"

    async def look_on() -> list[int]:
        seen = []
        while asking:
            seen.append((await ask(guest, path, Range="bytes=0-9"))[0])
        return seen

    crowd = [asyncio.create_task(look_on()) for _ in range(8)]
    await ask(guest, path)
    await hide(shelf, video)
    after = [(await ask(guest, path, Range="bytes=0-9"))[0] for _ in range(20)]
    asking = False
    assert set(after) == {404}
    for seen in await asyncio.gather(*crowd):
        assert seen == sorted(seen)
        assert set(seen) <= {206, 404}


async def test_parts_ask_the_database_once_while_nothing_is_written(shelf: Reel) -> None:
    video = await shelf.add(content=CONTENT)
    first, *others = [await shelf.videos.page(str(video.slug)) for _ in range(3)]
    assert first is not None
    assert all(each is first for each in others)
    await renew(shelf, await shelf.add(content=b"x"))
    again = await shelf.videos.page(str(video.slug))
    assert again is not first
    assert again == first
