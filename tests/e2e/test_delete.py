"""Delete: asked once, then the video and its messages are gone, and the presser is told what."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.services import removal
from storage.belongings import Gallery
from tests.e2e.conftest import LONG_S, PATIENCE_MS, WORDS, Town
from tests.e2e.results import (
    PLACES,
    finished,
    labels,
    place,
    press,
    refusal,
    stranger,
    whisper,
    whispers,
)
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Role
from tests.fakes.discord.permissions import Permission

SURE = "Delete for good"


async def asked(town: Town, message: Message) -> Message:
    """The question that Delete answers with."""
    return await whisper(town, await press(town, message, "Delete"))


async def told(town: Town, question: Message) -> str:
    """What stands in the question's place once it was answered."""
    return (await town.until(question, lambda seen: "Gone:" in seen.text)).text


async def until_deleted(town: Town, *messages: Message) -> None:
    def are_gone() -> bool:
        return all(message.is_deleted for message in messages)

    await town.discord.observer.wait_for(are_gone, LONG_S)


def files(town: Town) -> list[str]:
    return [path.name for folder in ("videos", "jobs") for path in (town.data / folder).iterdir()]


@pytest.mark.parametrize("where", PLACES)
async def test_the_video_goes_with_its_message_and_the_maker_reads_what_is_gone(
    town: Town, where: str
) -> None:
    await town.start()
    message = await finished(town, place(town, where))
    question = await asked(town, message)
    assert "Delete video #1 for good?" in town.view(question).text
    assert labels(town.view(question)) == [SURE]
    assert files(town), "nothing is gone before it is confirmed"
    await press(town, question, SURE)
    text = await told(town, question)
    assert "its file and preview picture, its prompt and 1 message" in text
    for beyond in ("Out of Talkie's reach", "saved", "backups", "Discord", "video service"):
        assert beyond in text
    await until_deleted(town, message)
    assert files(town) == []
    assert await town.rows("SELECT prompt FROM job") == [{"prompt": ""}]
    assert await town.broken_invariants() == []


async def test_soon_after_the_disk_holds_the_words_no_longer(town: Town) -> None:
    def are_on_disk() -> bool:
        return any(WORDS.encode() in path.read_bytes() for path in town.data.glob("talkie.db*"))

    talkie = await town.start()
    await talkie.services.guilds.change(
        town.guild.id, lambda rules: replace(rules, gallery=Gallery.PUBLIC)
    )
    message = await finished(town)
    await press(town, message, "Share")
    await town.until_row("SELECT 1 FROM wording WHERE wording MATCH 'gulls'")
    assert are_on_disk()
    question = await asked(town, message)
    await press(town, question, SURE)
    await told(town, question)
    async with asyncio.timeout(LONG_S):
        while are_on_disk():  # noqa: ASYNC110 bytes do not ring
            await asyncio.sleep(0.2)


async def test_copies_pings_and_the_old_waiting_message_go_along(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    waited = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.forget_tokens()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    posted = await town.discord.observer.message(
        town.channel, lambda view: bool(view.files), timeout_s=LONG_S
    )
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    copy = await town.slash("jobs", id=1)
    await town.until(copy, lambda seen: bool(seen.files))
    other = await town.discord.people.send_message(town.mira, town.channel, "lovely")
    question = await asked(town, copy)
    await press(town, question, SURE)
    assert "3 messages" in await told(town, question)
    await until_deleted(town, waited, posted, copy)
    assert not other.is_deleted


async def test_a_video_on_its_way_arrives_first_and_goes_with_the_others(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.forget_tokens()
    held = town.discord.faults.add(
        Fault(trouble=Trouble.HELD, path=r"/channels/\d+/messages$", method="POST", with_file=True)
    )
    town.finish()
    await town.until_row("SELECT 1 FROM delivery WHERE begun_at IS NOT NULL")
    copy = await town.slash("jobs", id=1)
    await town.until(copy, lambda seen: bool(seen.files))
    question = await asked(town, copy)
    await press(town, question, SURE)
    for _ in range(3):
        await town.slash("jobs")
    assert len(files(town)) == 3, "clip, poster and inputs wait for what is on its way"
    held.release()
    await told(town, question)
    await until_deleted(town, copy)
    assert held.hits == 1
    assert town.videos(town.channel) == []


async def test_a_stranger_cannot_delete_and_cannot_confirm(town: Town) -> None:
    await town.start()
    message = await finished(town)
    noa = stranger(town)
    assert "somebody else" in await refusal(town, await press(town, message, "Delete", noa))
    question = await asked(town, message)
    question.ephemeral_for = noa
    await press(town, question, SURE, noa)
    await town.discord.observer.wait_for(
        lambda: any("somebody else" in town.view(each).text for each in said(town)), LONG_S
    )
    assert not message.is_deleted
    assert files(town)


async def test_a_moderator_of_the_server_deletes_what_others_made(town: Town) -> None:
    await town.start()
    message = await finished(town)
    noa = stranger(town)
    role = Role(id=77, name="mods", permissions=Permission.MANAGE_MESSAGES)
    town.guild.roles[role.id] = role
    town.guild.roles_of[noa.id] = [role.id]
    question = await whisper(town, await press(town, message, "Delete", noa))
    await press(town, question, SURE, noa)
    await told(town, question)
    await until_deleted(town, message)
    assert files(town) == []


async def test_a_moderator_of_one_server_is_nobody_in_another(town: Town) -> None:
    await town.start()
    private = await finished(town, place(town, "bot dm"))
    public = await finished(town)
    owner = town.guild.owner
    [row] = await town.rows("SELECT id FROM job WHERE guild_id IS NULL")
    for part in public.draft.components:
        point_at(part, str(row["id"]))
    pressed = await press(town, public, "Delete", owner)
    assert "somebody else" in await refusal(town, pressed)
    assert not private.is_deleted


async def test_confirmed_twice_at_once_it_is_deleted_once(town: Town) -> None:
    await town.start()
    message = await finished(town)
    question = await asked(town, message)
    presses = [await press(town, question, SURE) for _ in range(2)]
    text = await told(town, question)
    assert "1 message" in text
    [second] = await whispers(town, presses, 1)
    assert "was deleted" in second


async def test_the_question_is_answered_after_a_restart_where_the_bot_may_delete(
    town: Town,
) -> None:
    await town.start()
    message = await finished(town)
    question = await asked(town, message)
    await town.forget_tokens()
    await town.stop()
    await town.start()
    await press(town, question, SURE)
    await told(town, question)
    await until_deleted(town, message)


async def test_what_the_bot_cannot_reach_goes_with_one_more_press(town: Town) -> None:
    """The app is only installed by its user, and the token of the first press was forgotten."""
    await town.start()
    message = await finished(town, place(town, "private"))
    question = await asked(town, message)
    await town.forget_tokens()
    await town.stop()
    await town.start()
    await press(town, question, SURE)
    assert "press Delete on it" in await told(town, question)
    assert not message.is_deleted
    assert files(town) == []
    note = await whisper(town, await press(town, message, "Delete"))
    assert "This message is gone now, too" in town.view(note).text
    await until_deleted(town, message)


async def test_where_deleting_is_refused_the_message_says_that_the_video_is_gone(
    town: Town,
) -> None:
    await town.start()
    message = await finished(town)
    question = await asked(town, message)
    town.discord.faults.add(
        Fault(
            trouble=Trouble.STATUS, path=r"/messages/", method="DELETE", times=9, status=403,
            code=50013,
        )
    )  # fmt: skip
    await press(town, question, SURE)
    await told(town, question)
    view = await town.until(message, lambda seen: "was deleted." in seen.text)
    assert not view.files
    assert not view.buttons


async def test_again_on_a_deleted_video_says_so(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Until then its messages stay, as if nobody had been there to clear them.
    monkeypatch.setattr(removal, "_CLEARED_WITHIN_MS", PATIENCE_MS)
    await town.start()
    await finished(town)
    copy = await town.slash("jobs", id=1)
    await town.until(copy, lambda seen: bool(seen.files))
    assert town.talkie is not None
    await town.talkie.services.removal.remove(
        town.mira.id, (await town.talkie.services.jobs.mine(town.mira.id))[0].job.id
    )
    for label in ("Again", "Remix"):
        assert "was deleted" in await refusal(town, await press(town, copy, label))
    shown = town.view(await town.slash("jobs", id=1))
    assert "was deleted." in shown.text


async def test_a_delete_that_breaks_is_answered_with_an_apology(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await town.start()
    message = await finished(town)
    question = await asked(town, message)
    assert town.talkie is not None

    async def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(type(town.talkie.services.removal), "remove", broken)
    with caplog.at_level(logging.CRITICAL):
        note = await whisper(town, await press(town, question, SURE))
    assert "went wrong on our side" in town.view(note).text
    assert not message.is_deleted


def said(town: Town) -> list[Message]:
    return [each for each in town.discord.observer.messages(town.channel) if each.author.is_bot]


def point_at(part: dict[str, object], number: str) -> None:
    found = part.get("custom_id")
    if isinstance(found, str):
        part["custom_id"] = f"{found.rpartition(':')[0]}:{number}"
    for inner in part.get("components") or []:  # type: ignore[attr-defined]  # Discord's JSON
        point_at(inner, number)
