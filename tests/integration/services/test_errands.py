"""Errands: what is owed to Discord is done once, and what came too late is erased again."""

from dataclasses import replace

import pytest

from bot.app import App
from bot.services.errands import CHANNEL_SHARE, Chore
from storage import errands as stored
from storage.belongings import Gallery
from storage.exhibits import ErrandKind, Ground, Sent, ShareId
from tests.fakes.clock import Clock
from tests.integration.services import household
from tests.integration.services.exhibits import HERE, SERVER, a_share, open_gallery
from tests.integration.services.household import JONAS, MIRA


async def only(talkie: App) -> Chore:
    (chore,) = await talkie.services.errands.due()
    return chore


async def owed(talkie: App) -> list[tuple[object, object]]:
    rows = await household.rows(talkie, "SELECT kind, message_id FROM errand ORDER BY id")
    return [(row["kind"], row["message_id"]) for row in rows]


async def test_a_share_owes_its_post_and_taking_it_back_owes_that_it_goes(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    errands = talkie.services.errands
    chore = await only(talkie)
    assert (chore.errand.kind, chore.channel_id) == (ErrandKind.POST, 500)
    assert chore.exhibited is not None
    assert chore.exhibited.job.id == job
    assert await errands.due() == []
    assert await errands.begin(chore, 500)
    await errands.done(chore, channel_id=500, message_id=9)
    errands.put_down(chore)
    assert await owed(talkie) == []
    await talkie.services.gallery.unshare(MIRA, job, HERE)
    chore = await only(talkie)
    assert (chore.errand.kind, chore.errand.was) == (ErrandKind.ERASE, Sent.POST)
    assert (chore.errand.channel_id, chore.errand.message_id) == (500, 9)
    await errands.done(chore)
    assert await owed(talkie) == []


async def test_taken_back_before_it_is_sent_nothing_is_owed(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    chore = await only(talkie)
    await talkie.services.gallery.unshare(MIRA, job, HERE)
    assert not await talkie.services.errands.begin(chore, 500)
    assert await owed(talkie) == []


async def test_taken_back_while_it_is_sent_the_message_is_erased(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    errands = talkie.services.errands
    chore = await only(talkie)
    assert await errands.begin(chore, 500)
    await talkie.services.removal.remove(MIRA, job)
    # The sender still has it in hand: nobody looks for a message that is just being sent.
    assert await errands.due() == []
    await errands.done(chore, channel_id=500, message_id=9)
    errands.put_down(chore)
    chore = await only(talkie)
    assert chore.errand.kind is ErrandKind.ERASE
    assert (chore.errand.channel_id, chore.errand.message_id) == (500, 9)


async def test_what_a_killed_process_may_have_sent_is_looked_for(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    chore = await only(talkie)
    assert await talkie.services.errands.begin(chore, 500)
    talkie.services.errands.put_down(chore)
    again = await only(talkie)
    assert again.errand.begun_at is not None
    talkie.services.errands.put_down(again)
    await talkie.services.gallery.unshare(MIRA, job, HERE)
    chore = await only(talkie)
    assert (chore.errand.was, chore.errand.channel_id) == (Sent.POST, 500)
    assert (chore.errand.message_id, chore.errand.begun_at) == (None, again.errand.begun_at)


async def test_a_server_without_gallery_channel_owes_no_post(talkie: App) -> None:
    await open_gallery(talkie)
    await talkie.services.guilds.change(SERVER, lambda rules: replace(rules, gallery_channel=None))
    await a_share(talkie)
    assert await talkie.services.errands.due() == []
    assert await owed(talkie) == []


async def posted(talkie: App) -> ShareId:
    """A share whose post is where it belongs."""
    await open_gallery(talkie)
    job = await a_share(talkie)
    chore = await only(talkie)
    await talkie.services.errands.begin(chore, 500)
    await talkie.services.errands.done(chore, channel_id=500, message_id=9)
    talkie.services.errands.put_down(chore)
    share = await talkie.services.gallery.of_job(job)
    assert share is not None
    return share.id


async def test_a_vote_from_a_list_owes_the_new_number_once(talkie: App) -> None:
    share = await posted(talkie)
    for member in (MIRA, JONAS, 13):
        await talkie.services.gallery.vote(member, share, on_post=False)
    chore = await only(talkie)
    assert chore.errand.kind is ErrandKind.RECOUNT
    assert chore.exhibited is not None
    assert chore.exhibited.share.votes == 3


async def test_what_one_channel_is_owed_holds_neither_others_back_nor_other_kinds(
    talkie: App,
) -> None:
    await open_gallery(talkie)
    jobs = [await a_share(talkie) for _ in range(4)]
    errands = talkie.services.errands
    first, second = await errands.due()
    assert [chore.errand.kind for chore in (first, second)] == [ErrandKind.POST] * 2
    # Nothing more is due before one of these is put down, and nobody looks again before that.
    assert await errands.due() == []
    in_hand = {first.errand.id, second.errand.id}
    assert await talkie.parts.store.read(stored.next_due(in_hand, share=CHANNEL_SHARE)) is None
    await errands.begin(first, 500)
    await talkie.services.gallery.unshare(MIRA, jobs[0], HERE)
    await talkie.services.reports.report(JONAS, jobs[1], Ground.HATE)
    kinds = {chore.errand.kind for chore in await errands.due()}
    assert kinds == {ErrandKind.POST, ErrandKind.REPORT}
    errands.put_down(first)
    assert (await only(talkie)).errand.kind is ErrandKind.ERASE


async def test_what_may_have_been_sent_stays_in_doubt_when_looking_for_it_is_refused(
    talkie: App, clock: Clock
) -> None:
    await open_gallery(talkie)
    await a_share(talkie)
    errands = talkie.services.errands
    for in_doubt in (True, False):
        chore = await only(talkie)
        await errands.begin(chore, 500)
        await errands.failed(chore, for_good=False, in_doubt=in_doubt, detail="403")
        errands.put_down(chore)
        clock.advance(60)
    assert (await only(talkie)).errand.begun_at is not None


async def test_a_clock_that_was_set_back_puts_no_errand_off(talkie: App, clock: Clock) -> None:
    await open_gallery(talkie)
    await a_share(talkie)
    clock.set_by(-7_200)
    assert (await only(talkie)).errand.kind is ErrandKind.POST


async def test_what_fails_comes_again_later_and_not_for_ever(talkie: App, clock: Clock) -> None:
    await open_gallery(talkie)
    await a_share(talkie)
    errands = talkie.services.errands
    chore = await only(talkie)
    await errands.failed(chore, for_good=False, in_doubt=False, detail="500")
    errands.put_down(chore)
    assert await errands.due() == []
    clock.advance(6)
    chore = await only(talkie)
    errands.put_down(chore)
    clock.set_by(-3_600)
    # What a clock that was set put off does not wait until that is made up for.
    chore = await only(talkie)
    await errands.failed(chore, for_good=True, in_doubt=False, detail="403")
    assert await owed(talkie) == []


async def test_a_report_goes_to_the_moderation_channel_else_to_whoever_runs_the_server(
    talkie: App,
) -> None:
    job = await a_share(talkie)
    await talkie.services.reports.report(JONAS, job, Ground.RIGHTS)
    chore = await only(talkie)
    assert (chore.errand.kind, chore.channel_id) == (ErrandKind.REPORT, None)
    talkie.services.errands.put_down(chore)
    await talkie.services.guilds.change(
        SERVER, lambda rules: replace(rules, moderation_channel=600)
    )
    chore = await only(talkie)
    assert chore.channel_id == 600
    await talkie.services.errands.begin(chore, 600)
    await talkie.services.errands.done(chore, channel_id=600, message_id=8)
    talkie.services.errands.put_down(chore)
    await talkie.services.removal.remove(MIRA, job)
    chore = await only(talkie)
    assert (chore.errand.was, chore.errand.message_id) == (Sent.REPORT, 8)


async def recounts(talkie: App) -> list[int]:
    """Do what is owed until nothing is; the numbers that posts were given."""
    shown = []
    while chores := await talkie.services.errands.due():
        for chore in chores:
            assert chore.errand.kind is ErrandKind.RECOUNT
            assert chore.exhibited is not None
            shown.append(chore.exhibited.share.votes)
            await talkie.services.errands.done(chore)
            talkie.services.errands.put_down(chore)
    return shown


@pytest.mark.parametrize("on_post", [False, True])
async def test_a_vote_while_an_older_number_is_sent_is_counted_next(
    talkie: App, *, on_post: bool
) -> None:
    share = await posted(talkie)
    await talkie.services.gallery.vote(MIRA, share, on_post=False)
    chore = await only(talkie)
    await talkie.services.gallery.vote(JONAS, share, on_post=on_post)
    await talkie.services.errands.done(chore)
    talkie.services.errands.put_down(chore)
    assert await recounts(talkie) == [2]


async def test_what_changes_while_a_post_is_sent_is_mended_in_it(talkie: App) -> None:
    await open_gallery(talkie)
    job = await a_share(talkie)
    chore = await only(talkie)
    await talkie.services.errands.begin(chore, 500)
    share = await talkie.services.gallery.of_job(job)
    assert share is not None
    await talkie.services.gallery.vote(JONAS, share.id, on_post=False)
    await talkie.services.errands.done(chore, channel_id=500, message_id=9)
    talkie.services.errands.put_down(chore)
    assert await recounts(talkie) == [1]


async def test_a_page_that_is_closed_while_its_post_is_sent_is_linked_no_longer(
    talkie: App,
) -> None:
    errands = talkie.services.errands
    errands._public_url = "https://talkie.example"
    await open_gallery(talkie)
    await a_share(talkie)
    chore = await only(talkie)
    assert chore.exhibited is not None
    assert chore.exhibited.page is not None
    await errands.begin(chore, 500)
    await open_gallery(talkie, Gallery.DISCORD)
    await errands.done(chore, channel_id=500, message_id=9)
    errands.put_down(chore)
    mending = await only(talkie)
    assert mending.errand.kind is ErrandKind.RECOUNT
    assert mending.exhibited is not None
    assert mending.exhibited.page is None


async def test_a_post_that_a_killed_process_had_sent_gets_the_number_of_now(talkie: App) -> None:
    errands = talkie.services.errands
    await open_gallery(talkie)
    job = await a_share(talkie)
    chore = await only(talkie)
    await errands.begin(chore, 500)
    # The process dies here; somebody votes in the list of the next one.
    errands.put_down(chore)
    share = await talkie.services.gallery.of_job(job)
    assert share is not None
    await talkie.services.gallery.vote(JONAS, share.id, on_post=False)
    found = await only(talkie)
    await errands.done(found, channel_id=500, message_id=9)
    errands.put_down(found)
    assert await recounts(talkie) == [1]
