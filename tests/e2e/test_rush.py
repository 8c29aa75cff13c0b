"""Two hundred commands of all kinds at once: each is acknowledged once, and ends in something."""

import pytest

from tests.e2e.conftest import WORDS, Town
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.invoking import Value
from tests.fakes.discord.journal import Kind
from tests.fakes.samples import picture

MEMBERS, EACH = 25, 8


async def asked(town: Town, number: int, voice: Upload) -> Interaction:
    member = town.discord.world.users[1_000 + number % MEMBERS]
    people, channel = town.discord.people, town.channel
    words: dict[str, Value] = {"prompt": WORDS, "seconds": 2}
    image = Upload(filename="picture.png", content=picture(256, 256))
    if number // MEMBERS == 0:
        return await people.slash(member, channel, "animate", words, {"image": image})
    if number // MEMBERS == 1:
        return await people.slash(member, channel, "talk", {}, {"audio": voice, "portrait": image})
    if number // MEMBERS in {2, 3}:
        return await people.slash(member, channel, ("jobs", "credits")[number // MEMBERS - 2])
    return await people.slash(member, channel, "video", words)


@pytest.mark.timeout(600)
async def test_two_hundred_commands_are_each_answered_once(
    town: Town, voice: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.deapi.behaviour.looks_until_done = None
    monkeypatch.setenv("TALKIE_MEMBER_QUEUE", "3")
    monkeypatch.setenv("TALKIE_SERVER_JOBS", "1000")
    for number in range(MEMBERS):
        member = town.discord.world.add_user(f"member {number}")
        town.discord.world.users[1_000 + number] = town.guild.members[member.id] = member
    await town.start()
    rush = [await asked(town, number, voice) for number in range(MEMBERS * EACH)]
    replies = [await town.reply(interaction, 100) for interaction in rush]
    answers = [entry.detail["interaction_id"] for entry in
               town.discord.journal.entries(Kind.ANSWERED)]  # fmt: skip
    assert sorted(answers) == sorted(interaction.id for interaction in rush)
    endings = [town.view(reply).text for reply in replies]
    assert all(endings)
    assert not [text for text in endings if "incident" in text]
    [jobs] = await town.rows("SELECT count(*) AS made FROM job")
    assert jobs["made"] == len([text for text in endings if text.startswith("**Video #")
                                and "Held" in text])  # fmt: skip
    assert await town.broken_invariants() == []
