"""Which messages go with a deleted video: all of its own that can be reached, and no other."""

from dataclasses import replace

from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.results import finished, place, press, stranger
from tests.e2e.test_delete import SURE, asked, point_at, told, until_deleted
from tests.fakes.discord.faults import Fault, Trouble


async def test_what_was_sent_directly_goes_although_its_channel_is_out_of_reach(
    town: Town,
) -> None:
    elsewhere = place(town, "foreign guild")
    town.deapi.behaviour.looks_until_done = None
    talkie = await town.start()
    await talkie.services.preferences.change(
        town.mira.id, lambda was: replace(was, dm_when_done=True)
    )
    first = await town.discord.people.slash(
        town.mira, elsewhere, "video", {"prompt": WORDS, "seconds": 2}
    )
    await town.reply(first, LONG_S)
    await town.started(1)
    await town.forget_tokens()
    town.finish()
    home = town.discord.world.dm(town.mira)
    sent = await town.discord.observer.message(home, lambda view: bool(view.files), LONG_S)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    again = await town.discord.people.slash(town.mira, elsewhere, "jobs", {"id": 1})
    copy = await town.reply(again, LONG_S)
    await town.until(copy, lambda seen: bool(seen.files))
    question = await asked(town, copy)
    await press(town, question, SURE)
    await told(town, question)
    await until_deleted(town, sent, copy)


async def test_copies_in_other_channels_go_along(town: Town) -> None:
    lounge = town.discord.world.add_channel(town.guild, "lounge")
    await town.start()
    message = await finished(town)
    copies = []
    for channel in (lounge, town.discord.world.dm(town.mira)):
        again = await town.discord.people.slash(town.mira, channel, "jobs", {"id": 1})
        copies.append(await town.reply(again, LONG_S))
        await town.until(copies[-1], lambda seen: bool(seen.files))
    await town.stop()
    await town.start()
    question = await asked(town, message)
    await press(town, question, SURE)
    assert "3 messages" in await told(town, question)
    await until_deleted(town, message, *copies)
    assert await town.rows("SELECT * FROM copy") == []
    assert await town.rows("SELECT * FROM errand") == []
    assert await town.broken_invariants() == []


async def test_a_video_that_is_deleted_while_it_is_shown_again_is_not_seen(town: Town) -> None:
    lounge = town.discord.world.add_channel(town.guild, "lounge")
    await town.start()
    message = await finished(town)
    held = town.discord.faults.add(
        Fault(trouble=Trouble.HELD, path=r"/messages/@original$", method="PATCH", with_file=True)
    )
    await town.discord.people.slash(town.mira, lounge, "jobs", {"id": 1})
    await town.until_row("SELECT 1 FROM copy")
    question = await asked(town, message)
    await press(town, question, SURE)
    await told(town, question)
    held.release()
    for _ in range(3):
        await town.slash("jobs")
    assert held.hits == 1
    assert town.videos(lounge) == []
    assert await town.rows("SELECT * FROM errand") == []


async def test_only_a_message_of_the_video_itself_goes_with_it(town: Town) -> None:
    await town.start()
    message = await finished(town)
    noa = stranger(town)
    pressed = await town.discord.people.slash(
        noa, town.channel, "video", {"prompt": WORDS, "seconds": 2}
    )
    other = await town.reply(pressed, LONG_S)
    await town.until(other, lambda seen: bool(seen.files))
    question = await asked(town, message)
    for part in question.draft.components:
        point_at(part, str(other.id))
    await press(town, question, SURE)
    await told(town, question)
    await until_deleted(town, message)
    assert not other.is_deleted
    assert town.view(other).files
