"""The gallery end to end: shared, voted for, looked through, taken back, deleted."""

import asyncio
from dataclasses import replace

import pytest

from storage.belongings import Gallery
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.galleries import Place, opened, posted, shared
from tests.e2e.results import answer, finished, labels, place, press, refusal, whisper
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel, User
from tests.fakes.discord.permissions import Permission


async def until_gone(town: Town, *messages: Message) -> None:
    await town.discord.observer.wait_for(
        lambda: all(message.is_deleted for message in messages), LONG_S
    )


async def browse(
    town: Town, name: str, user: User | None = None, where: Channel | None = None
) -> Message:
    asked = await town.discord.people.slash(
        user or town.mira, where or town.channel, f"gallery {name}"
    )
    return await town.discord.observer.reply(asked, LONG_S)


async def owes_nothing(town: Town) -> None:
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM errand)")


async def test_a_shared_video_is_posted_with_a_vote_button_and_taken_back(town: Town) -> None:
    place = await opened(town)
    card = await finished(town)
    told = await answer(town, await press(town, card, "Share"))
    view = town.view(told)
    assert view.is_ephemeral
    assert f"in <#{place.gallery.id}> and on this server's public page" in view.text
    post = await posted(place)
    assert labels(town.view(post)) == ["Vote · 0", "Report"]
    assert town.view(post).files[0].name == "talkie-1.mp4"
    assert not post.pings.users
    await press(town, told, "Take back")
    await until_gone(town, post)
    await town.until(told, lambda seen: "Taken back" in seen.text)
    await owes_nothing(town)
    assert await town.rows("SELECT * FROM share") == []
    assert not card.is_deleted
    assert await town.broken_invariants() == []


async def test_one_vote_a_member_counts_on_the_button(town: Town) -> None:
    place = await opened(town)
    _, post = await shared(place)
    await press(town, post, "Vote · 0", place.noa)
    await town.until(post, lambda seen: "Vote · 1" in labels(seen))
    assert town.view(post).files, "the video is still there"
    await press(town, post, "Vote · 1", town.mira)
    await town.until(post, lambda seen: "Vote · 2" in labels(seen))
    await press(town, post, "Vote · 2", place.noa)
    view = await town.until(post, lambda seen: "Vote · 1" in labels(seen))
    assert len(view.files) == 1
    assert await town.broken_invariants() == []


async def test_buttons_work_after_a_restart_and_twice_at_once_is_once(town: Town) -> None:
    place = await opened(town)
    card = await finished(town)
    await town.stop()
    await town.start()
    pressed = [await press(town, card, "Share") for _ in range(3)]
    await asyncio.gather(*(answer(town, each) for each in pressed))
    post = await posted(place)
    await owes_nothing(town)
    assert len(await place.posts()) == 1
    await town.stop()
    await town.start()
    votes = [await press(town, post, "Vote · 0", user) for user in (town.mira, place.noa)]
    await asyncio.gather(*(town.discord.observer.answered(each) for each in votes))
    await town.until_row("SELECT 1 FROM share WHERE votes = 2")
    assert await town.broken_invariants() == []


async def test_the_newer_number_stays_although_the_older_one_comes_last(town: Town) -> None:
    place = await opened(town)
    _, post = await shared(place)
    held = town.discord.faults.add(
        Fault(trouble=Trouble.HELD, path=r"/interactions/.+/callback$", method="POST")
    )
    await press(town, post, "Vote · 0", town.mira)
    await town.until_row("SELECT 1 FROM share WHERE votes = 1")
    await press(town, post, "Vote · 0", place.noa)
    await town.until(post, lambda seen: "Vote · 2" in labels(seen))
    held.release()
    await town.until(post, lambda seen: "Vote · 1" in labels(seen))
    await town.until(post, lambda seen: "Vote · 2" in labels(seen))
    assert held.hits == 1


async def test_only_its_maker_or_a_moderator_publishes_and_takes_back(town: Town) -> None:
    place = await opened(town)
    card = await finished(town)
    assert "somebody else" in await refusal(town, await press(town, card, "Share", place.noa))
    assert await town.rows("SELECT * FROM share") == []
    told = await answer(town, await press(town, card, "Share", place.moderator))
    post = await posted(place)
    told.ephemeral_for = place.noa
    assert "somebody else" in await refusal(town, await press(town, told, "Take back", place.noa))
    assert not post.is_deleted
    told.ephemeral_for = place.moderator
    await press(town, told, "Take back", place.moderator)
    await until_gone(town, post)


@pytest.mark.parametrize("where", ["bot dm", "private", "foreign guild"])
async def test_what_was_made_elsewhere_is_shared_nowhere(town: Town, where: str) -> None:
    await opened(town)
    card = await finished(town, place(town, where))
    text = await refusal(town, await press(town, card, "Share"))
    assert "only on the server it was made on" in text
    assert await town.rows("SELECT * FROM share") == []


async def test_a_server_without_gallery_takes_nothing(town: Town) -> None:
    await opened(town, Gallery.OFF)
    card = await finished(town)
    assert "no gallery" in await refusal(town, await press(town, card, "Share"))
    assert "no gallery" in town.view(await browse(town, "new")).text


@pytest.mark.parametrize("kind", ["channel", "thread"])
async def test_what_was_made_among_adults_stays_there(town: Town, kind: str) -> None:
    place = await opened(town)
    night = town.discord.world.add_channel(town.guild, "night", is_age_restricted=True)
    if kind == "thread":
        night = town.discord.world.add_thread(night, "late")
    card = await finished(town, night)
    await answer(town, await press(town, card, "Share"))
    await owes_nothing(town)
    assert await place.posts() == []
    assert "Nothing here yet" in (await town.until(await browse(town, "new"), _has_text)).text
    seen = await town.until(await browse(town, "new", where=night), lambda view: bool(view.files))
    assert "Video #1" in seen.text
    assert await town.rows("SELECT hall FROM shelf WHERE hall NOT LIKE 'a%'") == []


async def test_pages_lead_forth_and_back_and_their_votes_reach_the_post(town: Town) -> None:
    place = await opened(town)
    _, post = await shared(place)
    second = await finished(town)
    await answer(town, await press(town, second, "Share"))
    page = await browse(town, "new", place.noa)
    view = await town.until(page, lambda seen: bool(seen.files))
    assert view.is_ephemeral
    assert "Video #2" in view.text
    assert labels(view) == ["More", "Vote · 0", "Report"]
    await press(town, page, "More", place.noa)
    view = await town.until(page, lambda seen: "Video #1" in seen.text)
    assert [file.name for file in view.files] == ["talkie-1.mp4"]
    assert labels(view) == ["Back", "Vote · 0", "Report"]
    await press(town, page, "Vote · 0", place.noa)
    await town.until(page, lambda seen: "Vote · 1" in labels(seen))
    await town.until(post, lambda seen: "Vote · 1" in labels(seen))
    assert town.view(post).files
    await town.stop()
    await town.start()
    await press(town, page, "Back", place.noa)
    await town.until(page, lambda seen: "Video #2" in seen.text)
    top = await town.until(await browse(town, "top"), lambda seen: bool(seen.files))
    assert "Video #1" in top.text
    mine = await town.until(await browse(town, "mine"), lambda seen: bool(seen.files))
    assert "Take back" in labels(mine)
    assert (
        "Nothing here yet"
        in (await town.until(await browse(town, "mine", place.noa), _has_text)).text
    )


async def test_a_page_without_its_video_says_why(town: Town) -> None:
    await shared(await opened(town))
    town.refuse_sizes(r"/messages/@original$", times=20)
    refused = await town.until(await browse(town, "new"), lambda seen: "too large" in seen.text)
    assert "`/jobs id:1`" in refused.text
    for clip in town.data.glob("videos/*.mp4"):
        clip.unlink()
    gone = await town.until(await browse(town, "new"), lambda seen: "not kept" in seen.text)
    assert not refused.files + gone.files
    assert "Vote · 0" in labels(gone)


async def test_outside_of_servers_the_list_says_that_it_is_one_s_own(town: Town) -> None:
    await town.start()
    where = town.discord.world.dm(town.mira)
    view = await town.until(await browse(town, "new", where=where), _has_text)
    assert "Shared by you" in view.text
    assert "on a server with Talkie" in view.text


async def test_a_list_of_one_shape_stays_one_from_page_to_page(town: Town) -> None:
    place = await opened(town)
    for shape in ("tall", "wide", "tall"):
        made = await finished(town, shape=shape)
        await answer(town, await press(town, made, "Share"))
    asked = await town.discord.people.slash(
        place.noa, town.channel, "gallery new", {"shape": "tall", "mode": "text"}
    )
    page = await town.discord.observer.reply(asked, LONG_S)
    view = await town.until(page, lambda seen: bool(seen.files))
    assert "**Newest** · all time · text to video · 9:16" in view.text
    assert "Video #3" in view.text
    await press(town, page, "More", place.noa)
    view = await town.until(page, lambda seen: "Video #1" in seen.text)
    assert labels(view) == ["Back", "Vote · 0", "Report"]
    none = await town.discord.people.slash(
        place.noa, town.channel, "gallery top", {"mode": "image"}
    )
    page = await town.discord.observer.reply(none, LONG_S)
    await town.until(page, lambda seen: "Nothing here yet" in seen.text)


async def test_delete_takes_the_post_and_the_votes_along(town: Town) -> None:
    place = await opened(town)
    card, post = await shared(place)
    await press(town, post, "Vote · 0", place.noa)
    await town.until_row("SELECT 1 FROM vote")
    question = await whisper(town, await press(town, card, "Delete"))
    await press(town, question, "Delete for good")
    await until_gone(town, card, post)
    await owes_nothing(town)
    assert await town.rows("SELECT * FROM share, vote") == []
    assert await town.broken_invariants() == []


async def test_a_missing_permission_is_told_once_and_once_it_is_back_the_posts_follow(
    town: Town,
) -> None:
    place = await opened(town)
    town.discord.world.deny(place.gallery, Permission.SEND_MESSAGES)
    for _ in range(2):
        card = await finished(town)
        await answer(town, await press(town, card, "Share"))
    owner = town.discord.world.dm(town.guild.owner)
    notice = await town.discord.observer.message(owner, timeout_s=LONG_S)
    assert "Send Messages" in town.view(notice).text
    await town.until_row("SELECT 1 FROM errand GROUP BY kind HAVING min(attempts) > 0")
    seen = await town.until(await browse(town, "new"), lambda view: bool(view.files))
    assert "Video #2" in seen.text
    place.gallery.overwrites.clear()
    await town.let_time_pass(3_600)
    await owes_nothing(town)
    assert len(town.videos(place.gallery)) == 2
    assert town.discord.observer.messages(owner) == [notice]


def _has_text(view: object) -> bool:
    return "Nothing here yet" in str(getattr(view, "text", ""))


async def test_a_message_of_the_past_is_not_kept_from_its_maker(town: Town) -> None:
    place: Place = await opened(town)
    await shared(place)
    await town.write("UPDATE video SET hidden_at = 1")
    page = await town.until(await browse(town, "mine"), lambda view: bool(view.files))
    assert "hidden by moderators" in page.text


async def test_who_wants_to_be_named_no_longer_is_not_named_on_posts_either(town: Town) -> None:
    place = await opened(town)
    assert town.talkie is not None
    change = town.talkie.services.preferences.change
    await change(town.mira.id, lambda choices: replace(choices, credit_name=True))
    _, post = await shared(place)
    assert "by **" in town.view(post).text
    await change(town.mira.id, lambda choices: replace(choices, credit_name=False))
    town.talkie.wake()
    view = await town.until(post, lambda seen: "by **" not in seen.text)
    assert view.files
