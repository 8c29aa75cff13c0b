"""Five words are enough: what is missing is filled in, and it is said."""

import pytest

from bot.domain.craft import defaults
from bot.domain.shapes import Shape
from tests.e2e.asking import press, two_coloured
from tests.e2e.conftest import WORDS, Town
from tests.e2e.results import labels
from tests.fakes.discord.files import Upload


async def sent(town: Town) -> str:
    """The prompt that the provider was asked for, which is the job's."""
    [row] = await town.rows("SELECT prompt FROM job")
    [post] = [seen for seen in town.deapi.asked("videos/") if not seen.path.endswith("/price")]
    asked = post.fields["prompt"]
    assert asked == row["prompt"]
    return str(asked)


async def test_five_words_become_a_scene_and_the_card_says_what_was_added(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt="cat sleeps on a piano", seconds=2)
    view = await town.until(message, lambda seen: "Cancel #1" in labels(seen))
    assert "Talkie added" in view.text
    assert "the camera, the sound and the film look." in view.text
    await town.deapi_posts(1)
    prompt = await sent(town)
    assert prompt.startswith("Cat sleeps on a piano. ")
    assert "camera pushes in very slowly" in prompt
    assert 40 < len(prompt.split()) < 120


async def test_german_words_are_completed_in_german(town: Town) -> None:
    await town.start()
    message = await town.slash("video", prompt="Ein Hund rennt im Garten", seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    assert "Die Kamera" in await sent(town)


@pytest.mark.parametrize("words", [WORDS, "un gato negro en la playa"])
async def test_whole_sentences_and_unknown_languages_are_left_alone(town: Town, words: str) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=words, seconds=2)
    view = await town.until(message, lambda seen: "Cancel #1" in labels(seen))
    assert "Talkie added" not in view.text
    await town.deapi_posts(1)
    assert await sent(town) == words


async def test_what_a_question_showed_is_what_is_made(town: Town) -> None:
    await town.start()
    message = await town.slash(
        "animate", image=two_coloured(400, 400), prompt="make it glow", seconds=2, look=True
    )
    shown = town.view(message)
    assert "camera pushes in" in shown.text
    await press(town, message, "Render · 5 of 100 credits")
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    assert (await sent(town)).startswith("Make it glow. ")


async def test_the_words_of_the_builder_are_sent_as_they_are(town: Town) -> None:
    await town.start()
    message = await town.slash("video", prompt="a cat", seconds=2, parts=True)
    await press(town, message, "Make it")
    await town.until(message, lambda seen: bool(seen.files))
    assert await sent(town) == "A cat."


async def test_a_remix_of_few_words_is_sent_as_it_is(town: Town) -> None:
    await town.start()
    first = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(first, lambda seen: bool(seen.files))
    opened = await press(town, first, "Remix")
    await town.discord.observer.modal(opened)
    await town.discord.people.submit_modal(town.mira, opened, {"prompt": "A cat."})
    await town.until_row("SELECT 1 FROM job WHERE id = 2")
    rows = await town.rows("SELECT prompt FROM job WHERE id = 2")
    assert rows == [{"prompt": "A cat."}]


@pytest.mark.parametrize(("width", "height"), [(400, 400), (300, 600), (640, 360)])
async def test_a_picture_without_words_moves_gently_as_its_shape_wants(
    town: Town, width: int, height: int
) -> None:
    await town.start()
    message = await town.slash("animate", image=two_coloured(width, height), seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    shape = {400: Shape.SQUARE, 300: Shape.TALL, 640: Shape.WIDE}[width]
    assert await sent(town) == defaults.of_picture(shape)


async def test_five_words_for_a_voice_get_small_motions(town: Town, voice: Upload) -> None:
    await town.start()
    message = await town.slash("talk", audio=voice, saved="#none", prompt="happy and a little shy")
    await town.until(message, lambda seen: bool(seen.files))
    prompt = await sent(town)
    assert " Happy and a little shy. " in prompt
    assert "blinks" in prompt
