"""The gallery: who may share, what lists show, how votes count, and what goes with a video."""

import asyncio
import unicodedata
from dataclasses import replace

import pytest

from bot.app import App
from bot.domain.shapes import Shape
from bot.errors import Code, UserError
from bot.services.gallery import Here
from bot.services.listings import Page, Period, Query
from storage.belongings import Gallery
from storage.exhibits import Order, ShareId
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

ON_DISCORD = Query(guild_id=SERVER, on_web=False)


def jobs_on(page: Page) -> list[JobId]:
    return [each.job.id for each in page.items]


async def listed(talkie: App, query: Query) -> list[JobId]:
    return jobs_on(await talkie.services.gallery.listing(query))


async def refused(talkie: App, member: int, job: JobId, here: Here) -> Code:
    with pytest.raises(UserError) as caught:
        await talkie.services.gallery.share(member, job, here)
    return caught.value.code


async def share_of(talkie: App, job: JobId) -> ShareId:
    share = await talkie.services.gallery.of_job(job)
    assert share is not None
    return share.id


@pytest.mark.parametrize("openness", [Gallery.DISCORD, Gallery.PUBLIC])
async def test_a_shared_video_is_listed_where_its_server_allows_it(
    talkie: App, openness: Gallery
) -> None:
    await open_gallery(talkie, openness)
    job = await a_share(talkie)
    on_web = [job] if openness is Gallery.PUBLIC else []
    assert await listed(talkie, ON_DISCORD) == [job]
    assert await listed(talkie, Query()) == on_web
    assert await listed(talkie, Query(guild_id=SERVER)) == on_web
    assert await listed(talkie, Query(search="kite")) == on_web
    assert await listed(talkie, Query(guild_id=OTHER)) == []
    video = await talkie.services.gallery.public_video(f"page{job:018d}")
    assert (video is not None) == bool(on_web)
    communities = (await talkie.services.gallery.communities()).items
    names = [(each.name, each.videos) for each in communities]
    assert names == [("Kite Club", 1)] * len(on_web)
    assert await household.broken(talkie) == []


async def test_only_its_maker_or_a_moderator_of_its_server_may_share_it(talkie: App) -> None:
    job = await a_video(talkie)
    elsewhere = replace(HERE, guild_id=OTHER, moderates=True)
    assert await refused(talkie, JONAS, job, HERE) is Code.NOT_YOURS
    assert await refused(talkie, JONAS, job, elsewhere) is Code.NOT_YOURS
    assert await refused(talkie, MIRA, job, elsewhere) is Code.SHARE_ELSEWHERE
    assert await refused(talkie, MIRA, job, Here(guild_id=None)) is Code.SHARE_ELSEWHERE
    assert await listed(talkie, ON_DISCORD) == []
    shared = await talkie.services.gallery.share(JONAS, job, replace(HERE, moderates=True))
    assert shared.is_new
    with pytest.raises(UserError, match="not_yours"):
        await talkie.services.gallery.unshare(JONAS, job, HERE)
    # Its maker may take it back from wherever they are.
    await talkie.services.gallery.unshare(MIRA, job, Here(guild_id=None))
    assert await listed(talkie, ON_DISCORD) == []


async def test_a_video_made_in_private_is_shared_nowhere(talkie: App) -> None:
    job = await a_video(talkie, guild=None)
    assert await refused(talkie, MIRA, job, HERE) is Code.SHARE_ELSEWHERE
    assert await refused(talkie, MIRA, job, Here(guild_id=None)) is Code.SHARE_ELSEWHERE


async def test_a_closed_gallery_takes_and_shows_nothing(talkie: App) -> None:
    job, other = await a_share(talkie), await a_video(talkie)
    await open_gallery(talkie, Gallery.OFF)
    assert await refused(talkie, MIRA, other, HERE) is Code.GALLERY_OFF
    with pytest.raises(UserError, match="gallery_off"):
        await talkie.services.gallery.listing(ON_DISCORD)
    await open_gallery(talkie, Gallery.DISCORD)
    assert await listed(talkie, ON_DISCORD) == [job]


async def test_shared_twice_at_once_is_shared_once(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_video(talkie)
    share = talkie.services.gallery.share
    outcomes = await asyncio.gather(*(share(MIRA, job, HERE) for _ in range(5)))
    assert sorted(each.is_new for each in outcomes) == [False] * 4 + [True]
    assert len(await household.rows(talkie, "SELECT * FROM errand")) == 1
    assert await household.broken(talkie) == []


async def test_what_was_shared_before_the_page_was_public_stays_on_discord(talkie: App) -> None:
    await open_gallery(talkie, Gallery.DISCORD)
    early = await a_share(talkie)
    await open_gallery(talkie, Gallery.PUBLIC)
    late = await a_share(talkie)
    assert await listed(talkie, Query(guild_id=SERVER)) == [late]
    assert await listed(talkie, ON_DISCORD) == [late, early]
    await open_gallery(talkie, Gallery.DISCORD)
    assert await listed(talkie, Query()) == await listed(talkie, Query(search="kite")) == []
    assert (await talkie.services.gallery.communities()).items == ()
    assert await talkie.services.gallery.community(SERVER) is None
    await open_gallery(talkie, Gallery.PUBLIC)
    assert await listed(talkie, Query()) == [late]
    assert await household.broken(talkie) == []


async def test_what_is_for_adults_never_reaches_a_public_page(talkie: App) -> None:
    await open_gallery(talkie)
    made_there = await a_share(talkie, adult=True)
    shared_there = await a_video(talkie)
    await talkie.services.gallery.share(MIRA, shared_there, replace(HERE, age_restricted=True))
    assert await listed(talkie, Query()) == await listed(talkie, Query(search="kite")) == []
    assert await listed(talkie, Query(guild_id=SERVER)) == []
    assert await listed(talkie, ON_DISCORD) == []
    assert await listed(talkie, replace(ON_DISCORD, adult=True)) == [shared_there, made_there]
    assert await talkie.services.gallery.public_video(f"page{made_there:018d}") is None
    assert await household.broken(talkie) == []


async def test_one_vote_a_member_and_it_can_be_taken_back(talkie: App) -> None:
    await open_gallery(talkie)
    first, second = await a_share(talkie), await a_share(talkie)
    share = await share_of(talkie, first)
    vote = talkie.services.gallery.vote
    assert (await vote(MIRA, share)).votes == 1
    ballot = await vote(JONAS, share)
    assert (ballot.votes, ballot.has_vote) == (2, True)
    assert await listed(talkie, Query(order=Order.TOP)) == [first, second]
    ballot = await vote(JONAS, share)
    assert (ballot.votes, ballot.has_vote) == (1, False)
    outcomes = await asyncio.gather(*(vote(member, share) for member in range(100, 120)))
    assert max(each.votes for each in outcomes) == 21
    assert await household.broken(talkie) == []
    await talkie.services.gallery.unshare(MIRA, first, HERE)
    with pytest.raises(UserError, match="not_shared"):
        await vote(MIRA, share)
    assert await household.rows(talkie, "SELECT * FROM vote") == []


async def test_a_public_link_dies_with_the_share_and_a_new_one_is_private(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    with pytest.raises(UserError, match="still_shared"):
        await talkie.services.videos.revoke(MIRA, job)
    assert await talkie.services.videos.page(f"page{job:018d}") is not None
    await talkie.services.gallery.unshare(MIRA, job, HERE)
    assert await talkie.services.videos.page(f"page{job:018d}") is None
    (row,) = await household.rows(talkie, "SELECT slug FROM video")
    assert await talkie.services.videos.page(str(row["slug"])) is not None


async def test_a_maker_is_named_only_while_they_want_to_be(talkie: App) -> None:
    await open_gallery(talkie)

    async def credit() -> str | None:
        page = await talkie.services.gallery.listing(Query())
        return page.items[0].credit

    async def choose(named: bool) -> None:
        change = talkie.services.preferences.change
        await change(MIRA, lambda choices: replace(choices, credit_name=named))

    job = await a_video(talkie)
    await talkie.services.gallery.share(MIRA, job, HERE, name="Mira")
    assert await credit() is None
    await talkie.services.gallery.unshare(MIRA, job, HERE)
    await choose(named=True)
    await talkie.services.gallery.share(MIRA, job, HERE, name="Mira")
    assert await credit() == "Mira"
    await choose(named=False)
    assert await credit() is None
    assert await household.rows(talkie, "SELECT * FROM share WHERE credit = 'Mira'") == []


async def test_words_are_found_in_scripts_that_put_no_spaces_between_them(talkie: App) -> None:
    await open_gallery(talkie)
    cat = await a_share(talkie, "夕暮れの渋谷交差点を、傘を差した猫がゆっくりと歩いていく。")
    cafe = await a_share(talkie, "渋い猫cafeのネオン, un cafe\u0301s rouge")
    korean = await a_share(talkie, unicodedata.normalize("NFD", "비 오는 밤의 고양이가"))
    for words, found in (
        ("猫", [cafe, cat]),
        ("渋谷", [cat]),
        ("谷渋", []),
        ("猫 渋谷", [cat]),
        ("猫cafe", [cafe]),
        ("ネオン", [cafe]),
        ("ネオ", [cafe]),
        # The same letters as some keyboards send them, in two parts.
        ("か\u3099ゆっくり", [cat]),
        ("cafe\u0301s", [cafe]),
        ("고양이", [korean]),
    ):
        assert await listed(talkie, Query(search=words)) == found, words
    await talkie.services.removal.remove(MIRA, cat)
    assert await listed(talkie, Query(search="猫")) == [cafe]
    assert await household.broken(talkie) == []


async def test_lists_are_filtered_by_shape_period_and_words(talkie: App, clock: Clock) -> None:
    await open_gallery(talkie)
    tall = await a_share(talkie, "A lighthouse, in the Élysée fog.", shape=Shape.TALL)
    clock.advance(10 * 86_400)
    wide = await a_share(talkie, "A lighthouse keeper waves.")
    assert await listed(talkie, Query(shape=Shape.TALL)) == [tall]
    assert await listed(talkie, Query(shape=Shape.SQUARE)) == []
    assert await listed(talkie, Query(period=Period.WEEK)) == [wide]
    assert await listed(talkie, Query(period=Period.MONTH, order=Order.TOP)) == [wide, tall]
    for words, found in (
        ("lighthouse", [wide, tall]),
        ("LIGHT", [wide, tall]),
        ("elysee fog", [tall]),
        ("lighthouse kite", []),
        ("", []),
        ('"; DROP TABLE share --', []),
        ("prompt : light*", []),
        ("g77", []),
    ):
        assert await listed(talkie, Query(search=words)) == found, words
    assert await listed(talkie, Query(search="light", shape=Shape.WIDE)) == [wide]
    assert await listed(talkie, Query(search="light", guild_id=OTHER)) == []
    assert await listed(talkie, Query(search="light", period=Period.DAY)) == [wide]
    clock.advance(40 * 86_400)
    assert await listed(talkie, Query(period=Period.MONTH)) == []


@pytest.mark.parametrize("order", list(Order))
async def test_pages_follow_each_other_forth_and_back_without_gap_or_repetition(
    talkie: App, order: Order
) -> None:
    await open_gallery(talkie)
    made = {await a_share(talkie) for _ in range(7)}
    for job, voters in zip(sorted(made), (0, 2, 1, 2, 0, 0, 3), strict=True):
        for voter in range(voters):
            await talkie.services.gallery.vote(200 + voter, await share_of(talkie, job))
    query = Query(order=order, limit=3, discord_id=MIRA)
    pages = [await talkie.services.gallery.listing(query)]
    assert pages[0].prev is None
    while (cursor := pages[-1].next) is not None:
        pages.append(await talkie.services.gallery.listing(replace(query, cursor=cursor)))
    assert [len(page.items) for page in pages] == [3, 3, 1]
    assert {job for page in pages for job in jobs_on(page)} == made
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = await talkie.services.gallery.listing(replace(query, cursor=back.prev))
        assert jobs_on(back) == jobs_on(page)
    assert back.prev is None


@pytest.mark.parametrize("cursor", ["", "x", "n", "n.", "n.1.2.3.4", "n.1.2", "p.-1", "n.9" * 99])
async def test_a_cursor_that_is_none_is_refused(talkie: App, cursor: str) -> None:
    with pytest.raises(UserError, match="page_unknown"):
        await talkie.services.gallery.listing(Query(cursor=cursor))


async def test_a_deleted_video_takes_its_share_votes_and_words_along(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    await talkie.services.gallery.vote(JONAS, await share_of(talkie, job))
    await talkie.services.removal.remove(MIRA, job)
    for table in ("share", "vote", "shelf", "wording", "errand"):
        assert await household.rows(talkie, f"SELECT * FROM {table}") == []
    assert (await talkie.services.gallery.communities()).items == ()
    assert await household.broken(talkie) == []
