"""How videos of notes reach their members, to whom no token leads."""

import asyncio
import logging

import pytest

from tests.e2e.conftest import LONG_S, Town
from tests.e2e.noting import (
    answer_to,
    answers,
    hear_a_last_word,
    ordinary_card,
    send,
    shows_video,
    video_in,
)
from tests.fakes.discord.files import Upload
from tests.fakes.discord.journal import Kind
from tests.fakes.discord.permissions import Permission


async def test_a_restart_between_note_and_video_loses_nothing(town: Town, voice: Upload) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    note = await send(town, voice)
    card = await answer_to(town, note)
    await town.until(card, lambda seen: "Being made" in seen.text)
    await town.started(1)
    await town.stop()
    await town.start()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    posted = await video_in(town, note.channel)
    assert posted.reply_to is card
    assert len(answers(town, note)) == 1
    assert await town.broken_invariants() == []


async def test_a_note_that_was_taken_back_at_once_is_not_answered(
    town: Town, voice: Upload
) -> None:
    await town.start()
    note = await send(town, voice)
    await town.discord.people.delete_message(note)
    await hear_a_last_word(town)
    assert town.discord.observer.messages(note.channel) == []
    assert await town.rows("SELECT 1 FROM job") == []


async def test_a_video_reaches_its_channel_although_note_and_card_are_gone(
    town: Town, voice: Upload
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    note = await send(town, voice)
    card = await answer_to(town, note)
    await town.until(card, lambda seen: "Being made" in seen.text)
    await town.started(1)
    for message in (note, card):
        await town.discord.people.delete_message(message)
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    posted = await video_in(town, note.channel)
    assert posted.reply_to is None
    assert await town.broken_invariants() == []


async def test_where_posting_is_forbidden_later_the_card_becomes_the_video(
    town: Town, voice: Upload
) -> None:
    await town.start()
    first = await ordinary_card(town)
    town.deapi.behaviour.looks_until_done = None
    note = await town.discord.people.send_message(
        town.mira, town.channel, attachments=[voice], is_voice=True, reply_to=first
    )
    card = await answer_to(town, note)
    await town.until_row("SELECT 1 FROM call WHERE job_id = 2 AND state = 'started'")
    town.channel.deny(town.discord.world.bot, Permission.SEND_MESSAGES)
    town.deapi.jobs.finish(list(town.deapi.jobs.by_id.values())[-1])
    await town.until(card, shows_video)


async def test_where_talkie_may_not_answer_it_does_not_begin(
    town: Town, voice: Upload, caplog: pytest.LogCaptureFixture
) -> None:
    await town.start()
    first = await ordinary_card(town)
    town.channel.deny(town.discord.world.bot, Permission.SEND_MESSAGES)
    with caplog.at_level(logging.INFO):
        await town.discord.people.send_message(
            town.mira, town.channel, attachments=[voice], is_voice=True, reply_to=first
        )
        posts = f"/channels/{town.channel.id}/messages"
        journal = town.discord.journal
        await town.discord.observer.wait_for(
            lambda: [entry for entry in journal.requests("POST", posts) if entry.status == 403]
        )
        async with asyncio.timeout(LONG_S):
            while "could not be answered" not in caplog.text:  # noqa: ASYNC110 a log does not ring
                await asyncio.sleep(0.02)
        await hear_a_last_word(town)
    told = [record for record in caplog.records if "could not be answered" in record.message]
    assert [getattr(record, "detail", "") for record in told] == ["403 50013"]
    assert len(await town.rows("SELECT 1 FROM job")) == 1
    downloads = town.discord.journal.entries(Kind.DOWNLOAD)
    assert not [entry for entry in downloads if "voice" in str(entry.detail)]
