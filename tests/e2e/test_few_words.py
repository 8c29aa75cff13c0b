"""Few words, or none: Talkie adds the rest, says so, and shows all that is sent."""

from bot.domain.craft import defaults
from tests.e2e.asking import a_voice, labels, looked, made, press, two_coloured
from tests.e2e.conftest import LONG_S, Town
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.view import View

NEVER, MINE, OTHER = "Never mind", "Use my own words", "Use the other version"
RENDER = "Render · 5 of 100 credits"


async def receipt(town: Town, shown: Interaction) -> View:
    """The words that follow a video of `/jobs`."""
    message = await town.discord.observer.wait_for(
        lambda: shown.followups[-1] if shown.followups else None, LONG_S
    )
    view = town.view(message)
    assert view.is_ephemeral
    return view


async def test_five_words_are_completed_and_the_card_says_so(town: Town) -> None:
    message = await looked(town, "A cat in a garden.")
    view = town.view(message)
    assert "Talkie added: " in view.text
    assert labels(view)[-3:] == [RENDER, "Edit", NEVER]
    opened = await press(town, message, "Edit")
    await town.discord.observer.wait_for(lambda: opened.modal, LONG_S)
    sent = await made(town, message)
    assert sent.startswith("A cat in a garden. ")
    assert len(sent.split()) > 40
    [version] = await town.rows("SELECT own, author FROM version")
    assert version == {"own": "A cat in a garden.", "author": "builder"}


async def test_five_words_alone_are_sent_if_their_member_wants_that(town: Town) -> None:
    message = await looked(town, "A cat in a garden.")
    await press(town, message, MINE)
    await town.until(message, lambda seen: OTHER in labels(seen))
    assert await made(town, message) == "A cat in a garden."


async def test_the_waiting_card_says_what_was_added_unasked(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt="A cat in a garden.", seconds=2)
    view = await town.until(message, lambda seen: "Cancel #1" in labels(seen))
    assert "-# Talkie added: " in view.text
    assert "`/jobs id:1` shows all that was sent" in view.text


async def test_a_voice_without_words_gets_talkie_s_own_and_its_receipt_shows_them(
    town: Town,
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    people = town.discord.people
    options: dict[str, Upload | str | bool] = {"audio": a_voice(), "portrait": two_coloured()}
    used = await people.slash(town.mira, town.channel, "talk", options)
    message = await town.reply(used, LONG_S)
    view = await town.until(message, lambda seen: "Cancel #1" in labels(seen))
    assert "-# Talkie added: all of these words" in view.text
    shown = await people.slash(town.mira, town.channel, "jobs", {"id": 1})
    told = await receipt(town, shown)
    assert defaults.of_sound(has_picture=True) in told.text
    assert "You wrote" not in told.text


async def test_words_for_a_voice_are_completed_by_talkie_since_nobody_rewrites_them(
    town: Town,
) -> None:
    await town.start()
    people = town.discord.people
    options: dict[str, Upload | str | bool] = {
        "audio": a_voice(),
        "portrait": two_coloured(),
        "prompt": "He greets the viewer warmly.",
        "look": True,
    }
    used = await people.slash(town.mira, town.channel, "talk", options)
    message = await town.reply(used, LONG_S)
    await town.until(message, lambda seen: NEVER in labels(seen))
    await press(town, message, "Improve")
    view = await town.until(message, lambda seen: MINE in labels(seen))
    assert "There is no rewriting for this kind of video here." in view.text
    assert "Talkie added: " in view.text
    assert town.deapi.rewritings == []
    assert town.deapi.asked("prompts/") == []
    assert (await made(town, message)).startswith("He greets the viewer warmly. ")


async def test_what_surely_fails_is_asked_about_again_where_it_is_made_again(town: Town) -> None:
    await town.start()
    people = town.discord.people
    fast = "A woman speaks to the viewer. The camera whips around her quickly."
    options: dict[str, Upload | str | bool] = {
        "audio": a_voice(),
        "portrait": two_coloured(),
        "prompt": fast,
    }
    used = await people.slash(town.mira, town.channel, "talk", options)
    message = await town.reply(used, LONG_S)
    view = await town.until(message, lambda seen: NEVER in labels(seen))
    [label] = [each for each in labels(view) if each.startswith("Render anyway")]
    await press(town, message, label)
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    again = await press(town, message, "Again")
    answer = await town.reply(again, LONG_S)
    view = await town.until(answer, lambda seen: NEVER in labels(seen))
    assert "will hardly work" in view.text
    posts = town.deapi.posts
    await press(town, answer, NEVER)
    await town.until(answer, lambda seen: "paid nothing" in seen.text)
    assert town.deapi.posts == posts
