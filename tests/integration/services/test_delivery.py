"""What is owed to members, handed out rung by rung, over a real database and a told clock."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.ladder import LONGEST_PAUSE_S, MOST_ATTEMPTS, Rung
from bot.errors import Code, UserError
from bot.services.delivery import CHANNEL_SHARE
from storage import deliveries, people, replies, videos
from storage.database import Body
from storage.records import DeliveryState
from tests.builders import A_VIDEO
from tests.integration.services import owing
from tests.integration.services.owing import MIRA, House


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setenv("TALKIE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TALKIE_PUBLIC_URL", "https://talkie.example")
    async with owing.opened() as opened:
        yield opened


async def test_a_video_whose_page_was_taken_back_has_no_link(house: House) -> None:
    assert house.deliveries.page_of(A_VIDEO) == "https://talkie.example/v/page"
    assert house.deliveries.page_of(replace(A_VIDEO, slug=None)) is None


async def test_an_attempt_is_written_before_it_is_made(house: House) -> None:
    job = await house.an_ended_job()
    [parcel] = await house.deliveries.due()
    assert not parcel.is_in_doubt
    # The process dies here; the next one knows nothing but the rows.
    house.deliveries.put_down(parcel)
    [again] = await house.deliveries.due()
    assert again.is_in_doubt
    await house.deliveries.shown(again, 30)
    assert await house.state(job) is DeliveryState.SHOWN


async def test_a_lasting_refusal_leaves_no_doubt_and_anything_else_does(house: House) -> None:
    await house.an_ended_job()
    [parcel] = await house.deliveries.due()
    await house.deliveries.failed(parcel, for_good=True, detail="401 50027")
    house.deliveries.put_down(parcel)
    [second] = await house.deliveries.due()
    assert (second.rung, second.is_in_doubt) == (Rung.POST, False)
    await house.deliveries.failed(second, for_good=False, detail="TimeoutError")
    house.deliveries.put_down(second)
    assert await house.deliveries.due() == []
    house.clock.advance(60)
    [third] = await house.deliveries.due()
    assert (third.rung, third.is_in_doubt) == (Rung.POST, True)


async def test_a_missing_permission_is_remembered_for_the_next_rung(house: House) -> None:
    await house.an_ended_job(token=None)
    [parcel] = await house.deliveries.due()
    await house.deliveries.failed(parcel, for_good=True, detail="403", missing="Attach Files")
    house.deliveries.put_down(parcel)
    [second] = await house.deliveries.due()
    assert second.delivery.missing == "Attach Files"


async def test_nobody_in_hand_is_handed_out_twice(house: House) -> None:
    await house.an_ended_job()
    assert len(await house.deliveries.due()) == 1
    assert await house.deliveries.due() == []


async def test_a_channel_that_is_held_back_holds_no_other_back(house: House) -> None:
    for _ in range(CHANNEL_SHARE + 2):
        await house.an_ended_job(channel_id=20)
    other = await house.an_ended_job(channel_id=21)
    parcels = await house.deliveries.due(limit=CHANNEL_SHARE + 1)
    assert [parcel.reply.channel_id for parcel in parcels] == [20] * CHANNEL_SHARE + [21]
    assert parcels[-1].standing.job.id == other
    assert await house.deliveries.due(limit=100) == []
    in_hand = {parcel.delivery.id for parcel in parcels}
    assert await house.store.read(deliveries.next_due(in_hand, share=CHANNEL_SHARE)) is None
    house.deliveries.put_down(parcels[0])
    await house.deliveries.shown(parcels[0], 30)
    [following] = await house.deliveries.due(limit=100)
    assert following.reply.channel_id == 20


async def test_a_clock_that_was_set_back_keeps_nothing_waiting(house: House) -> None:
    await house.an_ended_job()
    house.clock.advance(-LONGEST_PAUSE_S - 1)
    assert len(await house.deliveries.due()) == 1


async def test_after_more_than_a_day_of_trying_the_video_waits_in_the_list(house: House) -> None:
    job = await house.an_ended_job()
    for _ in range(MOST_ATTEMPTS + 1):
        [parcel] = await house.deliveries.due()
        await house.deliveries.failed(parcel, for_good=False, detail="503 0")
        house.deliveries.put_down(parcel)
        house.clock.advance(LONGEST_PAUSE_S + 1)
    assert await house.state(job) is DeliveryState.STRANDED


async def test_direct_messages_are_for_those_who_chose_them(house: House) -> None:
    job = await house.an_ended_job(token=None, bot_is_present=False)
    assert await house.deliveries.due() == []
    assert await house.state(job) is DeliveryState.STRANDED
    await house.services.preferences.change(MIRA, lambda was: replace(was, dm_when_done=True))
    await house.an_ended_job(token=None, bot_is_present=False)
    [parcel] = await house.deliveries.due()
    assert (parcel.rung, parcel.discord_id) == (Rung.DM, MIRA)


async def test_a_late_edit_leaves_somebody_to_be_told_once(house: House) -> None:
    await house.an_ended_job()
    house.clock.advance(180)
    [parcel] = await house.deliveries.due()
    await house.deliveries.shown(parcel, 30)
    [ping] = await house.services.pings.due()
    assert (ping.discord_id, ping.is_in_doubt) == (MIRA, False)
    assert await house.services.pings.due() == []
    house.services.pings.put_down(ping)
    [again] = await house.services.pings.due()
    assert again.is_in_doubt, "nobody knows what became of the first attempt"
    await house.services.pings.done(again)
    house.services.pings.put_down(again)
    assert await house.services.pings.due() == []


async def test_nobody_is_told_of_a_video_that_was_deleted(house: House) -> None:
    jobs = [await house.an_ended_job() for _ in range(2)]
    house.clock.advance(180)
    for parcel in await house.deliveries.due():
        await house.deliveries.shown(parcel, 30)
    [ping, *_] = await house.services.pings.due(1)
    for job in jobs:
        await house.services.removal.remove(MIRA, job)
    assert not await house.services.pings.is_owed(ping)
    assert await house.services.pings.due() == []


async def test_the_waiting_message_of_news_that_are_days_late_is_tidied_too(house: House) -> None:
    job = await house.an_ended_job()
    # Whoever runs Talkie was away over the weekend.
    house.clock.advance(3 * 86_400)
    [parcel] = await house.deliveries.due()
    await house.deliveries.shown(parcel, 31)
    [card] = await house.services.tidying.due()
    assert card.job == job
    house.clock.advance(61)
    assert await house.services.tidying.due() == [], "it is being edited all the time"
    house.services.tidying.put_down(card)
    house.clock.set_by(-1)
    [card] = await house.services.tidying.due()
    house.services.tidying.put_down(card)
    house.clock.advance(90_000)
    assert await house.services.tidying.due() == [], "a day of trying is enough"


async def test_the_waiting_message_of_news_that_were_fetched_is_tidied(house: House) -> None:
    job = await house.an_ended_job()
    await house.deliveries.collect(job)
    assert await house.state(job) is DeliveryState.SHOWN
    [card] = await house.services.tidying.due()
    assert (card.job, card.is_below) == (job, False)


@pytest.mark.parametrize("shown_in", [30, 31])
async def test_what_is_shown_while_its_member_fetches_it_is_known_of(
    house: House, shown_in: int
) -> None:
    job = await house.an_ended_job()
    [parcel] = await house.deliveries.due()
    await house.deliveries.collect(job)
    await house.deliveries.shown(parcel, shown_in)
    # The waiting message either bears the news itself or points at those below.
    assert [card.is_below for card in await house.services.tidying.due()] == [True] * (
        shown_in != 30
    )
    removed = await house.services.removal.remove(MIRA, job)
    assert removed.delivery is not None
    assert removed.delivery.message_id == shown_in


async def test_an_early_edit_leaves_nobody_to_be_told(house: House) -> None:
    await house.an_ended_job()
    [parcel] = await house.deliveries.due()
    await house.deliveries.shown(parcel, 30)
    assert await house.services.pings.due() == []


async def test_old_news_disturb_nobody(house: House) -> None:
    await house.an_ended_job()
    house.clock.advance(180)
    [parcel] = await house.deliveries.due()
    await house.deliveries.shown(parcel, 30)
    house.clock.advance(3_600)
    assert await house.services.pings.due() == []


async def test_the_button_is_due_at_minute_thirteen_and_only_for_what_goes_on(
    house: House,
) -> None:
    open_job = await house.a_job()
    house.clock.advance(779)
    assert await house.claims.offers() == []
    house.clock.advance(2)
    [offer] = await house.claims.offers()
    assert offer.standing.job.id == open_job
    assert await house.claims.offers() == [], "it is being put there"
    house.clock.advance(16)
    [offer] = await house.claims.offers()
    await house.claims.offered(offer, is_there=True)
    house.clock.advance(16)
    assert await house.claims.offers() == []
    reply = await house.deliveries.reply(open_job)
    assert reply is not None
    assert reply.offered


async def test_a_clock_that_was_set_back_does_not_put_the_button_off(house: House) -> None:
    job = await house.a_job()
    house.clock.set_by(-3_600)
    [offer] = await house.claims.offers()
    assert offer.standing.job.id == job


async def test_an_ended_job_and_a_dead_token_get_no_button(house: House) -> None:
    await house.an_ended_job()
    await house.a_job()
    house.clock.advance(899)
    assert await house.claims.offers() == []
    assert await house.store.read(replies.next_offer()) is None


async def test_a_press_brings_a_new_token_and_what_was_stranded_is_owed_again(
    house: House,
) -> None:
    job = await house.an_ended_job(bot_is_present=False)
    house.clock.advance(901)
    await house.store.write(replies.wipe_tokens(house.clock.now_ms()))
    assert await house.deliveries.due() == []
    assert await house.state(job) is DeliveryState.STRANDED
    fresh = house.reply(token="fresh", bot_is_present=False)
    await house.claims.claim(MIRA, job, fresh)
    [parcel] = await house.deliveries.due()
    assert (parcel.rung, parcel.reply) == (Rung.EDIT_REPLY, fresh)


async def test_a_press_before_the_end_offers_the_button_again_in_time(house: House) -> None:
    job = await house.a_job()
    house.clock.advance(800)
    [offer] = await house.claims.offers()
    await house.claims.claim(MIRA, job, house.reply(token="fresh"))
    await house.claims.offered(offer, is_there=True)
    reply = await house.deliveries.reply(job)
    assert reply is not None
    assert not reply.offered, "the press came between the edit and its record"
    house.clock.advance(781)
    [again] = await house.claims.offers()
    assert again.reply.token == "fresh"


async def test_nobody_else_can_claim_a_video(house: House) -> None:
    job = await house.an_ended_job()
    before = await house.deliveries.reply(job)
    with pytest.raises(UserError) as refused:
        await house.claims.claim(MIRA + 1, job, house.reply(token="stolen"))
    assert refused.value.code is Code.NOT_YOURS
    assert await house.deliveries.reply(job) == before


async def test_what_moderators_hid_is_brought_to_no_channel(house: House) -> None:
    job = await house.an_ended_job()
    now = house.clock.now_ms()

    def hide() -> Body[None]:
        person = yield from people.resolve(MIRA, now)
        yield from videos.keep(replace(A_VIDEO, job_id=job))
        assert (yield from videos.hide(job, by=person, now=now))

    await house.store.write(hide())
    assert await house.deliveries.due() == []
    assert await house.state(job) is DeliveryState.STRANDED
    with pytest.raises(UserError) as refused:
        await house.claims.claim(MIRA, job, house.reply(token="fresh"))
    assert refused.value.code is Code.VIDEO_HIDDEN
    assert await house.state(job) is DeliveryState.STRANDED


async def test_a_server_s_owner_is_told_once_of_each_permission(house: House) -> None:
    notices = house.services.notices
    assert await notices.first(10, "Attach Files", 20)
    assert not await notices.first(10, "Attach Files", 21)
    assert await notices.first(10, "Send Messages", 20)
    assert await notices.first(11, "Attach Files", 20)
