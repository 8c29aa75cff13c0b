"""What is suggested while a member types, and what a suggestion means once it is sent."""

import pytest

from storage.database import Statement, single
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.desk import PLACES, newcomer, place, use
from tests.fakes.discord.nouns import Channel, User

HIDE = "ALTER TABLE job RENAME COLUMN prompt TO hidden"
LONG = "A lighthouse keeper " + "paints the railing while the sea rolls in, " * 12


async def suggested(
    town: Town, typed: str, *, user: User | None = None, channel: Channel | None = None
) -> list[dict[str, str]]:
    asked = await town.discord.people.autocomplete(
        user or town.mira, channel or town.channel, "video", "prompt", {"prompt": typed}
    )
    await town.discord.observer.answered(asked, LONG_S)
    return asked.choices or []


@pytest.mark.parametrize("where", PLACES)
async def test_own_prompts_come_first_and_mean_the_whole_prompt(town: Town, where: str) -> None:
    await town.start()
    channel = place(town, where)
    await use(town, town.mira, channel, "video", {"prompt": LONG, "seconds": 2})
    found = await suggested(town, "LIGHTHOUSE", channel=channel)
    assert [each["value"] for each in found] == ["#1"]
    assert found[0]["name"].startswith("A lighthouse keeper paints")
    assert len(found[0]["name"]) <= 100
    await use(town, town.mira, channel, "video", {"prompt": "#1", "seconds": 2})
    stored = await town.rows("SELECT prompt FROM job ORDER BY id")
    assert stored[0] == stored[1]
    assert stored[0]["prompt"] == LONG.strip()


async def test_examples_are_suggested_by_kind_and_mean_their_prompt(town: Town) -> None:
    await town.start()
    own = ["#tram", "#coffee", "#establishing", "#dialogue", "#landscape_wakes"]
    assert [each["value"] for each in await suggested(town, "")] == own
    assert [each["value"] for each in await suggested(town, " Tram")] == ["#tram"]
    await town.slash("video", prompt="#tram", seconds=2)
    [row] = await town.rows("SELECT prompt FROM job")
    assert str(row["prompt"]).startswith("A yellow tram climbs")


async def test_nobody_is_suggested_or_sent_another_s_words(town: Town) -> None:
    await town.start()
    await town.slash("video", prompt=LONG, seconds=2)
    noa = newcomer(town)
    assert "#1" not in [each["value"] for each in await suggested(town, "", user=noa)]
    answer = await use(town, noa, town.channel, "video", {"prompt": "#1"})
    view = town.view(answer)
    assert "somebody else" in view.text
    assert "lighthouse" not in view.text
    assert view.is_ephemeral


@pytest.mark.parametrize("typed", ["#1 fan of kites", "# 1", "#unknownword", "#tram ride"])
async def test_free_text_stays_free_text(town: Town, typed: str) -> None:
    await town.start()
    await town.slash("video", prompt=f"A banner reads {typed}", seconds=2)
    await town.slash("video", prompt=f"{typed} at noon", seconds=2)
    stored = [str(row["prompt"]) for row in await town.rows("SELECT prompt FROM job ORDER BY id")]
    assert stored[0].startswith("A banner reads #")
    assert "at noon" in stored[1]


@pytest.mark.parametrize("typed", ["x" * 100, "%_'\"; DROP TABLE job", "\u202e\x00", "🎈" * 50])
async def test_whatever_is_typed_is_answered(town: Town, typed: str) -> None:
    await town.start()
    assert await suggested(town, typed) == []


async def test_trouble_with_the_store_suggests_nothing_and_is_logged(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    talkie = await town.start()
    await town.slash("video", prompt=LONG, seconds=2)
    await talkie.parts.store.write(single(Statement(HIDE)))
    assert await suggested(town, "a") == []
    assert "nothing could be suggested" in caplog.text
