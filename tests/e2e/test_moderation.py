"""Reports end to end: heard where moderators are, and decided in both directions."""

import asyncio
from dataclasses import replace

import pytest

from tests.e2e.conftest import LONG_S, Town
from tests.e2e.galleries import Place, opened, reported, shared
from tests.e2e.results import finished, labels, press, refusal, whisper
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel
from tests.fakes.discord.permissions import Permission


async def heard(town: Town, channel: Channel, number: int = 1) -> Message:
    message = await town.discord.observer.message(
        channel, lambda view: f"Report {number}" in view.text, timeout_s=LONG_S
    )
    await town.until_row(f"SELECT 1 FROM complaint WHERE id = {number} AND message_id > 0")
    return message


async def until_deleted(town: Town, *messages: Message) -> None:
    await town.discord.observer.wait_for(
        lambda: all(message.is_deleted for message in messages), LONG_S
    )


async def listed(town: Town, place: Place) -> str:
    asked = await town.discord.people.slash(place.noa, town.channel, "gallery new")
    message = await town.discord.observer.reply(asked, LONG_S)
    return (await town.until(message, lambda view: "Newest" in view.text)).text


@pytest.mark.parametrize("what", ["card", "post"])
async def test_hide_reaches_the_post_the_card_and_every_list_and_can_be_undone(
    town: Town, what: str
) -> None:
    place = await opened(town)
    card, post = await shared(place)
    told = await reported(place, card if what == "card" else post, place.noa, "the sign in it")
    assert town.view(told).is_ephemeral
    notice = await heard(town, place.moderation)
    view = town.view(notice)
    assert "A member reports video #1: Hate or harassment" in view.text
    assert "They say: the sign in it" in view.text
    assert "noa" not in view.text
    assert labels(view) == ["Hide", "Dismiss"]
    assert view.files
    await town.stop()
    await town.start()
    await press(town, notice, "Hide", place.moderator)
    view = await town.until(notice, lambda seen: "is hidden" in seen.text)
    assert labels(view) == ["Show again"]
    assert not view.files
    assert "the sign" not in view.text
    assert "Nothing here yet" in await listed(town, place)
    await until_deleted(town, post, card)
    assert await town.broken_invariants() == []
    await press(town, notice, "Show again", place.moderator)
    await town.until(notice, lambda seen: "stays as it is" in seen.text)
    again = await town.discord.observer.message(
        place.gallery, lambda seen: bool(seen.files), timeout_s=LONG_S
    )
    assert again is not post
    assert "Video #1" in await listed(town, place)
    assert await town.broken_invariants() == []


async def test_a_post_out_of_reach_is_taken_away_once_talkie_may_see_it_again(town: Town) -> None:
    place = await opened(town)
    card, post = await shared(place)
    await reported(place, card, place.noa)
    notice = await heard(town, place.moderation)
    town.discord.world.deny(place.gallery, Permission.VIEW_CHANNEL)
    await press(town, notice, "Hide", place.moderator)
    await until_deleted(town, card)
    await town.until_row("SELECT 1 FROM errand WHERE kind = 'erase' AND attempts > 0")
    assert not post.is_deleted
    place.gallery.overwrites.clear()
    await town.let_time_pass(3_600)
    await until_deleted(town, post)


async def test_what_is_hidden_is_shown_to_its_maker_alone(town: Town) -> None:
    place = await opened(town)
    card, _ = await shared(place)
    await reported(place, card, place.noa, "the sign in it")
    await press(town, await heard(town, place.moderation), "Hide", place.moderator)
    await town.until_row("SELECT 1 FROM video WHERE hidden_at IS NOT NULL")
    alone = await town.slash("jobs", id=1)
    seen = await town.until(alone, lambda view: bool(view.files))
    assert seen.is_ephemeral
    assert "only you see it" in seen.text


async def test_hide_takes_away_the_copy_that_was_reported(town: Town) -> None:
    place = await opened(town)
    await shared(place)
    copy = await town.slash("jobs", id=1)
    await town.until(copy, lambda view: bool(view.files))
    await reported(place, copy, place.noa)
    await press(town, await heard(town, place.moderation), "Hide", place.moderator)
    await until_deleted(town, copy)
    assert await town.broken_invariants() == []


async def test_hide_takes_away_every_copy_that_others_see(town: Town) -> None:
    place = await opened(town)
    card, _ = await shared(place)
    lounge = town.discord.world.add_channel(town.guild, "lounge")
    copies = []
    for channel in (town.channel, lounge, town.discord.world.dm(town.mira)):
        asked = await town.discord.people.slash(town.mira, channel, "jobs", {"id": 1})
        copies.append(await town.reply(asked, LONG_S))
        await town.until(copies[-1], lambda view: bool(view.files))
    await reported(place, card, place.noa)
    await town.stop()
    await town.start()
    await press(town, await heard(town, place.moderation), "Hide", place.moderator)
    await until_deleted(town, *copies[:2])
    # What only its maker sees stays theirs.
    assert not copies[2].is_deleted
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM errand)")
    assert await town.rows("SELECT channel_id FROM copy") == [{"channel_id": copies[2].channel.id}]
    assert await town.broken_invariants() == []


async def test_dismiss_leaves_the_video_where_it_is(town: Town) -> None:
    place = await opened(town)
    _, post = await shared(place)
    await reported(place, post, place.noa)
    notice = await heard(town, place.moderation)
    await press(town, notice, "Dismiss", place.moderator)
    view = await town.until(notice, lambda seen: "stays as it is" in seen.text)
    assert labels(view) == ["Hide"]
    assert not post.is_deleted
    assert "Video #1" in await listed(town, place)


async def test_members_decide_nothing_and_two_moderators_decide_once(town: Town) -> None:
    place = await opened(town)
    _, post = await shared(place)
    await reported(place, post, place.noa)
    notice = await heard(town, place.moderation)
    for user in (place.noa, town.mira):
        for label in ("Hide", "Dismiss"):
            text = await refusal(town, await press(town, notice, label, user))
            assert "manage messages" in text
    both = [await press(town, notice, label, place.moderator) for label in ("Dismiss", "Dismiss")]
    await asyncio.gather(*(town.discord.observer.answered(each) for each in both))
    await town.until_row("SELECT 1 FROM complaint WHERE state = 'dismissed'")
    assert not post.is_deleted


async def test_the_same_report_again_is_told_so(town: Town) -> None:
    place = await opened(town)
    _, post = await shared(place)
    await reported(place, post, place.noa)
    again = await reported(place, post, place.noa)
    assert "reported this video already" in town.view(again).text
    await heard(town, place.moderation)
    assert len(town.discord.observer.messages(place.moderation)) == 1


@pytest.mark.parametrize("why", ["no channel", "no permission"])
async def test_without_a_moderation_channel_the_server_s_owner_decides(
    town: Town, why: str
) -> None:
    place = await opened(town, moderated=why == "no permission")
    town.discord.world.deny(place.moderation, Permission.SEND_MESSAGES)
    _, post = await shared(place)
    await reported(place, post, place.noa)
    owner = town.guild.owner
    notice = await heard(town, town.discord.world.dm(owner))
    await press(town, notice, "Hide", owner)
    await town.until(notice, lambda seen: "is hidden" in seen.text)
    await until_deleted(town, post)


async def test_a_private_video_is_for_the_host_to_judge(town: Town) -> None:
    await opened(town)
    dm = town.discord.world.dm(town.mira)
    card = await finished(town, dm)
    pressed = await press(town, card, "Report")
    await town.discord.observer.modal(pressed)
    await town.discord.people.submit_modal(town.mira, pressed, {"reason": ["rights"]})
    notice = await heard(town, town.discord.world.dm(town.discord.world.owner))
    await press(town, notice, "Hide", town.discord.world.owner)
    await town.until(notice, lambda seen: "is hidden" in seen.text)
    # What only its maker sees stays theirs.
    assert not card.is_deleted


async def test_a_deleted_video_takes_its_report_along(town: Town) -> None:
    place = await opened(town)
    card, post = await shared(place)
    await reported(place, post, place.noa, "look")
    notice = await heard(town, place.moderation)
    question = await whisper(town, await press(town, card, "Delete"))
    await press(town, question, "Delete for good")
    await until_deleted(town, card, post, notice)
    assert await town.rows("SELECT * FROM complaint") == []
    assert await town.broken_invariants() == []


async def test_who_wants_messages_is_told_before_a_video_goes(town: Town) -> None:
    await opened(town)
    assert town.talkie is not None
    await finished(town)
    await town.write("UPDATE guild SET retention_days = 30, retention_since = 0")
    await town.talkie.services.preferences.change(
        town.mira.id, lambda choices: replace(choices, dm_when_done=True)
    )
    town.clock.advance(28 * 86_400)
    await town.talkie.services.retention.sweep()
    dm = town.discord.world.dm(town.mira)
    told = await town.discord.observer.message(
        dm, lambda view: "is kept until" in view.text, timeout_s=LONG_S
    )
    assert "Video #1" in town.view(told).text
    assert "messages on Discord that show it stay" in town.view(told).text
    again = await town.slash("jobs", id=1)
    assert "kept until <t:" in (await town.until(again, lambda seen: bool(seen.files))).text
