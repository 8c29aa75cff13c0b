"""Voice notes and sounds sent to Talkie itself: directly, or as a reply that pings it."""

import pytest

from bot.domain.request import Anchor, Source
from tests.e2e.asking import mean, posted, two_coloured
from tests.e2e.conftest import Town
from tests.e2e.noting import (
    answer_to,
    answers,
    hear_a_last_word,
    ordinary_card,
    send,
    video_in,
)
from tests.fakes.clipcheck import count
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.files import Upload
from tests.fakes.discord.permissions import Permission


async def test_a_voice_note_to_talkie_is_spoken_by_the_sender_s_avatar(
    town: Town, voice: Upload
) -> None:
    await town.start()
    note = await send(town, voice)
    card = await answer_to(town, note)
    posted = await video_in(town, note.channel)
    [file] = town.view(posted).files
    clip = town.data / "sent.mp4"
    clip.write_bytes(file.content)
    counted = await count(clip)
    assert (counted.width, counted.height, counted.frames) == (768, 768, 65)
    assert posted.reply_to is card
    assert town.mira.id in posted.pings.users
    assert card.pings.users == set()
    await town.until(card, lambda seen: "see below" in seen.text and seen.is_v2)
    [post] = [seen for seen in town.deapi.asked("videos/audio-syncs") if "price" not in seen.path]
    assert "first_frame_image" in post.fields
    assert await town.broken_invariants() == []


async def test_a_sound_beside_a_picture_is_spoken_by_the_picture(
    town: Town, voice: Upload, portrait: Upload
) -> None:
    await town.start()
    plain = town.discord.world.add_user("plain")
    town.guild.members[plain.id] = plain
    note = await town.discord.people.send_dm(
        plain, "softly, in candle light", attachments=[voice, portrait]
    )
    posted = await video_in(town, note.channel)
    assert "Softly, in candle light" in town.view(posted).text
    assert town.deapi.posts == 1


async def test_a_portrait_that_the_sender_keeps_goes_before_their_avatar(
    town: Town, voice: Upload
) -> None:
    await town.start()
    assert town.talkie is not None
    picture = await town.discord.people.send_dm(town.mira, attachments=[two_coloured()])
    payload = town.discord.messages.payload(picture)["attachments"][0]
    kept = Source(url=payload["url"], name="two colours.png", declared_bytes=payload["size"])
    await town.talkie.services.portraits.keep(town.mira.id, "mask", kept, anchor=Anchor.END)
    note = await send(town, voice)
    await video_in(town, note.channel)
    [red, _, blue] = mean(posted(town))
    assert blue > red
    assert (await town.rows("SELECT shape FROM job"))[0] == {"shape": "wide"}


async def test_a_forwarded_voice_note_is_one_too(town: Town, voice: Upload) -> None:
    await town.start()
    said = await town.discord.people.send_message(
        town.mira, town.channel, attachments=[voice], is_voice=True
    )
    note = await town.discord.people.send_dm(town.mira, forwarded=said)
    await video_in(town, note.channel)
    assert [m for m in town.discord.observer.messages(town.channel) if m is not said] == []


async def test_a_pinged_reply_to_an_ordinary_message_of_talkie_s_is_heard(
    town: Town, voice: Upload
) -> None:
    await town.start()
    first = await ordinary_card(town)
    note = await town.discord.people.send_message(
        town.mira, town.channel, attachments=[voice], is_voice=True, reply_to=first
    )
    card = await answer_to(town, note)
    await town.discord.observer.message(
        town.channel, lambda view: bool(view.files) and "sound to video" in view.text
    )
    await town.until(card, lambda seen: "see below" in seen.text)
    assert await town.rows("SELECT guild_id, interaction_id FROM job WHERE mode = 'audio'") == [
        {"guild_id": town.guild.id, "interaction_id": note.id}
    ]
    assert await town.broken_invariants() == []


@pytest.mark.parametrize("is_there", [True, False])
async def test_what_a_reply_answers_is_looked_up_where_discord_does_not_tell(
    town: Town, voice: Upload, is_there: bool
) -> None:
    await town.start()
    first, talkie = await ordinary_card(town), town.discord.world.bot
    town.channel.deny(talkie, Permission.VIEW_CHANNEL)
    note = await town.discord.people.send_message(
        town.mira, town.channel, attachments=[voice], is_voice=True, reply_to=first
    )
    town.channel.overwrites.clear()
    heard = {**town.discord.messages.payload(note), "guild_id": str(town.guild.id)}
    del heard["referenced_message"]
    if not is_there:
        await town.discord.people.delete_message(first)
    town.discord.gateway.dispatch("MESSAGE_CREATE", heard, guild_id=town.guild.id)
    if is_there:
        await answer_to(town, note)
    await hear_a_last_word(town)
    assert len(answers(town, note)) == is_there


async def test_what_was_said_to_others_is_left_alone(town: Town, voice: Upload) -> None:
    await town.start()
    first = await ordinary_card(town)
    people, world = town.discord.people, town.discord.world
    noa, app = world.add_user("noa"), world.add_user("another app", is_bot=True)
    town.guild.members |= {noa.id: noa, app.id: app}
    said = await people.send_message(noa, town.channel, "listen to this")
    answer = next(m for m in town.discord.observer.messages(town.channel) if m.metadata)
    sound = {"attachments": [voice], "is_voice": True}
    notes = [
        await people.send_message(noa, town.channel, **sound, reply_to=reply_to, pings_author=pings)  # type: ignore[arg-type]  # plain values
        for reply_to, pings in ((None, True), (first, False), (said, True), (answer, True))
    ]
    notes.append(await people.send_message(app, town.channel, **sound, reply_to=first))  # type: ignore[arg-type]  # plain values
    notes.append(
        await people.send_message(
            noa, town.channel, f"<@{world.bot.id}>", attachments=[voice], reply_to=said
        )
    )
    notes.append(await people.send_message(noa, town.channel, "no sound", reply_to=first))
    await hear_a_last_word(town)
    assert [answers(town, note) for note in notes] == [[]] * len(notes)
    assert town.deapi.posts == 1


async def test_webhooks_and_discord_itself_are_not_answered(town: Town, voice: Upload) -> None:
    await town.start()
    note = await town.discord.people.send_message(
        town.mira, town.channel, attachments=[voice], is_voice=True
    )
    heard = {**town.discord.messages.payload(note), "id": str(note.id + 1)}
    dm = str(town.discord.world.dm(town.mira).id)
    for strange in ({"webhook_id": "77"}, {"type": 6}):
        town.discord.gateway.dispatch("MESSAGE_CREATE", {**heard, "channel_id": dm, **strange})
    await hear_a_last_word(town)
    assert town.discord.observer.messages(town.discord.world.dm(town.mira)) == []
    assert await town.rows("SELECT 1 FROM job") == []


async def test_the_same_event_twice_makes_one_job(town: Town, voice: Upload) -> None:
    await town.start()
    note = await send(town, voice)
    await town.discord.people.repeat(note)
    await video_in(town, note.channel)
    await town.discord.people.repeat(note)
    await hear_a_last_word(town)
    assert town.deapi.posts == 1
    assert len(answers(town, note)) == 1
    assert len(await town.rows("SELECT 1 FROM job")) == 1
    assert await town.broken_invariants() == []


@pytest.mark.parametrize("trouble", [Trouble.LOST, Trouble.DROPPED])
async def test_an_answer_that_the_wire_cut_off_is_given_once(
    town: Town, voice: Upload, trouble: Trouble
) -> None:
    await town.start()
    town.discord.faults.add(Fault(trouble=trouble, path=r"/messages$", method="POST", times=1))
    note = await send(town, voice)
    await video_in(town, note.channel)
    assert len(answers(town, note)) == 1
    assert town.deapi.posts == 1
