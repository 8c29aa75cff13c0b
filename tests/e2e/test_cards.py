"""Cards in a channel: what they ping, which files they carry, and what comes after a card."""

import re

from storage.database import Statement, single
from tests.e2e.conftest import WORDS, Town


async def test_every_step_of_a_job_is_a_card_and_carries_one_file_at_most(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    view = await town.until(message, lambda seen: bool(seen.files))
    assert all(draft.flags & draft.flags.V2 and not draft.content for draft in message.drafts)
    assert [file.upload.filename for file in message.draft.kept] == ["talkie-1.mp4"]
    assert view.files[0].name == "talkie-1.mp4"


async def test_a_prompt_pings_nobody_and_the_card_only_its_member(town: Town) -> None:
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=f"<@{noa.id}> @everyone {WORDS}", seconds=2)
    await town.started(1)
    await town.forget_tokens()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    posted = await town.discord.observer.message(town.channel, lambda view: bool(view.files))
    assert posted.pings.users == {town.mira.id}
    assert not posted.pings.everyone
    assert f"<@{town.mira.id}>" in town.view(posted).text


async def test_the_button_in_a_list_works_after_a_restart(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS)
    await town.started(1)
    second = await town.slash("video", prompt=WORDS)
    listed = await town.slash("jobs")
    await town.stop()
    await town.start()
    await town.discord.people.click(town.mira, listed, "Cancel #2")
    await town.until(second, lambda seen: "called off" in seen.text)
    assert "Cancel #2" not in {each.label for each in town.view(second).buttons}


async def test_a_video_that_is_no_longer_kept_says_how_to_make_it_again(town: Town) -> None:
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2, seed=7)
    await town.until(message, lambda seen: bool(seen.files))
    for clip in (town.data / "videos").iterdir():
        clip.unlink()
    view = town.view(await town.slash("jobs", id=1))
    assert "no longer kept" in view.text
    assert "seed 7" in view.text
    assert view.is_ephemeral


async def test_a_job_without_a_video_shows_how_it_stands(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    view = town.view(await town.slash("jobs", id=1))
    assert "Being made." in view.text
    assert [button.label for button in view.buttons] == ["Cancel #1"]


async def test_trouble_after_a_card_is_told_below_it_and_does_not_replace_it(town: Town) -> None:
    talkie = await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    for sql in (
        "UPDATE delivery SET state = 'stranded', shown_at = NULL",
        "CREATE TRIGGER broken BEFORE UPDATE ON delivery BEGIN SELECT RAISE(ABORT, 'broken'); END",
    ):
        await talkie.parts.store.write(single(Statement(sql)))
    asked = await town.discord.people.slash(town.mira, town.channel, "jobs", {"id": 1})
    shown = await town.reply(asked)
    below = await town.discord.observer.wait_for(lambda: asked.followups[:1])
    apology = town.view(below[0])
    assert re.search(r"`[0-9a-f]{8}`", apology.text)
    assert apology.is_ephemeral
    assert town.view(shown).files
