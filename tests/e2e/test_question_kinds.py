"""Questions about every kind of wish, and what is said below a question that stays."""

import io
from pathlib import Path

import pytest
from PIL import Image

from storage.records import Balance
from tests.e2e.asking import CROPS, RENDER, asked, labels, press, two_coloured
from tests.e2e.conftest import WORDS, Town
from tests.e2e.results import refusal
from tests.fakes import sounds
from tests.fakes.discord.files import Upload

UNTOUCHED = Balance(available=100, held=0)


@pytest.fixture
def picture() -> Upload:
    return two_coloured()


async def test_no_crop_is_offered_where_next_to_nothing_is_cut(town: Town) -> None:
    await town.start()
    message = await asked(town, two_coloured(505, 500))
    view = town.view(message)
    assert labels(view) == ["Improve", RENDER, "Edit", "Never mind"]
    assert "leaves out" not in view.text


async def test_a_tall_picture_is_cropped_at_its_top_or_bottom(town: Town) -> None:
    await town.start()
    message = await asked(town, two_coloured(400, 800), crop="start")
    view = town.view(message)
    assert labels(view)[:3] == ["Top", "Centre", "Bottom"]
    assert "50 % of the picture's height; the top stays" in view.text


async def test_the_picture_is_shown_as_the_widest_shape_keeps_it(
    town: Town, picture: Upload
) -> None:
    await town.start()
    message = await asked(town, picture, shape="cinematic")
    [file] = town.view(message).files
    with Image.open(io.BytesIO(file.content)) as opened:
        assert opened.size == (960, 416)


async def test_a_sound_without_a_portrait_is_priced_without_a_picture(
    town: Town, voice: Upload
) -> None:
    await town.start()
    message = await town.slash("talk", audio=voice, look=True)
    view = town.view(message)
    assert len(view.buttons) == 3
    assert "2.7 s" in view.text
    assert view.files == ()
    await press(town, message, view.buttons[0].label)
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    assert await town.broken_invariants() == []


async def test_the_first_part_of_a_long_sound_is_looked_at_too(town: Town, tmp_path: Path) -> None:
    await town.start()
    path = sounds.encode(tmp_path / "long.ogg", sounds.speech(14), "-c:a", "libopus")
    long = Upload(filename="long.ogg", content=path.read_bytes())
    refused = await town.slash("talk", audio=long, look=True)
    pressed = await press(town, refused, "Use the first 10 s")
    message = await town.reply(pressed)
    view = town.view(message)
    assert view.buttons[0].label.startswith("Render · ")
    assert town.deapi.posts == 0
    await press(town, message, view.buttons[0].label)
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    assert len(await town.rows("SELECT id FROM job")) == 1
    assert await town.rows("SELECT id FROM draft") == []


async def test_too_few_credits_are_seen_before_and_said_below_the_question(
    town: Town, monkeypatch: pytest.MonkeyPatch, picture: Upload
) -> None:
    monkeypatch.setenv("TALKIE_WELCOME_CREDITS", "3")
    await town.start()
    message = await asked(town, picture)
    pressed = await press(town, message, "Render · 5 of 3 credits")
    assert "costs 5 credits and you have 3" in await refusal(town, pressed)
    assert labels(town.view(message))[-1] == "Never mind"
    assert not list((town.data / "jobs").iterdir())
    assert await town.rows("SELECT id FROM job") == []


async def test_a_price_that_rose_meanwhile_is_not_held(
    town: Town, monkeypatch: pytest.MonkeyPatch, picture: Upload
) -> None:
    await town.start()
    message = await asked(town, picture)
    await town.stop()
    monkeypatch.setenv("TALKIE_CREDIT_MICRODOLLARS", "1000")
    await town.start()
    await press(town, message, RENDER)
    view = await town.until(message, lambda seen: "not 5 as you were shown" in seen.text)
    assert await town.balance() == UNTOUCHED
    assert await town.rows("SELECT id FROM job") == []
    now = next(each for each in labels(view) if each.startswith("Render"))
    assert now != RENDER
    await press(town, message, now)
    await town.until(message, lambda seen: "Held " in seen.text or "AI-generated" in seen.text)


async def test_a_picture_that_is_gone_meanwhile_is_said_below_the_question(
    town: Town, picture: Upload
) -> None:
    await town.start()
    message = await asked(town, picture)
    town.discord.clock.advance(25 * 3600)
    text = await refusal(town, await press(town, message, "Left"))
    assert "no longer has this file" in text
    assert labels(town.view(message)) == [*CROPS, "Improve", RENDER, "Edit", "Never mind"]


async def test_the_file_that_was_chosen_of_several_is_named_harmlessly(
    town: Town, voice: Upload
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    names = ("@everyone_*lake*.png", "b.png", "c.png")
    pictures = [Upload(filename=name, content=two_coloured().content) for name in names]
    note = await town.discord.people.send_message(
        town.mira, town.channel, WORDS, attachments=[*pictures, voice]
    )
    for menu, name in ((0, "Make it talk"), (1, "Make a video")):
        pressed = await town.discord.people.context_menu(town.mira, town.channel, name, note)
        message = await town.reply(pressed)
        view = town.view(message)
        assert "-# I used the first of 3 pictures: @\u200beveryone\\_\\*lake\\*.png" in view.text
        assert "sounds" not in view.text, menu


async def test_a_stranger_is_told_privately_that_a_long_sound_is_not_theirs(
    town: Town, tmp_path: Path
) -> None:
    await town.start()
    path = sounds.encode(tmp_path / "long.ogg", sounds.speech(14), "-c:a", "libopus")
    long = Upload(filename="long.ogg", content=path.read_bytes())
    refused = await town.slash("talk", audio=long)
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    pressed = await town.discord.people.click(noa, refused, "Use the first 10 s")
    answer = town.view(await town.reply(pressed))
    assert "somebody else" in answer.text
    assert answer.is_ephemeral
    assert pressed.is_ephemeral, "it was not acknowledged in public first"
    assert town.deapi.posts == 0


async def test_a_sound_goes_before_a_film_and_its_place_is_told(
    town: Town, tmp_path: Path, voice: Upload
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    clip = sounds.film(tmp_path / "clip.mp4", sounds.speech(3))
    films = [Upload(filename=name, content=clip.read_bytes()) for name in ("a.mp4", "b.mp4")]
    song = Upload(filename="song.ogg", content=voice.content, content_type="audio/ogg")
    note = await town.discord.people.send_message(
        town.mira, town.channel, attachments=[films[0], song, films[1]]
    )
    pressed = await town.discord.people.context_menu(town.mira, town.channel, "Make a video", note)
    message = await town.reply(pressed)
    assert "-# I used number 2 of 3 sounds: song.ogg" in town.view(message).text
    assert "2.7 s" in town.view(message).text
