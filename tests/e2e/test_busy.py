"""However busy Talkie is, the first answer goes out first, and nothing is held before the price."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from cogs.ui import answers
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.stalling import stalled
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.journal import Kind
from tests.fakes.discord.nouns import User

RUSH = 200


async def ask(town: Town, member: User) -> Interaction:
    return await town.discord.people.slash(
        member, town.channel, "video", {"prompt": WORDS, "seconds": 2}
    )


def said(interaction: Interaction) -> list[str]:
    """Everything that the answer has said so far, in order."""
    assert interaction.original is not None
    return [draft.text for draft in interaction.original.drafts]


def promised(town: Town) -> list[int]:
    """Whom Talkie owes another answer, read past a store that answers nobody."""
    with closing(sqlite3.connect(town.data / "talkie.db")) as connection:
        return [row[0] for row in connection.execute("SELECT interaction_id FROM promise")]


async def members_of(town: Town, count: int) -> list[User]:
    found = [town.discord.world.add_user(f"member {number}") for number in range(count)]
    town.guild.members.update({member.id: member for member in found})
    return found


async def test_commands_are_acknowledged_although_nothing_can_be_read(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    members = await members_of(town, 20)
    async with stalled(town, writes=False):
        asked = [await ask(town, member) for member in members]
        for interaction in asked:
            await town.discord.observer.answered(interaction)
            [text] = said(interaction)
            assert "the price comes here first" in text
    for interaction in asked:
        await town.reply(interaction, LONG_S)
        first, told, *_ = said(interaction)
        assert first.startswith(answers.PREPARING)
        assert told.startswith(answers.PREPARING)
        assert "You have 100 credits." in told or "of your 100 credits." in told
        assert "Held 5 credits, 95 left." in said(interaction)[2]
    assert await town.broken_invariants() == []


async def test_what_is_refused_after_a_hasty_answer_is_read_by_its_asker_alone(
    town: Town,
) -> None:
    talkie = await town.start()
    await talkie.services.guilds.change(
        town.guild.id, lambda was: replace(was, channels=frozenset({1}))
    )
    async with stalled(town, writes=False):
        asked = await ask(town, town.mira)
        await town.discord.observer.answered(asked)
    card = asked.original
    assert card is not None
    await town.discord.observer.wait_for(lambda: card.is_deleted, LONG_S)
    [refusal] = asked.followups
    assert refusal.ephemeral_for is town.mira
    assert "<#1>" in town.view(refusal).text
    assert await town.rows("SELECT id FROM job") == []


async def test_what_has_to_be_looked_up_first_is_acknowledged_as_soon(
    waits: Town, portrait: Upload, voice: Upload
) -> None:
    town, people = waits, waits.discord.people
    await town.slash("video", prompt=WORDS, seconds=2)
    kept = await people.slash(
        town.mira, town.channel, "portrait set", {"name": "Nora"}, {"picture": portrait}
    )
    await town.reply(kept, LONG_S)
    async with stalled(town, writes=False):
        asked = [
            await people.slash(town.mira, town.channel, "video", {"prompt": "#1", "seconds": 2}),
            await people.slash(town.mira, town.channel, "talk", {}, {"audio": voice}),
        ]
        for interaction in asked:
            await town.discord.observer.answered(interaction)
    for interaction in asked:
        answer = await town.reply(interaction, LONG_S)
        assert "Held " in town.view(answer).text
    prompts = await town.rows("SELECT DISTINCT prompt FROM job WHERE mode = 'text'")
    assert [row["prompt"] for row in prompts] == [WORDS]


async def test_a_builder_that_was_promised_in_haste_is_remembered_until_it_is_there(
    town: Town,
) -> None:
    await town.start()
    async with stalled(town, writes=False):
        asked = await town.discord.people.slash(town.mira, town.channel, "video", {})
        await town.discord.observer.answered(asked)
        [card] = said(asked)
        assert card == answers.OPENING
        # Whoever kills Talkie now has it say so at the next start.
        async with asyncio.timeout(LONG_S):
            while promised(town) != [asked.id]:  # noqa: ASYNC110 rows do not ring
                await asyncio.sleep(0.02)
    assert asked.original is not None
    await town.until(asked.original, lambda seen: "Build your video" in seen.text)
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM promise)")


@pytest.mark.timeout(600)
async def test_no_answer_is_edited_while_one_of_two_hundred_commands_has_none(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_SERVER_JOBS", "1000")
    town.deapi.behaviour.looks_until_done = None
    talkie = await town.start()
    talkie.services.precedence._longest_s = LONG_S
    members = await members_of(town, RUSH)
    journal = town.discord.journal
    last = town.discord.faults.add(
        Fault(trouble=Trouble.HELD, path="/callback", method="POST", times=1)
    )
    asked = [await ask(town, member) for member in members]
    await town.discord.observer.wait_for(lambda: journal.count(Kind.ANSWERED) == RUSH - 1, LONG_S)
    # Meanwhile there is time for everything that needs no place in the line.
    for _ in range(20):
        await town.slash("credits")
    last.release()
    for interaction in asked:
        await town.reply(interaction, LONG_S)
    [*_, answered] = journal.entries(Kind.ANSWERED)
    tokens = {interaction.token for interaction in asked}
    edits = [
        each
        for each in journal.requests("PATCH", "/webhooks/")
        if tokens & set(str(each.detail["path"]).split("/"))
    ]
    assert len(edits) >= RUSH
    assert answered.number < edits[0].number
    assert await town.broken_invariants() == []
