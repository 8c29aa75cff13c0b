"""A typed line becomes a talking video: two paid calls of one job, one receipt."""

from pathlib import Path

import pytest

from storage.records import Balance
from tests.e2e.conftest import Town
from tests.e2e.results import press, whisper
from tests.e2e.speaking import LINE, one_job, renders, speeches, talk
from tests.fakes import clipcheck
from tests.fakes.deapi import voices
from tests.fakes.deapi.uploads import Upload as Posted
from tests.fakes.discord.files import Upload


async def test_a_typed_line_becomes_a_talking_video_with_one_receipt(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    message = await talk(town, portrait, voice="Kokoro/it/if_sara")
    view = await town.until(message, lambda seen: bool(seen.files))
    [speech], [render] = speeches(town), renders(town)
    assert speech["text"] == LINE
    assert (speech["lang"], speech["voice"], speech["format"]) == ("it", "if_sara", "mp3")
    assert isinstance(render["audio"], Posted)
    assert int(str(render["frames"])) < 241, "as long as the line really is"
    job = await one_job(town)
    assert job["frames"] == int(str(render["frames"]))
    hold, charge = int(str(job["hold"])), int(str(job["charge"]))
    assert charge <= hold
    returned = f" · returned {hold - charge}" if hold > charge else ""
    assert f"held {hold} credits · charged {charge}{returned}" in view.text
    assert await town.balance() == Balance(available=100 - charge, held=0)
    paid = await town.rows("SELECT amount FROM entry WHERE kind = 'settle' AND account = 'spent'")
    assert paid == [{"amount": charge}]
    stages = await town.rows("SELECT stage, state, attempt FROM call ORDER BY attempt")
    assert [(row["stage"], row["state"]) for row in stages] == [
        ("speech", "done"),
        ("render", "done"),
    ]
    assert await town.broken_invariants() == []


async def test_the_clip_is_heard_as_long_as_the_line(
    town: Town, portrait: Upload, tmp_path: Path
) -> None:
    await town.start()
    message = await talk(town, portrait)
    view = await town.until(message, lambda seen: bool(seen.files))
    (tmp_path / "clip.mp4").write_bytes(view.files[0].content)
    counted = await clipcheck.count(tmp_path / "clip.mp4")
    lasts_s = voices.seconds(LINE)
    assert lasts_s - 0.4 < counted.frames / 24 < lasts_s + 0.8
    assert abs(counted.sound_s - counted.frames / 24) < 0.1


async def test_what_the_longest_clip_would_cost_more_is_returned(
    town: Town, portrait: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_CREDIT_MICRODOLLARS", "100")
    monkeypatch.setenv("TALKIE_ASK_ABOVE_CREDITS", "1000")
    monkeypatch.setenv("TALKIE_WELCOME_CREDITS", "1000")
    await town.start()
    view = await town.until(await talk(town, portrait), lambda seen: bool(seen.files))
    job = await one_job(town)
    hold, charge = int(str(job["hold"])), int(str(job["charge"]))
    both_micro = int(str(job["clip"])) + int(str(job["line"]))
    assert charge == -(-both_micro // 100) < hold
    assert f"held {hold} credits · charged {charge} · returned {hold - charge}" in view.text
    assert await town.balance() == Balance(available=1000 - charge, held=0)
    assert await town.broken_invariants() == []


async def test_the_voices_are_suggested_as_they_are_typed(town: Town) -> None:
    await town.start()
    people = town.discord.people

    async def suggested(typed: str) -> list[str]:
        asked = await people.autocomplete(
            town.mira, town.channel, "talk", "voice", {"voice": typed}
        )
        return await town.discord.observer.choices(asked)

    assert await suggested("") == [
        "Sky · American English · Kokoro",
        "Adam · American English · Kokoro",
        "Sara · Italian · Kokoro",
    ]
    assert await suggested("ital") == ["Sara · Italian · Kokoro"]
    assert await suggested("nobody") == []


async def test_what_cannot_be_spoken_is_refused_before_anything_is_held(
    town: Town, portrait: Upload, voice: Upload
) -> None:
    await town.start()
    too_long = town.view(await talk(town, portrait, "word " * 40))
    assert "holds 160" in too_long.text
    assert "Type the words" in town.view(await talk(town, portrait, "…")).text
    assert "no voice like this" in town.view(await talk(town, portrait, voice="Kokoro/xx/yy")).text
    neither = town.view(await town.slash("talk", portrait=portrait))
    both = town.view(await town.slash("talk", audio=voice, say=LINE))
    assert "one of the two" in neither.text
    assert "one of the two" in both.text
    assert await town.rows("SELECT 1 FROM job") == []
    assert town.deapi.posts == 0


async def test_the_embedded_engine_says_that_it_has_no_voice(
    town: Town, portrait: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    view = town.view(await talk(town, portrait))
    assert "has no voice for typed lines" in view.text
    assert "voice note" in view.text
    assert view.is_ephemeral


async def test_a_spoken_video_is_made_again_with_the_same_voice_and_no_second_purchase(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    message = await talk(town, portrait)
    await town.until(message, lambda seen: bool(seen.files))
    pressed = await town.discord.people.click(town.mira, message, "Again")
    again = await town.discord.observer.reply(pressed)
    await town.until(again, lambda seen: bool(seen.files))
    assert (len(speeches(town)), len(renders(town))) == (1, 2)
    first, second = renders(town)
    assert first["audio"] == second["audio"]
    assert await town.broken_invariants() == []


async def test_what_was_said_is_gone_with_the_video(town: Town, portrait: Upload) -> None:
    await town.start()
    message = await talk(town, portrait)
    await town.until(message, lambda seen: bool(seen.files))
    question = await whisper(town, await press(town, message, "Delete"))
    await press(town, question, "Delete for good")
    await town.until_row("SELECT 1 FROM speech WHERE line = ''")
    assert await town.broken_invariants() == []


async def test_a_server_s_price_limit_asks_for_line_and_clip_together(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    asked = await talk(town, portrait, look=True)
    view = town.view(asked)
    [button] = [each.label for each in view.buttons if each.label.startswith("Render")]
    await town.discord.people.click(town.mira, asked, button)
    await town.until(asked, lambda seen: "AI-generated" in seen.text)
    job = await one_job(town)
    assert f"{job['hold']} of 100" in button
