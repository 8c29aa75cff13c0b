"""Retention: how long a server keeps videos, who is told, and what a deletion leaves on disk."""

from dataclasses import replace
from pathlib import Path

from bot.app import App
from storage.exhibits import ErrandKind, Ground
from storage.records import JobId
from tests.fakes.clock import Clock
from tests.integration.services import household
from tests.integration.services.exhibits import HERE, SERVER, a_share, a_video, open_gallery
from tests.integration.services.household import JONAS, MIRA

DAY_S = 86_400


async def keep_for(talkie: App, days: int | None) -> None:
    await talkie.services.guilds.change(SERVER, lambda rules: replace(rules, retention_days=days))


async def left(talkie: App) -> list[int]:
    rows = await household.rows(talkie, "SELECT job_id FROM video ORDER BY job_id")
    return [int(str(row["job_id"])) for row in rows]


async def days_left(talkie: App, job: JobId) -> int | None:
    until = (await talkie.services.jobs.standing(job)).kept_until
    return None if until is None else round((until - talkie.parts.clock.now_ms()) / DAY_S / 1000)


async def test_a_video_goes_after_its_server_s_days_and_a_shared_one_stays(
    talkie: App, clock: Clock
) -> None:
    await keep_for(talkie, 30)
    plain, shared = await a_video(talkie), await a_share(talkie)
    private = await a_video(talkie, guild=None)
    assert await days_left(talkie, plain) == 30
    assert await days_left(talkie, shared) is None
    assert await days_left(talkie, private) is None
    clock.advance(30 * DAY_S - 60)
    await talkie._janitor._round()
    assert await left(talkie) == [plain, shared, private]
    clock.advance(60)
    await talkie._janitor._round()
    assert await left(talkie) == [shared, private]
    standing = await talkie.services.jobs.standing(plain)
    assert standing.job.deleted_at is not None
    assert await household.broken(talkie) == []


async def test_new_days_take_nothing_away_without_notice(talkie: App, clock: Clock) -> None:
    job = await a_video(talkie)
    clock.advance(100 * DAY_S)
    await keep_for(talkie, 10)
    assert await days_left(talkie, job) == 7
    clock.advance(6 * DAY_S)
    await talkie._janitor._round()
    assert await left(talkie) == [job]
    # More days, and the same again, start no new notice; none at all keep it.
    await keep_for(talkie, 20)
    clock.advance(1 * DAY_S)
    await keep_for(talkie, None)
    await talkie._janitor._round()
    assert await left(talkie) == [job]


async def test_what_is_taken_back_is_counted_anew(talkie: App, clock: Clock) -> None:
    await keep_for(talkie, 10)
    job = await a_share(talkie)
    clock.advance(100 * DAY_S)
    await talkie.services.gallery.unshare(MIRA, job, HERE)
    assert await days_left(talkie, job) == 10
    await talkie._janitor._round()
    assert await left(talkie) == [job]


async def test_only_who_wants_messages_is_reminded_and_once(talkie: App, clock: Clock) -> None:
    await keep_for(talkie, 30)
    job = await a_video(talkie)
    await a_video(talkie, member=JONAS)
    change = talkie.services.preferences.change
    await change(MIRA, lambda choices: replace(choices, dm_when_done=True))
    clock.advance(26 * DAY_S)
    await talkie._janitor._round()
    assert await talkie.services.errands.due() == []
    clock.advance(1 * DAY_S)
    await talkie._janitor._round()
    (chore,) = await talkie.services.errands.due()
    assert chore.errand.kind is ErrandKind.REMIND
    assert chore.leaving is not None
    assert (chore.leaving.job.id, chore.leaving.discord_id) == (job, MIRA)
    await talkie.services.errands.done(chore)
    talkie.services.errands.put_down(chore)
    await talkie._janitor._round()
    assert await talkie.services.errands.due() == []


async def test_after_a_deletion_the_disk_holds_neither_words_nor_clip(
    talkie: App, data: Path
) -> None:
    def on_disk(*wanted: str) -> set[tuple[str, str]]:
        return {
            (path.name, word)
            for path in data.rglob("*")
            if path.is_file()
            for word in wanted
            if word.encode() in path.read_bytes().lower()
        }

    await open_gallery(talkie)
    job = await a_share(talkie, "Unmistakable quokkas juggle xylophones.")
    for number in range(12):
        await a_share(talkie, f"Another kite, number {number}, above the quiet field.")
    share = await talkie.services.gallery.of_job(job)
    assert share is not None
    await talkie.services.gallery.vote(JONAS, share.id)
    await talkie.services.reports.report(JONAS, job, Ground.OTHER, "zzyzx is my street")
    words = ("unmistakable", "quokkas", "xylophones", "zzyzx", "mistak")
    assert on_disk("unmistakable", "quokkas", "zzyzx")
    clips = list((data / "videos").iterdir())
    await talkie.services.removal.remove(MIRA, job)
    assert len(clips) - len(list((data / "videos").iterdir())) == 2
    await talkie._janitor._round()
    assert on_disk(*words) == set()
    assert await household.broken(talkie) == []
