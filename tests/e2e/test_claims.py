"""The button that outlives a token, the message that tells of a late edit, and `/jobs`."""

import asyncio

import pytest

from bot import client
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.results import refusal
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel
from tests.fakes.discord.view import View

MINUTE_S = 60


@pytest.fixture(autouse=True)
def _slowly(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None


@pytest.fixture(params=["user install", "group", "between two"])
def far_away(town: Town, request: pytest.FixtureRequest) -> Channel:
    """A channel that only the interaction's token reaches."""
    town.mira.installed = True
    world = town.discord.world
    if request.param == "user install":
        elsewhere = world.add_guild("Elsewhere", members=[town.mira], has_bot=False)
        return world.add_channel(elsewhere, "lounge")
    others = [world.add_user(name) for name in ("noa", "ole")]
    return world.add_private_channel(town.mira, *others[: 2 if request.param == "group" else 1])


async def asked(town: Town, channel: Channel) -> Message:
    interaction = await town.discord.people.slash(
        town.mira, channel, "video", {"prompt": WORDS, "seconds": 2}
    )
    message = await town.reply(interaction, LONG_S)
    await town.started(1)
    return message


def offers(view: View) -> bool:
    return any(button.label == "Get video" for button in view.buttons)


def has_video(view: View) -> bool:
    return bool(view.files)


async def test_before_its_token_dies_the_reply_gets_the_button(
    town: Town, far_away: Channel
) -> None:
    await town.start()
    message = await asked(town, far_away)
    await town.grow_old(12 * MINUTE_S)
    assert not offers(town.view(message))
    await town.grow_old(1 * MINUTE_S + 5)
    await town.until(message, offers)
    # The token dies, the video is made: nobody can write there until the button is pressed.
    await town.grow_old(5 * MINUTE_S)
    town.finish()
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'stranded'")
    assert not town.view(message).files
    await town.stop()
    await town.start()
    await town.discord.people.click(town.mira, message, "Get video")
    view = await town.until(message, has_video)
    assert not offers(view)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    assert len(town.videos(far_away)) == 1
    assert await town.broken_invariants() == []


async def test_a_press_before_the_end_brings_the_token_the_video_needs(
    town: Town, far_away: Channel
) -> None:
    await town.start()
    message = await asked(town, far_away)
    await town.grow_old(14 * MINUTE_S)
    await town.until(message, offers)
    await town.grow_old(5 * MINUTE_S)
    pressed = await town.discord.people.click(town.mira, message, "Get video")
    assert "not ready yet: being made" in await refusal(town, pressed)
    await town.grow_old(1 * MINUTE_S)
    town.finish()
    await town.until(message, has_video)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    assert len(town.videos(far_away)) == 1


async def test_a_second_token_gets_its_button_as_well(town: Town, far_away: Channel) -> None:
    await town.start()
    message = await asked(town, far_away)
    await town.grow_old(14 * MINUTE_S)
    await town.until(message, offers)
    pressed = await town.discord.people.click(town.mira, message, "Get video")
    await refusal(town, pressed)
    before = message.edits
    await town.grow_old(14 * MINUTE_S)
    await town.until(message, lambda seen: message.edits > before and offers(seen))


async def test_a_token_that_is_unknown_for_a_moment_gets_its_button_later(town: Town) -> None:
    town.mira.installed = True
    elsewhere = town.discord.world.add_guild("Elsewhere", members=[town.mira], has_bot=False)
    await town.start()
    message = await asked(town, town.discord.world.add_channel(elsewhere, "lounge"))
    # The waiting card may meet the first of these; the button meets the other.
    fault = town.discord.faults.add(
        Fault(
            trouble=Trouble.STATUS,
            path=r"/webhooks/",
            method="PATCH",
            times=2,
            status=404,
            code=10015,
        )
    )
    await town.grow_old(13 * MINUTE_S + 5)
    await town.discord.observer.wait_for(lambda: fault.hits, LONG_S)
    await town.grow_old(20)
    await town.discord.observer.wait_for(lambda: fault.hits == 2, LONG_S)
    await town.grow_old(20)
    await town.until(message, offers)


async def test_only_its_member_fetches_a_video(town: Town) -> None:
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    await town.start()
    message = await asked(town, town.channel)
    await town.grow_old(14 * MINUTE_S)
    await town.until(message, offers)
    [before] = await town.rows("SELECT token FROM reply")
    pressed = await town.discord.people.click(noa, message, "Get video")
    answer = town.view(await town.reply(pressed, LONG_S))
    assert answer.is_ephemeral
    assert "somebody else" in answer.text
    assert await town.rows("SELECT token FROM reply") == [before]


async def test_an_edit_after_more_than_two_minutes_is_told_once(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    await town.grow_old(3 * MINUTE_S)
    town.finish()
    await town.until(message, has_video)
    ping = await town.discord.observer.message(
        town.channel, lambda view: "shown above" in view.text, timeout_s=LONG_S
    )
    assert ping.pings.users == {town.mira.id}
    assert ping.reply_to is message
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown' AND ping_due_at IS NULL")
    await town.stop()
    await town.start()
    assert len(town.discord.observer.messages(town.channel)) == 2


async def test_a_ping_that_may_have_been_sent_takes_no_other_way(town: Town) -> None:
    talkie = await town.start()
    message = await asked(town, town.channel)
    town.discord.faults.add(
        Fault(trouble=Trouble.STATUS, path=f"channels/{town.channel.id}/messages$", status=503)
    )
    town.discord.faults.add(
        Fault(trouble=Trouble.LOST, path=f"channels/{town.channel.id}/messages$", method="POST")
    )
    await town.grow_old(3 * MINUTE_S)
    town.finish()
    await town.until(message, has_video)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    async with asyncio.timeout(LONG_S):
        while await town.rows("SELECT 1 FROM delivery WHERE ping_due_at IS NOT NULL"):
            talkie.services.deliveries.bell.ring()
            await asyncio.sleep(0.05)
    [ping] = [each for each in town.discord.observer.messages(town.channel) if each is not message]
    assert ping.nonce == "talkie-1-ping"


async def test_a_stop_in_the_middle_of_a_ping_loses_none(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_FAREWELL_S", 0.2)
    await town.start()
    message = await asked(town, town.channel)
    held = town.discord.faults.add(
        Fault(trouble=Trouble.HELD, path=f"channels/{town.channel.id}/messages$", method="POST")
    )
    await town.grow_old(3 * MINUTE_S)
    town.finish()
    await town.until(message, has_video)
    sending = f"/channels/{town.channel.id}/messages"
    await town.discord.observer.wait_for(
        lambda: town.discord.journal.requests("POST", sending), LONG_S
    )
    await town.stop()
    held.release()
    await town.start()
    await town.until_row("SELECT 1 FROM delivery WHERE ping_due_at IS NULL")
    said = [each for each in town.discord.observer.messages(town.channel) if each is not message]
    assert [each.nonce for each in said] == ["talkie-1-ping"]


async def test_an_edit_far_away_is_told_by_its_token(town: Town, far_away: Channel) -> None:
    await town.start()
    message = await asked(town, far_away)
    await town.grow_old(3 * MINUTE_S)
    town.finish()
    await town.until(message, has_video)
    ping = await town.discord.observer.message(
        far_away, lambda view: "shown above" in view.text, timeout_s=LONG_S
    )
    assert ping.pings.users == {town.mira.id}
    assert len(town.discord.observer.messages(far_away)) == 2


async def test_who_waited_a_moment_is_not_pinged(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    town.finish()
    await town.until(message, has_video)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown' AND ping_due_at IS NULL")
    assert len(town.discord.observer.messages(town.channel)) == 1


async def test_a_ping_that_is_refused_disturbs_nothing(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    town.discord.world.remove_bot(town.guild)
    await town.grow_old(3 * MINUTE_S)
    town.finish()
    await town.until(message, has_video)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown' AND ping_due_at IS NULL")
    assert len(town.videos(town.channel)) == 1


async def test_the_list_marks_what_was_not_shown_and_its_button_brings_it(
    town: Town, far_away: Channel
) -> None:
    await town.start()
    await asked(town, far_away)
    await town.forget_tokens()
    town.finish()
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'stranded'")
    asked_list = await town.discord.people.slash(town.mira, far_away, "jobs")
    listed = await town.reply(asked_list, LONG_S)
    assert "done · held 5 credits · charged 5 · not shown to you yet" in town.view(listed).text
    pressed = await town.discord.people.click(town.mira, listed, "Show #1")
    shown = await town.reply(pressed, LONG_S)
    assert has_video(await town.discord.observer.file(shown, LONG_S))
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")


async def test_months_later_a_video_is_shown_again_and_steps_down_in_size(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    town.finish()
    await town.until(message, has_video)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    await town.stop()
    town.discord.clock.advance(90 * 86_400)
    town.clock.advance(90 * 86_400)
    await town.start()
    town.refuse_sizes("@original", times=1)
    again = await town.slash("jobs", id=1)
    view = await town.discord.observer.file(again, LONG_S)
    assert view.files[0].name == "talkie-1.mp4"
    assert "charged 5" in view.text
