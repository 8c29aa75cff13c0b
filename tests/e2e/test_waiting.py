"""What members see while they wait: true, never too often, and nothing after the ending."""

import asyncio
import random
from collections.abc import Sequence
from itertools import pairwise

import pytest

from bot.services.events import Progressed
from storage.records import JobId
from tests.e2e.conftest import LONG_S, Town
from tests.fakes.deapi.behaviour import RequestFault
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.journal import Entry
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import User

WORDS = "A red bicycle leans against a harbour wall while gulls drift by."


@pytest.fixture
async def waits(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town where videos are done when the test says so."""
    monkeypatch.setenv("TALKIE_MEMBER_QUEUE", "20")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    return town


async def ask(town: Town, member: User | None = None) -> Message:
    interaction = await town.discord.people.slash(
        member or town.mira, town.channel, "video", {"prompt": WORDS, "seconds": 2}
    )
    return await town.discord.observer.reply(interaction, LONG_S)


def a_member(town: Town, name: str) -> User:
    member = town.discord.world.add_user(name)
    town.guild.members[member.id] = member
    return member


async def settle(town: Town) -> None:
    """Until Talkie has looked at every card as things are now, and its edits have arrived."""
    assert town.talkie is not None
    waiting = town.talkie.services.waiting
    wanted = waiting.looks + 2
    async with asyncio.timeout(LONG_S):
        while waiting.looks < wanted or any(
            entry.under_way for entry in waiting._newsroom._entries.values()
        ):
            waiting.bell.ring()
            await asyncio.sleep(0.005)


async def pass_time(town: Town, seconds: float) -> None:
    """Let time pass on both sides, and Talkie do what is due then."""
    town.discord.clock.advance(seconds)
    await town.let_time_pass(seconds)
    await settle(town)


def progress(town: Town, job: int, fraction: float) -> None:
    assert town.talkie is not None
    town.talkie.services.bus.publish(Progressed(JobId(job), fraction))


async def finish(town: Town, job: int) -> None:
    assert town.talkie is not None
    sql = f"SELECT handle FROM call WHERE job_id = {job} AND state = 'started'"
    await town.until_row(sql)
    [row] = await town.rows(sql)
    town.deapi.jobs.finish(town.deapi.jobs.by_id[str(row["handle"])])
    town.talkie.services.nudges.nudge(JobId(job))


async def active(town: Town) -> list[int]:
    found = await town.rows("SELECT id FROM job WHERE state = 'active' ORDER BY id")
    return [int(str(row["id"])) for row in found]


def edits(town: Town, since: int = 0) -> list[Entry]:
    return [e for e in town.discord.journal.requests("PATCH", "/messages/") if e.number >= since]


def most_within(times: Sequence[int], window_ms: int) -> int:
    return max((sum(1 for t in times if 0 <= t - start < window_ms) for start in times), default=0)


def texts(message: Message) -> list[str]:
    return [draft.text for draft in message.drafts]


def is_ending(text: str) -> bool:
    return "AI-generated" in text or "see below" in text


@pytest.mark.parametrize("route", ["token", "bot"])
async def test_twenty_jobs_in_one_channel_stay_within_its_limits(waits: Town, route: str) -> None:
    draw = random.Random(7)
    messages = [await ask(waits, a_member(waits, f"member-{number}")) for number in range(20)]
    await waits.deapi_posts(4)
    if route == "bot":
        await waits.forget_tokens()
    await pass_time(waits, 61)
    begun = len(waits.discord.journal.entries())
    ended: list[Message] = []
    for _ in range(4):
        for _ in range(30):
            for job in await active(waits):
                progress(waits, job, draw.random() * 0.9)
            await pass_time(waits, 2)
        job = (await active(waits))[0]
        ended.append(messages[job - 1])
        await finish(waits, job)
        await waits.until(ended[-1], lambda seen: is_ending(seen.text))
        await waits.until_row("SELECT 1 FROM job WHERE state = 'active' LIMIT 1 OFFSET 3")
    await pass_time(waits, 30)
    times = [entry.at_ms for entry in edits(waits, begun)]
    assert len(times) > 60
    assert most_within(times, 5_000) <= 4
    assert most_within(times, 60_000) <= 25
    for message in messages:
        mine = [e.at_ms for e in edits(waits, begun) if str(message.id) in e.detail["path"]]
        before_end = mine[:-1] if message in ended else mine
        assert all(after - before >= 5_000 for before, after in pairwise(before_end))
    for message in ended:
        *news, ending = texts(message)
        assert is_ending(ending)
        assert not any(map(is_ending, news))
        assert "Being made now." in news[-1]
    assert await waits.broken_invariants() == []


async def test_the_place_moves_up_and_then_the_making_is_told(waits: Town) -> None:
    first = await ask(waits)
    await waits.deapi_posts(1)
    second, third = await ask(waits), await ask(waits)
    assert "Next in line." in waits.view(second).text
    assert "at most 1 video is before yours" in waits.view(third).text
    assert "Ready about <t:" in waits.view(third).text
    await finish(waits, 1)
    await waits.until(first, lambda seen: bool(seen.files))
    await waits.deapi_posts(2)
    await pass_time(waits, 10)
    assert "Being made now." in waits.view(second).text
    await pass_time(waits, 10)
    assert "Next in line." in waits.view(third).text


async def test_progress_is_a_bar_and_never_stands_at_its_end(waits: Town) -> None:
    message = await ask(waits)
    await waits.deapi_posts(1)
    await pass_time(waits, 10)
    progress(waits, 1, 0.5)
    await pass_time(waits, 10)
    assert "`██████░░░░░░` 50 %" in waits.view(message).text
    progress(waits, 1, 0.99)
    await pass_time(waits, 10)
    assert "Nearly done" in waits.view(message).text
    assert "%" not in waits.view(message).text


async def test_an_engine_that_falls_silent_leaves_no_old_percentage(waits: Town) -> None:
    message = await ask(waits)
    await waits.deapi_posts(1)
    progress(waits, 1, 0.5)
    await pass_time(waits, 10)
    assert "50 %" in waits.view(message).text
    await pass_time(waits, 100)
    assert "%" not in waits.view(message).text


async def test_what_takes_longer_than_usual_is_said_to(waits: Town) -> None:
    message = await ask(waits)
    await waits.deapi_posts(1)
    await pass_time(waits, 10)
    assert "Ready about" in waits.view(message).text
    await pass_time(waits, 800)
    assert "longer than usual. Nothing is lost." in waits.view(message).text
    assert "Ready about" not in waits.view(message).text
    await finish(waits, 1)
    await waits.until(message, lambda seen: bool(seen.files))
    count = len(texts(message))
    await pass_time(waits, 10)
    assert len(texts(message)) == count, "nothing is written over the ending"


async def test_a_deleted_message_is_tried_once_and_the_video_still_comes(
    waits: Town, caplog: pytest.LogCaptureFixture
) -> None:
    message = await ask(waits)
    await waits.deapi_posts(1)
    await pass_time(waits, 10)
    waits.discord.messages.delete(message)
    begun = len(waits.discord.journal.entries())
    for step in range(1, 12):
        progress(waits, 1, step / 12)
        await pass_time(waits, 15)
    assert [entry.status for entry in edits(waits, begun)] == [404]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    await finish(waits, 1)
    await waits.discord.observer.message(waits.channel, lambda view: bool(view.files), LONG_S)


async def test_an_old_message_is_hardly_edited(waits: Town) -> None:
    message = await ask(waits)
    await waits.deapi_posts(1)
    second = await ask(waits)
    await pass_time(waits, 3_600)
    await pass_time(waits, 10)
    begun = len(waits.discord.journal.entries())
    for step in range(60):
        progress(waits, 1, step / 100)
        await pass_time(waits, 10)
    for each in (message, second):
        mine = [e.at_ms for e in edits(waits, begun) if str(each.id) in e.detail["path"]]
        assert len(mine) <= 3
        assert all(after - before >= 120_000 for before, after in pairwise(mine))


async def test_after_a_restart_cards_go_on_from_the_rows(waits: Town) -> None:
    messages = [await ask(waits, a_member(waits, f"member-{number}")) for number in range(8)]
    await waits.deapi_posts(4)
    await pass_time(waits, 30)
    await waits.stop()
    waits.discord.clock.advance(60)
    waits.clock.advance(60)
    begun = len(waits.discord.journal.entries())
    await waits.start()
    for _ in range(20):
        await pass_time(waits, 2)
    after = edits(waits, begun)
    assert {message.id for message in messages} == {
        int(entry.detail["path"].rpartition("/")[2]) for entry in after
    }
    assert most_within([entry.at_ms for entry in after], 5_000) <= 4


async def test_a_limit_of_discord_is_waited_out_and_the_latest_news_follow(waits: Town) -> None:
    message = await ask(waits)
    await waits.deapi_posts(1)
    await pass_time(waits, 10)
    waits.discord.faults.add(
        Fault(trouble=Trouble.STATUS, path=r"/messages/\d+", method="PATCH", status=429,
              has_via=False, retry_after_s=45)
    )  # fmt: skip
    begun = len(waits.discord.journal.entries())
    progress(waits, 1, 0.2)
    await pass_time(waits, 10)
    progress(waits, 1, 0.4)
    await pass_time(waits, 30)
    assert [entry.status for entry in edits(waits, begun)] == [429]
    progress(waits, 1, 0.6)
    await pass_time(waits, 30)
    assert [entry.status for entry in edits(waits, begun)] == [429, 200]
    assert "60 %" in waits.view(message).text


async def test_trouble_with_one_message_holds_up_no_other(waits: Town) -> None:
    first, second = await ask(waits), await ask(waits, a_member(waits, "noa"))
    await waits.deapi_posts(2)
    await pass_time(waits, 10)
    waits.discord.faults.add(
        Fault(trouble=Trouble.STATUS, path=rf"/messages/{first.id}", method="PATCH", times=99)
    )
    for step in range(1, 6):
        for job in (1, 2):
            progress(waits, job, step / 10)
        await pass_time(waits, 11)
    assert "50 %" in waits.view(second).text
    assert "%" not in waits.view(first).text


async def test_a_token_that_died_early_leaves_the_bot_s_own_route(waits: Town) -> None:
    message = await ask(waits)
    await waits.deapi_posts(1)
    waits.discord.clock.advance(901)
    progress(waits, 1, 0.5)
    await settle(waits)
    await pass_time(waits, 10)
    assert "50 %" in waits.view(message).text
    assert edits(waits)[-1].detail["path"].startswith("/channels/")


async def test_a_job_that_was_put_off_says_why_and_when_it_goes_on(waits: Town) -> None:
    await waits.deapi_plans(RequestFault.RATE_LIMITED)
    message = await ask(waits)
    await waits.until_row("SELECT 1 FROM job WHERE state = 'waiting'")
    await pass_time(waits, 0)
    text = waits.view(message).text
    assert "The video service is busy. Talkie tries again <t:" in text
    assert "Nothing is lost." in text


async def test_where_no_route_leads_nothing_is_tried(waits: Town) -> None:
    """The app is only installed by its user: after fifteen minutes nobody can edit the message."""
    elsewhere = waits.discord.world.add_guild("Elsewhere", members=[waits.mira], has_bot=False)
    waits.mira.installed = True
    lounge = waits.discord.world.add_channel(elsewhere, "lounge")
    asked = await waits.discord.people.slash(
        waits.mira, lounge, "video", {"prompt": WORDS, "seconds": 2}
    )
    await waits.discord.observer.reply(asked, LONG_S)
    await waits.deapi_posts(1)
    await waits.forget_tokens()
    begun = len(waits.discord.journal.entries())
    for step in range(1, 6):
        progress(waits, 1, step / 10)
        await pass_time(waits, 30)
    assert edits(waits, begun) == []
