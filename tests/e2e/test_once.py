"""Exactly one message about each ending, whatever dies between sending it and knowing of it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.process import Process
from tests.e2e.speaking import own_environment, stored, stored_rows
from tests.fakes.deapi.behaviour import JobFault
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.view import View
from tests.fakes.moments import Moment, Phase

BEYOND_NONCE_S = 600


def has_video(view: View) -> bool:
    return bool(view.files)


async def asked(town: Town) -> Message:
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    return message


async def settled(town: Town) -> dict[str, object]:
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    assert await town.broken_invariants() == []
    [row] = await town.rows("SELECT message_id FROM delivery")
    return row


@pytest.fixture
def _slowly(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None


@pytest.mark.usefixtures("_slowly")
async def test_a_post_whose_answer_was_lost_is_found_again(town: Town) -> None:
    await town.start()
    await asked(town)
    await town.forget_tokens()
    town.discord.faults.add(
        Fault(trouble=Trouble.LOST, path=r"/channels/\d+/messages$", method="POST", with_file=True)
    )
    town.finish()
    posted = await town.discord.observer.message(town.channel, has_video, timeout_s=LONG_S)
    await town.until_row("SELECT 1 FROM delivery WHERE attempts = 1 AND begun_at IS NOT NULL")
    await town.grow_old(BEYOND_NONCE_S)
    assert await settled(town) == {"message_id": posted.id}
    assert town.videos(town.channel) == [posted]


@pytest.mark.usefixtures("_slowly")
async def test_an_edit_whose_answer_was_lost_is_not_posted_again(town: Town) -> None:
    """The token dies before the second attempt, and the channel's way comes next."""
    await town.start()
    message = await asked(town)
    town.discord.faults.add(
        Fault(trouble=Trouble.LOST, path="@original", method="PATCH", with_file=True)
    )
    town.finish()
    await town.until(message, has_video)
    await town.until_row("SELECT 1 FROM delivery WHERE attempts = 1 AND begun_at IS NOT NULL")
    await town.grow_old(901)
    assert await settled(town) == {"message_id": message.id}
    assert town.videos(town.channel) == [message]


@pytest.mark.usefixtures("_slowly")
async def test_where_history_is_closed_the_nonce_keeps_it_to_one(town: Town) -> None:
    await town.start()
    await asked(town)
    await town.forget_tokens()
    town.discord.world.deny(town.channel, Permission.READ_MESSAGE_HISTORY)
    town.discord.faults.add(
        Fault(trouble=Trouble.LOST, path=r"/channels/\d+/messages$", method="POST", with_file=True)
    )
    town.finish()
    await town.until_row("SELECT 1 FROM delivery WHERE attempts = 1 AND begun_at IS NOT NULL")
    await town.grow_old(60)
    await settled(town)
    assert len(town.videos(town.channel)) == 1


@pytest.mark.usefixtures("_slowly")
async def test_that_files_are_refused_is_told_once(town: Town) -> None:
    await town.start()
    await asked(town)
    await town.forget_tokens()
    town.discord.world.deny(town.channel, Permission.ATTACH_FILES)
    # The file, the edit of the old message, then the words: it is their answer that is lost.
    town.discord.faults.add(
        Fault(
            trouble=Trouble.LOST,
            path=f"/channels/{town.channel.id}/messages$",
            method="POST",
            with_file=False,
        )
    )
    town.finish()
    await town.until_row("SELECT 1 FROM delivery WHERE attempts = 3 AND begun_at IS NOT NULL")
    await town.grow_old(BEYOND_NONCE_S)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'stranded'")
    told = [
        each
        for each in town.discord.observer.messages(town.channel)
        if "lacks the permission" in town.view(each).text
    ]
    assert len(told) == 1


async def test_news_of_a_failure_come_once_as_well(town: Town) -> None:
    await town.start()
    town.deapi.behaviour.looks_until_done = None
    town.deapi.faults.plan_job(JobFault.ERROR_FINAL)
    await asked(town)
    await town.forget_tokens()
    town.discord.faults.add(
        Fault(trouble=Trouble.LOST, path=r"/channels/\d+/messages$", method="POST")
    )
    town.finish()
    await town.until_row("SELECT 1 FROM delivery WHERE attempts = 1 AND begun_at IS NOT NULL")
    await town.grow_old(BEYOND_NONCE_S)
    await settled(town)
    told = [
        each
        for each in town.discord.observer.messages(town.channel)
        if "could not be made" in town.view(each).text
    ]
    assert len(told) == 1


@pytest.mark.usefixtures("_slowly")
async def test_a_dropped_gateway_keeps_no_video_back(town: Town) -> None:
    await town.start()
    message = await asked(town)
    town.discord.gateway.drop()
    town.finish()
    await town.until(message, has_video)
    await town.discord.observer.connected(resumed=True)
    await settled(town)
    assert town.videos(town.channel) == [message]


@pytest.mark.usefixtures("_slowly")
async def test_members_never_read_the_provider_s_address(town: Town) -> None:
    await town.start()
    message = await asked(town)
    await town.forget_tokens()
    town.finish()
    await town.discord.observer.message(town.channel, has_video, timeout_s=LONG_S)
    again = await town.slash("jobs", id=1)
    await town.discord.observer.file(again, LONG_S)
    await settled(town)
    sent = str([entry.detail for entry in town.discord.journal.entries()])
    assert message.drafts
    assert town.deapi.url not in sent
    assert town.deapi.url.removeprefix("http://") not in sent


@pytest.fixture
def environment(town: Town) -> dict[str, str]:
    """What the town's own Talkie would read."""
    del town
    return own_environment()


def _is_post(moment: Moment) -> bool:
    return moment.method == "POST" and bool(moment.detail.get("files"))


def _is_ping(moment: Moment) -> bool:
    body = str(moment.detail.get("body"))
    return moment.method == "POST" and "shown above" in body


async def killed_at(town: Town, bot: Process, wants: Callable[[Moment], bool]) -> None:
    """The process is gone before the answer of the first such request reaches it."""

    async def strike(moment: Moment) -> bool:
        if moment.phase is not Phase.TAKEN or not wants(moment):
            return False
        bot.strike()
        return True

    town.discord.moments.watch(strike)
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    await bot.ended()


@pytest.mark.usefixtures("_slowly")
async def test_killed_between_sending_and_recording_it_is_not_posted_twice(
    town: Town, environment: dict[str, str], tmp_path: Path
) -> None:
    bot = await Process.start(environment, tmp_path)
    await town.discord.observer.connected()
    await asked(town)
    town.discord.clock.advance(901)
    await killed_at(town, bot, _is_post)
    assert stored_rows(town, "SELECT state, begun_at IS NULL FROM delivery") == [("owed", 0)]
    town.discord.clock.advance(BEYOND_NONCE_S)
    again = await Process.start(environment, tmp_path)
    try:
        await stored(town, "SELECT 1 FROM delivery WHERE state = 'shown'")
    finally:
        assert await again.stop() == 0
    [video] = town.videos(town.channel)
    assert stored_rows(town, "SELECT message_id FROM delivery") == [(video.id,)]


@pytest.mark.usefixtures("_slowly")
async def test_killed_in_a_ping_it_is_not_sent_twice(
    town: Town, environment: dict[str, str], tmp_path: Path
) -> None:
    bot = await Process.start(environment, tmp_path)
    await town.discord.observer.connected()
    message = await asked(town)
    # To the bot, two and a half minutes have passed; Discord's tokens do not mind.
    with closing(sqlite3.connect(town.data / "talkie.db", timeout=LONG_S)) as connection:
        connection.execute("UPDATE reply SET token_until = token_until - 150000")
        connection.commit()
    await killed_at(town, bot, _is_ping)
    assert town.view(message).files
    assert stored_rows(town, "SELECT state, ping_begun FROM delivery") == [("shown", 1)]
    town.discord.clock.advance(BEYOND_NONCE_S)
    again = await Process.start(environment, tmp_path)
    try:
        await stored(town, "SELECT 1 FROM delivery WHERE ping_due_at IS NULL")
    finally:
        assert await again.stop() == 0
    pings = [
        each
        for each in town.discord.observer.messages(town.channel)
        if "shown above" in town.view(each).text
    ]
    assert len(pings) == 1
