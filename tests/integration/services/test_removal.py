"""Delete: everything goes but the receipt, for its maker and for moderators of its server."""

import asyncio
import hashlib
from pathlib import Path

import pytest
from PIL import Image

from bot.app import App
from bot.domain.request import Wish
from bot.errors import Code, UserError
from bot.services.broom import Broom
from storage import videos
from storage.files import POSTER_WIDTHS, small_poster
from storage.records import JobId, JobState, Mode
from tests.fakes.clock import Clock
from tests.integration.services import household
from tests.integration.services.household import JONAS, MIRA, a_source
from tests.integration.services.test_portraits import Cut, Killed

SLUG = "a" * 22
SECRET = "The unmistakable zebra waits."


def everything(data: Path) -> list[str]:
    return sorted(path.name for place in ("jobs", "videos") for path in (data / place).iterdir())


async def a_video(talkie: App, photo: Path, member: int = MIRA, guild: int | None = None) -> int:
    wish = Wish(mode=Mode.IMAGE, prompt=SECRET, first_image=a_source(photo))
    ticket = await household.asked(talkie, wish, member, guild=guild)
    await household.done(talkie, ticket.job)
    return ticket.job


async def test_file_poster_inputs_page_and_prompt_go_and_the_receipt_stays(
    talkie: App, photo: Path, data: Path
) -> None:
    ticket = await household.asked(
        talkie, Wish(mode=Mode.IMAGE, prompt=SECRET, first_image=a_source(photo))
    )
    video = await household.done(talkie, ticket.job)
    assert video.slug is not None
    (data / "videos" / small_poster(video.poster, 480)).write_bytes(b"a smaller copy")
    assert len(everything(data)) == 4
    ledger = await household.rows(talkie, "SELECT * FROM entry")
    removed = await talkie.services.removal.remove(MIRA, ticket.job)
    assert (removed.video is not None, removed.had_inputs, removed.maker) == (True, True, MIRA)
    assert everything(data) == []
    assert await talkie.parts.store.read(videos.by_slug(video.slug)) is None
    (standing,) = await talkie.services.jobs.mine(MIRA)
    assert standing.job.deleted_at is not None
    assert (standing.job.state, standing.job.prompt, standing.video) == (JobState.DONE, "", None)
    assert await household.rows(talkie, "SELECT * FROM entry") == ledger
    assert await household.rows(talkie, "SELECT * FROM leftover") == []
    assert await household.broken(talkie) == []


async def test_after_the_janitor_s_next_round_the_disk_holds_the_words_no_longer(
    talkie: App, photo: Path, data: Path
) -> None:
    def on_disk() -> set[str]:
        return {
            path.name for path in data.glob("talkie.db*") if SECRET.encode() in path.read_bytes()
        }

    job = await a_video(talkie, photo)
    assert on_disk()
    await talkie.services.removal.remove(MIRA, JobId(job))
    await talkie._janitor._round()
    assert on_disk() == set()


async def test_after_a_deletion_no_byte_of_clip_poster_or_inputs_is_left_anywhere(
    talkie: App, photo: Path, data: Path
) -> None:
    def on_disk(marks: dict[str, bytes]) -> set[str]:
        held = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
        return {name for name, mark in marks.items() if any(mark in content for content in held)}

    async def marked(number: int) -> tuple[int, dict[str, bytes]]:
        """A video whose files each hold bytes that nothing else holds."""
        job = await a_video(talkie, photo)
        video = await talkie.parts.store.read(videos.of_job(JobId(job)))
        assert video is not None
        (row,) = await household.rows(talkie, f"SELECT folder FROM job WHERE id = {job}")
        (drawn,) = (data / "jobs" / str(row["folder"])).iterdir()
        held = data / "videos"
        small = [small_poster(video.poster, width) for width in POSTER_WIDTHS]
        files = [drawn, *(held / name for name in (video.file, video.poster, *small))]
        marks = {}
        for path in files:
            mark = hashlib.sha256(f"{number} {path.name}".encode()).digest()
            path.write_bytes(bytes(5_000) + mark + bytes(5_000))
            marks[path.name] = mark
        return job, marks

    job, marks = await marked(1)
    _, others = await marked(2)
    words = {"prompt": SECRET.encode()}
    await household.execute(talkie, f"UPDATE job SET prompt = 'A kite.' WHERE id <> {job}")
    await household.execute(talkie, f"UPDATE version SET own = 'Kite.' WHERE job_id <> {job}")
    assert on_disk(marks | words) == {*marks, *words}
    await talkie.services.removal.remove(MIRA, JobId(job))
    await talkie._janitor._round()
    assert on_disk(marks | words) == set()
    assert on_disk(others) == set(others)
    assert (data / "talkie.db-wal").exists(), "the log is looked through as well"


async def test_only_the_maker_and_moderators_of_that_server_may_delete(
    talkie: App, photo: Path, data: Path
) -> None:
    job = JobId(await a_video(talkie, photo, guild=77))
    for member, moderated in ((JONAS, None), (JONAS, 78)):
        with pytest.raises(UserError) as caught:
            await talkie.services.removal.remove(member, job, moderated_guild=moderated)
        assert caught.value.code is Code.NOT_YOURS
    assert len(everything(data)) == 3
    await talkie.services.removal.remove(JONAS, job, moderated_guild=77)
    assert everything(data) == []


async def test_a_private_video_has_no_moderators(talkie: App, photo: Path) -> None:
    job = JobId(await a_video(talkie, photo))
    with pytest.raises(UserError) as caught:
        await talkie.services.removal.remove(JONAS, job, moderated_guild=77)
    assert caught.value.code is Code.NOT_YOURS


async def test_what_is_under_way_or_gone_already_is_not_deleted(talkie: App) -> None:
    ticket = await household.asked(talkie)
    with pytest.raises(UserError) as caught:
        await talkie.services.removal.remove(MIRA, ticket.job)
    assert caught.value.code is Code.JOB_UNFINISHED
    await talkie.services.jobs.cancel(MIRA, ticket.job)
    await talkie.services.removal.remove(MIRA, ticket.job)
    with pytest.raises(UserError) as caught:
        await talkie.services.removal.remove(MIRA, ticket.job)
    assert caught.value.code is Code.JOB_DELETED
    assert await household.broken(talkie) == []


async def killed_before_the_files(talkie: App, photo: Path) -> None:
    """A removal that got no further than its rows."""
    job = JobId(await a_video(talkie, photo))
    talkie.services.removal._broom = Cut(talkie.parts.store, talkie.parts.files)
    with pytest.raises(Killed):
        await talkie.services.removal.remove(MIRA, job)


async def test_a_kill_between_rows_and_files_is_made_good_by_the_next_start(
    data: Path, clock: Clock, photo: Path
) -> None:
    async with household.opened(data, clock) as talkie:
        await killed_before_the_files(talkie, photo)
        assert len(everything(data)) == 3
        assert await household.broken(talkie) == []
    async with household.opened(data, clock) as talkie:
        assert everything(data) == []
        assert await household.rows(talkie, "SELECT * FROM leftover") == []


async def test_a_kill_between_files_and_queue_is_made_good_as_well(
    data: Path, clock: Clock, photo: Path
) -> None:
    async with household.opened(data, clock) as talkie:
        await killed_before_the_files(talkie, photo)
        for path in (data / "videos").iterdir():
            path.unlink()
        assert await Broom(talkie.parts.store, talkie.parts.files).sweep()
        assert everything(data) == []


async def test_inputs_stay_as_long_as_their_video(data: Path, clock: Clock, photo: Path) -> None:
    async with household.opened(data, clock) as talkie:
        await a_video(talkie, photo)
    clock.advance(90 * 86_400)
    async with household.opened(data, clock) as talkie:
        await talkie._janitor._round()
        assert len(everything(data)) == 3
        assert [path.name for path in (data / "jobs").rglob("*.jpg")] == ["first.jpg"]


async def test_what_cannot_be_removed_keeps_nothing_else(
    talkie: App, photo: Path, data: Path
) -> None:
    await household.execute(talkie, "INSERT INTO leftover VALUES ('jobs', '../talkie.db')")
    job = await a_video(talkie, photo)
    await talkie.services.removal.remove(MIRA, JobId(job))
    assert everything(data) == []
    assert await household.rows(talkie, "SELECT name FROM leftover") == [{"name": "../talkie.db"}]


async def test_a_poster_that_is_made_smaller_meanwhile_leaves_no_copy(
    talkie: App, photo: Path, data: Path
) -> None:
    job = JobId(await a_video(talkie, photo))
    shown = await talkie.parts.store.read(videos.of_job(job))
    assert shown is not None
    assert shown.slug is not None
    await household.execute(talkie, f"UPDATE video SET slug = '{SLUG}'")

    async def look() -> None:
        async with talkie.services.videos.poster(SLUG, 480) as reading:
            assert reading is None

    async with talkie.services.videos._shrinking:
        visitor = asyncio.create_task(look())
        while not talkie.services.videos._shrinking._waiters:  # noqa: ASYNC110 nobody tells it
            await asyncio.sleep(0.01)
        await talkie.services.removal.remove(MIRA, job)
        # As if its bytes had been read just before.
        poster = data / "videos" / shown.poster
        Image.new("RGB", (896, 512)).save(poster, "JPEG")
    await visitor
    poster.unlink()
    assert everything(data) == []
