"""Places where a way to the member is closed: the next one is taken, and the video arrives once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import App
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel, Dms
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.view import View


@pytest.fixture(autouse=True)
def _slowly(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None


async def asked(town: Town, channel: Channel) -> Message:
    """A video that mira asked for there, and that is being made."""
    interaction = await town.discord.people.slash(
        town.mira, channel, "video", {"prompt": WORDS, "seconds": 2}
    )
    message = await town.reply(interaction, LONG_S)
    await town.started(1)
    return message


async def posted(town: Town, channel: Channel, matches: Callable[[View], bool]) -> Message:
    return await town.discord.observer.message(channel, matches, timeout_s=LONG_S)


def has_video(view: View) -> bool:
    return bool(view.files)


async def settled(town: Town, state: str = "shown") -> None:
    await town.until_row(f"SELECT 1 FROM delivery WHERE state = '{state}'")
    assert await town.broken_invariants() == []


async def test_in_a_direct_message_the_video_comes_after_the_token_died(town: Town) -> None:
    await town.start()
    channel = town.discord.world.dm(town.mira)
    await asked(town, channel)
    await town.forget_tokens()
    town.finish()
    await posted(town, channel, has_video)
    await settled(town)
    assert len(town.videos(channel)) == 1


async def test_an_archived_thread_is_woken_by_the_video(town: Town) -> None:
    thread = town.discord.world.add_thread(town.channel, "clips")
    await town.start()
    status = await asked(town, thread)
    await town.forget_tokens()
    thread.is_archived = True
    town.finish()
    message = await posted(town, thread, has_video)
    await settled(town)
    assert message is not status
    assert not thread.is_archived
    assert len(town.videos(thread)) == 1


async def test_out_of_a_locked_thread_the_video_is_shown_by_its_number(town: Town) -> None:
    thread = town.discord.world.add_thread(town.channel, "clips")
    await town.start()
    await asked(town, thread)
    await town.forget_tokens()
    thread.is_archived = thread.is_locked = True
    town.finish()
    await settled(town, "stranded")
    view = await town.discord.observer.file(await town.slash("jobs", id=1), LONG_S)
    assert view.files[0].name == "talkie-1.mp4"


async def test_while_the_token_lives_no_permission_is_needed(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    town.discord.world.deny(
        town.channel, Permission.ATTACH_FILES | Permission.SEND_MESSAGES | Permission.VIEW_CHANNEL
    )
    town.finish()
    await town.until(message, has_video)
    await settled(town)


async def test_without_attach_files_the_member_is_told_and_fetches_it_by_the_button(
    town: Town,
) -> None:
    await town.start()
    await asked(town, town.channel)
    await town.forget_tokens()
    town.discord.world.deny(town.channel, Permission.ATTACH_FILES)
    town.finish()
    told = await posted(town, town.channel, lambda view: "Attach Files" in view.text)
    assert town.mira.id in told.pings.users
    await settled(town, "stranded")
    await town.discord.people.click(town.mira, told, "Get video")
    await town.until(told, has_video)
    await settled(town)
    assert len(town.videos(town.channel)) == 1


async def test_without_attach_files_the_page_is_shown_where_there_is_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_PUBLIC_URL", "https://talkie.example")
    monkeypatch.setenv("TALKIE_WEB_PORT", "0")
    await town.start()
    await asked(town, town.channel)
    await town.forget_tokens()
    town.discord.world.deny(town.channel, Permission.ATTACH_FILES)
    town.finish()
    shown = await posted(town, town.channel, lambda view: "is ready" in view.text)
    await settled(town)
    [video] = await town.rows("SELECT slug FROM video")
    [button] = [each for each in town.view(shown).buttons if each.url]
    assert button.url == f"https://talkie.example/v/{video['slug']}"
    assert "Attach Files" in town.view(shown).text
    await posted(
        town, town.discord.world.dm(town.guild.owner), lambda view: "Attach Files" in view.text
    )


async def test_a_direct_message_names_the_channel_where_a_permission_is_missing(
    town: Town,
) -> None:
    talkie = await town.start()
    await choose_dm(talkie, town)
    await asked(town, town.channel)
    await town.forget_tokens()
    town.discord.world.deny(town.channel, Permission.ATTACH_FILES)
    town.finish()
    shown = await posted(town, town.discord.world.dm(town.mira), has_video)
    wanted = f"lacks the permission **Attach Files** in <#{town.channel.id}>."
    assert wanted in town.view(shown).text


async def test_a_missing_permission_is_named_to_the_member_and_once_to_the_owner(
    town: Town,
) -> None:
    await town.start()
    town.discord.world.deny(town.channel, Permission.SEND_MESSAGES)
    for number in (1, 2):
        message = await town.slash("video", prompt=WORDS, seconds=2)
        await town.started(number)
        await town.forget_tokens()
        town.finish()
        view = await town.until(message, has_video)
        assert "Send Messages" in view.text
    notices = town.discord.observer.messages(town.discord.world.dm(town.guild.owner))
    assert [("Send Messages" in town.view(each).text) for each in notices] == [True]
    assert f"<#{town.channel.id}>" in town.view(notices[0]).text


async def test_a_message_that_moderation_refuses_takes_the_next_way(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    town.discord.faults.add(
        Fault(
            trouble=Trouble.STATUS,
            path="@original",
            method="PATCH",
            with_file=True,
            status=400,
            code=200000,
        )
    )
    town.finish()
    shown = await posted(town, town.channel, has_video)
    await settled(town)
    assert shown is not message


async def test_a_deleted_waiting_message_does_not_keep_the_video_back(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    await town.discord.people.delete_message(message)
    town.finish()
    await posted(town, town.channel, has_video)
    await settled(town)
    assert len(town.videos(town.channel)) == 1


async def test_a_video_refused_twice_for_its_size_arrives_smaller(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    town.refuse_sizes("@original", times=2)
    town.finish()
    await posted(town, town.channel, has_video)
    await settled(town)
    assert len(town.videos(town.channel)) == 1
    assert not town.view(message).files or town.videos(town.channel) == [message]


async def test_a_video_refused_twice_for_its_size_is_shown_on_its_page(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_PUBLIC_URL", "https://talkie.example")
    monkeypatch.setenv("TALKIE_WEB_PORT", "0")
    await town.start()
    message = await asked(town, town.channel)
    town.refuse_sizes("@original", times=2)
    town.finish()
    view = await town.until(message, lambda seen: any(button.url for button in seen.buttons))
    await settled(town)
    [video] = await town.rows("SELECT slug FROM video")
    assert view.buttons[0].url == f"https://talkie.example/v/{video['slug']}"


async def test_a_limit_below_the_file_is_kept_without_asking(town: Town, tmp_path: Path) -> None:
    """The limit is the interaction's own, whatever the library believes."""
    del tmp_path
    town.guild.size_limit_override_bytes = town.mira.upload_limit_bytes = 2_500_000
    await town.start()
    message = await asked(town, town.channel)
    town.finish()
    view = await town.until(message, has_video)
    assert view.files[0].size <= 2_500_000
    refused = [
        entry
        for entry in town.discord.journal.requests("PATCH", "@original")
        if entry.status == 413
    ]
    assert refused == []


async def test_what_was_asked_in_private_is_posted_when_nothing_else_works(town: Town) -> None:
    await town.start()
    message = await asked(town, town.channel)
    await make_private(town, message)
    await town.forget_tokens()
    town.finish()
    await posted(town, town.channel, lambda view: bool(view.files) and not view.is_ephemeral)
    await settled(town)
    assert len(town.videos(town.channel)) == 1


async def test_who_chose_direct_messages_gets_private_things_there(town: Town) -> None:
    talkie = await town.start()
    await choose_dm(talkie, town)
    message = await asked(town, town.channel)
    await make_private(town, message)
    await town.forget_tokens()
    town.finish()
    home = town.discord.world.dm(town.mira)
    await posted(town, home, has_video)
    await settled(town)
    assert town.videos(town.channel) == []
    # The next video is shown long after whatever followed the first one.
    await asked(town, town.channel)
    await town.started(2)
    town.finish()
    await town.until_row("SELECT 1 FROM delivery WHERE job_id = 2 AND state = 'shown'")
    [first, *more] = town.discord.observer.messages(home)
    assert town.view(first).files
    assert not any("#1** is done" in town.view(each).text for each in more)


@pytest.mark.parametrize("dms", [Dms.OPEN, Dms.BLOCKED, Dms.CLOSED])
async def test_a_direct_message_reaches_members_where_the_bot_is_not(town: Town, dms: Dms) -> None:
    elsewhere = town.discord.world.add_guild("Elsewhere", members=[town.mira], has_bot=False)
    channel = town.discord.world.add_channel(elsewhere, "lounge")
    town.mira.installed, town.mira.dms = True, dms
    talkie = await town.start()
    await choose_dm(talkie, town)
    await asked(town, channel)
    await town.forget_tokens()
    town.finish()
    if dms is Dms.OPEN:
        await posted(town, town.discord.world.dm(town.mira), has_video)
        await settled(town)
    else:
        await settled(town, "stranded")


async def choose_dm(talkie: App, town: Town) -> None:
    await talkie.services.preferences.change(
        town.mira.id, lambda was: replace(was, dm_when_done=True)
    )


async def make_private(town: Town, message: Message) -> None:
    """As if only mira had seen the answer from the start."""
    assert town.talkie is not None
    message.ephemeral_for = town.mira
    await town.write("UPDATE reply SET ephemeral = 1")
