"""The question before a video: the crop and the price are seen first, and nothing is held."""

from pathlib import Path

import pytest

from storage.records import Balance
from tests.e2e.asking import (
    BLUE,
    CROPS,
    RED,
    RENDER,
    asked,
    first_frame,
    labels,
    mean,
    posted,
    press,
    prices,
    two_coloured,
)
from tests.e2e.conftest import Town
from tests.e2e.results import whispers
from tests.fakes.discord.files import Upload

UNTOUCHED = Balance(available=100, held=0)


@pytest.fixture
def picture() -> Upload:
    return two_coloured()


async def test_the_crop_that_was_chosen_is_the_crop_of_the_video(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, picture: Upload
) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    message = await asked(town, picture)
    view = town.view(message)
    assert labels(view) == [*CROPS, "Improve", "Render · free", "Edit", "Never mind"]
    assert view.button("Centre").is_disabled
    assert "leaves out 50 % of the picture's width; the centre stays" in view.text
    colours = mean(view.files[0].content)
    assert colours[RED] == pytest.approx(colours[BLUE], abs=4)
    await press(town, message, "Left")
    view = await town.until(message, lambda seen: seen.button("Left").is_disabled)
    assert "the left stays" in view.text
    [file] = view.files
    assert mean(file.content)[RED] > 200
    assert mean(file.content)[BLUE] < 10
    assert await town.rows("SELECT id FROM job") == []
    await press(town, message, "Render · free")
    view = await town.until(message, lambda seen: "AI-generated" in seen.text)
    [clip] = view.files
    colours = mean(await first_frame(clip.content, tmp_path))
    assert colours[RED] > 3 * colours[BLUE]
    assert await town.broken_invariants() == []


async def test_looking_holds_nothing_and_saying_yes_costs_what_was_said(
    town: Town, picture: Upload
) -> None:
    await town.start()
    message = await asked(town, picture, crop="end")
    view = town.view(message)
    assert labels(view) == [*CROPS, "Improve", RENDER, "Edit", "Never mind"]
    assert view.button("Right").is_disabled
    seed = view.text.partition("seed ")[2].split()[0]
    await press(town, message, "Centre")
    await town.until(message, lambda seen: seen.button("Centre").is_disabled)
    assert len(prices(town)) == 1, "another crop costs the same"
    assert await town.balance() == UNTOUCHED
    assert town.deapi.posts == 0
    assert not list((town.data / "jobs").iterdir())
    await press(town, message, RENDER)
    view = await town.until(message, lambda seen: "AI-generated" in seen.text)
    assert f"seed {seed}" in view.text
    assert [file.name for file in view.files] == ["talkie-1.mp4"]
    assert await town.balance() == Balance(available=95, held=0)
    colours = mean(posted(town))
    assert colours[RED] == pytest.approx(colours[BLUE], abs=4)
    assert await town.rows("SELECT id FROM draft") == []
    assert await town.broken_invariants() == []


async def test_the_waiting_card_takes_the_place_of_the_question(
    town: Town, picture: Upload
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await asked(town, picture)
    await press(town, message, RENDER)
    view = await town.until(message, lambda seen: "Cancel #1" in labels(seen))
    assert view.files == ()
    assert labels(view) == ["Cancel #1"]


@pytest.mark.parametrize("label", ["Left", RENDER, "Edit", "Never mind"])
async def test_a_stranger_s_press_is_refused(town: Town, picture: Upload, label: str) -> None:
    await town.start()
    message = await asked(town, picture)
    before = town.view(message)
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    pressed = await town.discord.people.click(noa, message, label)
    answer = town.view(await town.reply(pressed))
    assert "somebody else" in answer.text
    assert answer.is_ephemeral
    assert labels(town.view(message)) == labels(before)
    assert town.deapi.posts == 0
    assert len(await town.rows("SELECT id FROM draft")) == 1


async def test_the_question_is_answered_after_a_restart_and_long_after_its_token(
    town: Town, picture: Upload
) -> None:
    await town.start()
    message = await asked(town, picture)
    await town.forget_tokens()
    await town.stop()
    await town.start()
    await press(town, message, "Right")
    await town.until(message, lambda seen: seen.button("Right").is_disabled)
    await town.stop()
    await town.start()
    await press(town, message, RENDER)
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    assert mean(posted(town))[BLUE] > 200
    assert await town.broken_invariants() == []


async def test_never_mind_leaves_nothing(town: Town, picture: Upload) -> None:
    await town.start()
    message = await asked(town, picture)
    await press(town, message, "Never mind")
    view = await town.until(message, lambda seen: not seen.buttons)
    assert "paid nothing" in view.text
    assert view.files == ()
    assert await town.rows("SELECT id FROM draft") == []
    assert await town.rows("SELECT id FROM job") == []
    assert not list((town.data / "jobs").iterdir())
    assert not list((town.data / "scratch").iterdir())
    assert await town.balance() == UNTOUCHED
    assert await town.broken_invariants() == []


async def test_render_pressed_twice_makes_one_job(town: Town, picture: Upload) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await asked(town, picture)
    presses = [await press(town, message, RENDER) for _ in range(2)]
    [said] = await whispers(town, presses, 1)
    assert "already used" in said
    await town.started(1)
    assert len(await town.rows("SELECT id FROM job")) == 1
    await town.until(message, lambda seen: labels(seen) == ["Cancel #1"])
    assert await town.balance() == Balance(available=95, held=5)
    assert await town.broken_invariants() == []


async def test_a_crop_that_is_still_made_does_not_undo_the_answer(
    town: Town, picture: Upload
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await asked(town, picture)
    # What is acknowledged first is done first.
    await town.discord.observer.answered(await press(town, message, "Left"))
    await press(town, message, RENDER)
    await town.until(message, lambda seen: labels(seen) == ["Cancel #1"])
    await town.started(1)
    assert mean(posted(town))[RED] > 200
    await town.until(message, lambda seen: "Being made" in seen.text)
    assert town.view(message).files == ()
