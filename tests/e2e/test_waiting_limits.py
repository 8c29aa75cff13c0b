"""Edits of waiting cards stay within Discord's limits, and trouble stays where it is."""

import random
from itertools import pairwise

import pytest

from tests.e2e.conftest import Town
from tests.e2e.patience import (
    a_member,
    active,
    ask,
    edits,
    edits_of,
    finish,
    most_within,
    pass_time,
    progress,
    texts,
)
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.messages import Message


def is_ending(text: str) -> bool:
    return "AI-generated" in text or "see below" in text


@pytest.mark.parametrize("route", ["token", "bot"])
async def test_twenty_jobs_in_one_channel_stay_within_its_limits(waits: Town, route: str) -> None:
    draw = random.Random(7)
    messages = [await ask(waits, a_member(waits, f"member-{number}")) for number in range(20)]
    await waits.started(4)
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
    for job, message in enumerate(messages, start=1):
        mine = [entry.at_ms for entry in edits_of(waits, job, begun)]
        assert mine
        before_end = mine[:-1] if message in ended else mine
        assert all(after - before >= 5_000 for before, after in pairwise(before_end))
    for message in ended:
        *news, ending = texts(message)
        assert is_ending(ending)
        assert not any(map(is_ending, news))
        assert "Being made now." in news[-1] or "Nearly done" in news[-1]
    assert await waits.broken_invariants() == []


async def test_an_old_message_is_hardly_edited(waits: Town) -> None:
    await ask(waits)
    await waits.started(1)
    await ask(waits)
    await pass_time(waits, 3_600)
    await pass_time(waits, 10)
    begun = len(waits.discord.journal.entries())
    for step in range(60):
        progress(waits, 1, step / 100)
        await pass_time(waits, 10)
    for job in (1, 2):
        mine = [entry.at_ms for entry in edits_of(waits, job, begun)]
        assert len(mine) <= 3
        assert all(after - before >= 120_000 for before, after in pairwise(mine))


async def test_after_a_restart_cards_go_on_from_the_rows(waits: Town) -> None:
    for number in range(8):
        await ask(waits, a_member(waits, f"member-{number}"))
    await waits.started(4)
    await pass_time(waits, 30)
    await waits.stop()
    waits.discord.clock.advance(60)
    waits.clock.advance(60)
    begun = len(waits.discord.journal.entries())
    await waits.start()
    for _ in range(20):
        await pass_time(waits, 2)
    after = edits(waits, begun)
    assert all(edits_of(waits, job, begun) for job in range(1, 9))
    assert most_within([entry.at_ms for entry in after], 5_000) <= 4


async def test_a_limit_of_discord_is_waited_out_and_the_latest_news_follow(waits: Town) -> None:
    message = await ask(waits)
    await waits.started(1)
    await pass_time(waits, 10)
    waits.discord.faults.add(
        Fault(trouble=Trouble.STATUS, path="/messages/", method="PATCH", status=429,
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
    await waits.started(2)
    await waits.forget_tokens()
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
