"""Why a sound sent to Talkie makes no video at once, and what its sender can do about it."""

from dataclasses import replace
from pathlib import Path

import pytest

from storage.records import Balance
from tests.e2e.conftest import AT_ONCE, Town
from tests.fakes.discord.drafts import Draft
from tests.fakes.discord.files import Upload
from tests.fakes.discord.journal import Kind
from tests.fakes.discord.messages import Message
from tests.fakes.discord.view import View
from tests.fakes.samples import picture
from tests.fakes.sounds import encode, film, speech

UNTOUCHED = Balance(available=100, held=0)
DAY_S = 86_400.0
WHY_NOT = ("already have", "still getting")


def is_settled(view: View) -> bool:
    return not view.text.startswith(AT_ONCE)


async def answer(town: Town, note: Message) -> Message:
    """Talkie's reply to a message, as soon as it says more than that Talkie listens."""

    def found() -> Message | None:
        for message in town.discord.observer.messages(note.channel):
            if message.reply_to is note and is_settled(town.view(message)):
                return message
        return None

    return await town.discord.observer.wait_for(found)


def said_by_talkie(town: Town) -> Message:
    """An ordinary message of Talkie's."""
    messages = town.discord.messages
    hello = messages.new(town.channel, town.discord.world.bot)
    return messages.add(hello, Draft(content="hello"))


async def long_note(town: Town, folder: Path) -> Message:
    sound = encode(folder / "14s.ogg", speech(14), "-c:a", "libopus")
    upload = Upload(filename=sound.name, content=sound.read_bytes(), content_type="audio/ogg")
    return await town.discord.people.send_dm(town.mira, attachments=[upload])


async def test_a_file_without_sound_is_refused_on_the_card(town: Town, tmp_path: Path) -> None:
    await town.start()
    silent = film(tmp_path / "silent.mp4", None)
    upload = Upload(filename=silent.name, content=silent.read_bytes(), content_type="video/mp4")
    note = await town.discord.people.send_dm(town.mira, attachments=[upload])
    view = town.view(await answer(town, note))
    assert "There is no sound in it" in view.text
    assert view.is_v2
    assert not view.buttons
    assert await town.balance() == UNTOUCHED
    assert not list((town.data / "scratch").iterdir())
    assert await town.broken_invariants() == []


async def test_a_file_that_discord_no_longer_has_is_refused_on_the_card(
    town: Town, voice: Upload
) -> None:
    await town.start()
    note = await town.discord.people.send_dm(town.mira, attachments=[voice], is_voice=True)
    note.draft.kept[0].is_gone = True
    assert "no longer has this file" in town.view(await answer(town, note)).text
    assert await town.balance() == UNTOUCHED


async def test_too_long_a_sound_goes_on_with_its_first_part_by_the_button(
    town: Town, tmp_path: Path
) -> None:
    await town.start()
    card = await answer(town, await long_note(town, tmp_path))
    assert "lasts 14" in town.view(card).text
    assert await town.balance() == UNTOUCHED
    await town.stop()
    await town.start()
    pressed = await town.discord.people.click(town.mira, card, "Use the first 10 s")
    message = await town.reply(pressed)
    await town.until(message, lambda seen: bool(seen.files))
    again = await town.discord.people.click(town.mira, card, "Use the first 10 s")
    refused = await town.reply(again)
    assert "already used" in town.view(refused).text
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


async def test_who_has_no_face_is_asked_for_one_even_after_a_restart(
    town: Town, voice: Upload, portrait: Upload
) -> None:
    await town.start()
    plain = town.discord.world.add_user("plain")
    town.guild.members[plain.id] = plain
    note = await town.discord.people.send_dm(plain, attachments=[voice], is_voice=True)
    card = await answer(town, note)
    assert "I need a picture" in town.view(card).text
    assert await town.rows("SELECT 1 FROM job") == []
    await town.stop()
    await town.start()
    pressed = await town.discord.people.click(plain, card, "Choose a picture")
    await town.discord.observer.modal(pressed)
    sent = await town.discord.people.submit_modal(plain, pressed, {"picture": [portrait]})
    message = await town.reply(sent)
    await town.until(message, lambda seen: bool(seen.files))
    assert town.deapi.posts == 1


async def test_nobody_gives_another_s_sound_a_face(town: Town, voice: Upload) -> None:
    await town.start()
    plain = town.discord.world.add_user("plain")
    town.guild.members[plain.id] = plain
    note = await town.discord.people.send_message(
        plain, town.channel, attachments=[voice], is_voice=True, reply_to=said_by_talkie(town)
    )
    card = await answer(town, note)
    pressed = await town.discord.people.click(town.mira, card, "Choose a picture")
    refused = town.view(await town.reply(pressed))
    assert "somebody else" in refused.text
    assert refused.is_ephemeral


async def test_without_credits_nothing_is_fetched(
    town: Town, monkeypatch: pytest.MonkeyPatch, voice: Upload
) -> None:
    monkeypatch.setenv("TALKIE_WELCOME_CREDITS", "0")
    await town.start()
    note = await town.discord.people.send_dm(town.mira, attachments=[voice], is_voice=True)
    view = town.view(await answer(town, note))
    assert "You have no credits left" in view.text
    assert not view.is_edited
    assert not town.discord.journal.entries(Kind.DOWNLOAD)


async def test_nobody_is_asked_for_a_face_who_would_be_refused_afterwards(
    town: Town, monkeypatch: pytest.MonkeyPatch, voice: Upload
) -> None:
    monkeypatch.setenv("TALKIE_WELCOME_CREDITS", "0")
    await town.start()
    plain = town.discord.world.add_user("plain")
    town.guild.members[plain.id] = plain
    note = await town.discord.people.send_dm(plain, attachments=[voice], is_voice=True)
    assert "You have no credits left" in town.view(await answer(town, note)).text
    assert await town.rows("SELECT 1 FROM draft") == []


async def test_what_costs_a_lot_is_asked_about_first_and_made_on_the_same_card(
    town: Town, monkeypatch: pytest.MonkeyPatch, voice: Upload
) -> None:
    monkeypatch.setenv("TALKIE_ASK_ABOVE_CREDITS", "1")
    await town.start()
    note = await town.discord.people.send_dm(town.mira, attachments=[voice], is_voice=True)
    card = await answer(town, note)
    view = town.view(card)
    [label] = [button.label for button in view.buttons if button.label.startswith("Render")]
    assert "of 100 credits" in label
    assert len(view.files) == 1
    assert await town.balance() == UNTOUCHED
    await town.discord.people.repeat(note)
    await town.discord.people.click(town.mira, card, label)
    await town.until(card, lambda seen: any(file.name.endswith(".mp4") for file in seen.files))
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


async def test_a_server_s_rules_hold_for_notes_too(town: Town, voice: Upload) -> None:
    await town.start()
    assert town.talkie is not None
    elsewhere = town.discord.world.add_channel(town.guild, "videos")
    await town.talkie.services.guilds.change(
        town.guild.id, lambda rules: replace(rules, channels=frozenset({elsewhere.id}))
    )
    note = await town.discord.people.send_message(
        town.mira,
        town.channel,
        attachments=[voice],
        is_voice=True,
        reply_to=said_by_talkie(town),
    )
    assert f"<#{elsewhere.id}>" in town.view(await answer(town, note)).text
    assert not town.discord.journal.entries(Kind.DOWNLOAD)
    assert await town.rows("SELECT 1 FROM job") == []


async def test_of_many_notes_at_once_each_gets_a_job_or_a_sentence(
    town: Town, voice: Upload
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    notes = [
        await town.discord.people.send_dm(town.mira, attachments=[voice], is_voice=True)
        for _ in range(6)
    ]
    said = [town.view(await answer(town, note)).text for note in notes]
    jobs = await town.rows("SELECT id FROM job")
    assert sum("Video #" in text for text in said) == len(jobs) >= 1
    assert all("Video #" in text or any(why in text for why in WHY_NOT) for text in said)
    assert await town.broken_invariants() == []


async def test_plain_words_are_answered_with_the_commands_once_a_day(town: Town) -> None:
    await town.start()
    people, dm = town.discord.people, town.discord.world.dm(town.mira)
    first = await people.send_dm(town.mira, "hi, what can you do?")
    shown = await answer(town, first)
    assert "/animate" in town.view(shown).text
    await people.send_dm(town.mira, "and this?")
    photo = Upload(filename="me.png", content=picture(64, 64), content_type="image/png")
    await people.send_dm(town.mira, attachments=[photo])
    await town.stop()
    await town.start()
    await people.send_dm(town.mira, "still there?")
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    await answer(town, await people.send_dm(noa, "hello"))
    assert [m for m in town.discord.observer.messages(dm) if m.author.is_bot] == [shown]
    await town.let_time_pass(DAY_S)
    await answer(town, await people.send_dm(town.mira, "good morning"))
    assert await town.rows("SELECT 1 FROM job") == []
