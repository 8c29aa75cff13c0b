"""The ways a finished video takes to its member, and what happens where one is closed."""

from tests.e2e.conftest import WORDS, Town
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.permissions import Permission


async def test_after_the_token_died_the_video_is_posted_with_a_mention(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.forget_tokens()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    posted = await town.discord.observer.message(town.channel, lambda view: bool(view.files))
    assert posted.id != message.id
    assert town.mira.id in posted.pings.users
    assert posted.nonce == "talkie-1-done"
    card = await town.until(message, lambda seen: "see below" in seen.text)
    assert not card.buttons
    assert await town.broken_invariants() == []


async def test_where_posting_is_forbidden_the_old_message_is_edited(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.forget_tokens()
    town.channel.deny(town.discord.world.bot, Permission.SEND_MESSAGES)
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    await town.until(message, lambda seen: bool(seen.files))


async def test_a_file_that_is_too_large_is_made_to_fit(town: Town) -> None:
    await town.start()
    town.discord.faults.add(
        Fault(trouble=Trouble.STATUS, path=r"/messages/\d+", method="PATCH", times=1, status=413,
              code=40005)
    )  # fmt: skip
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    assert await town.broken_invariants() == []


async def test_a_short_failure_of_discord_delays_the_video_and_loses_nothing(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    town.discord.faults.add(
        Fault(trouble=Trouble.DROPPED, path=r"/messages/\d+", method="PATCH", times=1)
    )
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    await town.until(message, lambda seen: bool(seen.files))


async def test_a_video_that_found_no_way_is_shown_by_its_number(town: Town) -> None:
    """The app is only installed by its user: after fifteen minutes no route leads there."""
    elsewhere = town.discord.world.add_guild("Elsewhere", members=[town.mira], has_bot=False)
    town.mira.installed = True
    channel = town.discord.world.add_channel(elsewhere, "lounge")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    asked = await town.discord.people.slash(
        town.mira, channel, "video", {"prompt": WORDS, "seconds": 2}
    )
    await town.reply(asked)
    await town.started(1)
    await town.forget_tokens()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'stranded'")
    again = await town.discord.people.slash(town.mira, channel, "jobs", {"id": 1})
    message = await town.reply(again)
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "charged 5" in view.text
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")


async def test_a_video_that_is_fetched_while_it_is_owed_leaves_no_card_that_waits(
    town: Town,
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.forget_tokens()
    wall = Fault(
        trouble=Trouble.STATUS, path=r"channels/\d+/messages$", method="POST", times=99, status=403
    )
    town.discord.faults.add(wall)
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'owed' AND attempts > 0")
    shown = await town.slash("jobs", id=1)
    await town.until(shown, lambda seen: bool(seen.files))
    card = await town.until(message, lambda seen: "`/jobs` shows it" in seen.text)
    assert not card.buttons
    assert town.videos(town.channel) == [shown]


async def test_nobody_can_look_at_another_s_video_by_its_number(town: Town) -> None:
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    asked = await town.discord.people.slash(noa, town.channel, "jobs", {"id": 1})
    view = town.view(await town.reply(asked))
    assert "somebody else" in view.text
    assert not view.files
