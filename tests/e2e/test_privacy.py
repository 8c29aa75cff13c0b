"""`/privacy` end to end: what it counts is what is there, and what is deleted counts no more."""

from storage.database import Statement, single
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.pressing import FACE, NOTE
from tests.e2e.results import finished, press, stranger, whisper
from tests.fakes.discord.nouns import User


async def told(town: Town, user: User | None = None) -> str:
    asked = await town.discord.people.slash(user or town.mira, town.channel, "privacy")
    view = town.view(await town.reply(asked, LONG_S))
    assert view.is_ephemeral
    return view.text


async def test_what_is_kept_is_counted_and_what_is_deleted_is_not(town: Town) -> None:
    await town.start()
    card = await finished(town)
    await town.slash("talk", audio=NOTE, portrait=FACE, look=True)
    await town.slash("portrait set", picture=FACE)
    text = await told(town)
    for line in ("- 1 video\n", "- 1 prompt\n", "- 1 question that", "- 1 portrait\n"):
        assert line in text
    assert "deAPI" in text
    assert "page on the web" not in text, "no pages are served"
    question = await whisper(town, await press(town, card, "Delete"))
    await press(town, question, "Delete for good")
    await town.until_row("SELECT 1 FROM job WHERE deleted_at IS NOT NULL")
    text = await told(town)
    assert "- 1 video\n" not in text
    assert "- 1 prompt\n" not in text
    assert "receipts for credits" in text


async def test_nobody_is_told_of_others_and_nobody_is_remembered_for_asking(town: Town) -> None:
    talkie = await town.start()
    await finished(town)
    noa = stranger(town)
    account = await talkie.services.privacy.account(noa.id)
    assert account.holdings.videos == 0
    known = Statement("SELECT count(*) AS n FROM person WHERE discord_id = :id", {"id": noa.id})
    [row] = await talkie.parts.store.read(single(known))
    assert row["n"] == 0
    assert "Nothing yet." in await told(town, noa)


async def test_whatever_refers_to_a_person_is_counted(town: Town) -> None:
    """A new table that knows people has to be told of here, or named as no news to them."""
    await town.start()
    tables = await town.rows(
        "SELECT DISTINCT m.name FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f"
        " WHERE m.type = 'table' AND f.\"table\" = 'person' ORDER BY m.name"
    )
    counted = {"complaint", "draft", "job", "portrait", "preference", "rewriting", "share"}
    counted |= {"video", "vote"}
    # What the ledger adds up to, and a member's turn in the line.
    workings = {"account", "lane"}
    assert {str(each["name"]) for each in tables} == counted | workings
