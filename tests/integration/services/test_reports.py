"""Reports: who hears of them, who decides, and what Hide, Dismiss and taking it back change."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import App
from bot.errors import Code, UserError
from bot.services.listings import Query
from bot.services.reports import LONGEST_WORDS, MOST_OF_PERSON, MOST_OF_VIDEO, Judge
from storage.exhibits import ComplaintState, Ground
from storage.records import JobId
from tests.fakes.clock import Clock
from tests.integration.services import household
from tests.integration.services.exhibits import (
    HERE,
    OTHER,
    SERVER,
    a_share,
    a_video,
    open_gallery,
)
from tests.integration.services.household import JONAS, MIRA

MODERATOR = Judge(discord_id=90, guild_id=SERVER)


async def reported(talkie: App, member: int | None, job: JobId) -> Code | None:
    try:
        await talkie.services.reports.report(member, job, Ground.OTHER)
    except UserError as refusal:
        return refusal.code
    return None


async def is_seen(talkie: App, job: JobId) -> list[bool]:
    """In the server's list, in every list, in a search, and on its page."""
    listing, slug = talkie.services.gallery.listing, f"page{job:018d}"
    pages = [
        await listing(query)
        for query in (Query(guild_id=SERVER, on_web=False), Query(), Query(search="kite"))
    ]
    listed = [job in [each.job.id for each in page.items] for page in pages]
    return [*listed, await talkie.services.videos.page(slug) is not None]


async def test_hide_takes_a_video_out_of_everything_and_unhide_brings_it_back(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    reports = talkie.services.reports
    complaint = await reports.report(JONAS, job, Ground.HATE, "look at the sign")
    assert await is_seen(talkie, job) == [True] * 4
    hidden = await reports.hide(MODERATOR, complaint)
    assert hidden.state is ComplaintState.HIDDEN
    assert await is_seen(talkie, job) == [False] * 4
    assert (await talkie.services.gallery.communities()).items == ()
    share = await talkie.services.gallery.of_job(job)
    assert share is not None
    with pytest.raises(UserError, match="not_shared"):
        await talkie.services.gallery.vote(JONAS, share.id)
    # Its maker cannot bring it back, neither so nor by sharing it anew.
    await talkie.services.gallery.unshare(MIRA, job, HERE)
    with pytest.raises(UserError, match="video_hidden"):
        await talkie.services.gallery.share(MIRA, job, HERE)
    assert await household.broken(talkie) == []
    await reports.unhide(MODERATOR, complaint)
    await talkie.services.gallery.share(MIRA, job, HERE)
    assert (await is_seen(talkie, job))[:3] == [True] * 3
    assert await household.broken(talkie) == []


async def test_dismiss_leaves_everything_as_it_is(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    complaint = await talkie.services.reports.report(JONAS, job, Ground.OTHER)
    dismissed = await talkie.services.reports.dismiss(MODERATOR, complaint)
    assert dismissed.state is ComplaintState.DISMISSED
    assert await is_seen(talkie, job) == [True] * 4
    with pytest.raises(UserError, match="report_closed"):
        await talkie.services.reports.dismiss(MODERATOR, complaint)
    # The other way round is open: moderators may change their minds.
    changed = await talkie.services.reports.hide(MODERATOR, complaint)
    assert changed.state is ComplaintState.HIDDEN
    assert await is_seen(talkie, job) == [False] * 4


async def test_a_second_report_of_a_hidden_video_does_not_keep_it_hidden(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    first = await talkie.services.reports.report(JONAS, job, Ground.OTHER)
    await talkie.services.reports.hide(MODERATOR, first)
    await talkie.services.reports.report(JONAS, job, Ground.LIKENESS)
    shown = await talkie.services.reports.unhide(MODERATOR, first)
    assert shown.state is ComplaintState.DISMISSED
    assert await is_seen(talkie, job) == [True] * 4
    assert await household.broken(talkie) == []


async def test_only_moderators_of_that_server_and_the_host_decide(talkie: App) -> None:
    job = await a_video(talkie)
    complaint = await talkie.services.reports.report(JONAS, job, Ground.OTHER)
    for judge in (
        Judge(discord_id=91, guild_id=OTHER),
        Judge(discord_id=91, guild_id=None),
    ):
        for decide in (talkie.services.reports.hide, talkie.services.reports.dismiss):
            with pytest.raises(UserError, match="moderators_only"):
                await decide(judge, complaint)
    host = Judge(discord_id=92, guild_id=None, is_host=True)
    assert (await talkie.services.reports.hide(host, complaint)).state is ComplaintState.HIDDEN


async def test_one_open_report_of_a_person_and_one_of_all_visitors(talkie: App) -> None:
    job = await a_video(talkie)
    outcomes = await asyncio.gather(*(reported(talkie, JONAS, job) for _ in range(3)))
    assert sorted(outcomes, key=str) == [None, *[Code.REPORTED_ALREADY] * 2]
    assert await reported(talkie, None, job) is None
    assert await reported(talkie, None, job) is Code.REPORTED_ALREADY
    assert len(await household.rows(talkie, "SELECT * FROM errand")) == 2


async def test_reports_are_limited_by_person_and_by_video(talkie: App, clock: Clock) -> None:
    jobs = [await a_video(talkie) for _ in range(2)]
    for member in range(100, 100 + MOST_OF_VIDEO):
        assert await reported(talkie, member, jobs[0]) is None
    assert await reported(talkie, 200, jobs[0]) is Code.REPORTS_TOO_MANY
    assert await reported(talkie, None, jobs[0]) is Code.REPORTS_TOO_MANY
    many = [await a_video(talkie) for _ in range(MOST_OF_PERSON)]
    assert [await reported(talkie, JONAS, job) for job in many] == [None] * MOST_OF_PERSON
    assert await reported(talkie, JONAS, jobs[1]) is Code.REPORTS_TOO_MANY
    clock.advance(3_601)
    assert await reported(talkie, JONAS, jobs[1]) is None


async def test_words_are_cut_and_lines_folded(talkie: App) -> None:
    job = await a_video(talkie)
    complaint = await talkie.services.reports.report(JONAS, job, Ground.OTHER, "a\n\n b" * 900)
    found = await talkie.services.reports.get(complaint)
    assert found is not None
    assert len(found.words) == LONGEST_WORDS
    assert found.words.startswith("a ba b")


async def test_what_does_not_exist_cannot_be_reported(talkie: App) -> None:
    ticket = await household.asked(talkie)
    assert await reported(talkie, JONAS, ticket.job) is Code.JOB_UNKNOWN
    assert await reported(talkie, JONAS, JobId(99)) is Code.JOB_UNKNOWN


async def test_a_deleted_video_takes_its_reports_along(talkie: App) -> None:
    job = await a_video(talkie)
    complaint = await talkie.services.reports.report(JONAS, job, Ground.OTHER, "ugly")
    await talkie.services.removal.remove(MIRA, job)
    assert await household.rows(talkie, "SELECT * FROM complaint") == []
    assert await household.rows(talkie, "SELECT * FROM errand") == []
    with pytest.raises(UserError, match="report_closed"):
        await talkie.services.reports.hide(MODERATOR, complaint)
    assert await household.broken(talkie) == []


async def test_moderating_elsewhere_gives_no_say_here(talkie: App) -> None:
    job = await a_video(talkie, guild=None)
    complaint = await talkie.services.reports.report(JONAS, job, Ground.OTHER)
    with pytest.raises(UserError, match="moderators_only"):
        await talkie.services.reports.hide(replace(MODERATOR, guild_id=None), complaint)


async def test_what_was_said_is_forgotten_thirty_days_after_the_decision(
    talkie: App, clock: Clock
) -> None:
    said = "SELECT words FROM complaint ORDER BY id"
    decided, waits = await a_share(talkie), await a_share(talkie)
    reports = talkie.services.reports
    complaint = await reports.report(JONAS, decided, Ground.HATE, "look at the sign")
    await reports.report(JONAS, waits, Ground.HATE, "look at this one")
    await reports.dismiss(MODERATOR, complaint)
    clock.advance(29 * 86_400)
    await talkie._janitor._round()
    assert [row["words"] for row in await household.rows(talkie, said)] == [
        "look at the sign",
        "look at this one",
    ]
    clock.advance(2 * 86_400)
    await talkie._janitor._round()
    assert [row["words"] for row in await household.rows(talkie, said)] == ["", "look at this one"]
    found = await reports.get(complaint)
    assert found is not None
    assert found.state is ComplaintState.DISMISSED
