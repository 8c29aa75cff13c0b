"""The coach: a hint under the waiting card, and better words before credits are held."""

import pytest

from bot.domain.craft import defaults
from bot.domain.shapes import Shape
from storage.records import Balance
from tests.e2e.asking import a_voice, labels, press, two_coloured
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.results import refusal, stranger
from tests.fakes.discord.messages import Message

SHORT = "A red bicycle leans against a harbour wall while gulls drift by."
FAST = "A woman speaks to the viewer. The camera whips around her quickly."
BETTER, IMPROVE, EDIT, NEVER = "Use the better version", "Improve", "Edit", "Never mind"
ANYWAY = "Render anyway · 5 of 100 credits"
UNTOUCHED = Balance(available=100, held=0)


async def coached(town: Town) -> None:
    """Start with a member who wants tips before a video is made."""
    await town.start()
    people = town.discord.people
    used = await people.slash(town.mira, town.channel, "settings me", {})
    message = await town.reply(used)
    await people.click(town.mira, message, "v1:own:coach:on")
    await town.until(
        message, lambda seen: "v1:own:coach:off" in [each.custom_id for each in seen.buttons]
    )


async def questioned(town: Town, words: str = SHORT) -> Message:
    """The question of a coached member."""
    await coached(town)
    message = await town.slash("video", prompt=words, seconds=2)
    await town.until(message, lambda seen: NEVER in labels(seen))
    return message


async def test_the_waiting_card_ends_with_one_quiet_hint(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=SHORT, seconds=2)
    view = await town.until(message, lambda seen: "Cancel #1" in labels(seen))
    hint = view.text.splitlines()[-1]
    assert hint.startswith("-# Tip: With 12 words much is left to chance")
    assert view.text.count("Tip:") == 1


async def test_talkie_s_own_words_fit_the_picture_and_are_not_criticised(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await coached(town)
    people = town.discord.people
    message = await people.send_message(
        town.mira, town.channel, attachments=[two_coloured(300, 600)]
    )
    used = await people.context_menu(town.mira, town.channel, "Make a video", message)
    answer = await town.reply(used, LONG_S)
    view = await town.until(answer, lambda seen: "Cancel #1" in labels(seen))
    assert "Tip:" not in view.text
    [job] = await town.rows("SELECT prompt, shape FROM job")
    assert job == {"prompt": defaults.of_picture(Shape.TALL), "shape": "tall"}


async def test_the_better_version_is_shown_and_made_only_when_its_member_says_so(
    town: Town,
) -> None:
    message = await questioned(town)
    view = town.view(message)
    assert labels(view) == [BETTER, IMPROVE, ANYWAY, EDIT, NEVER]
    assert "• With 12 words much is left to chance" in view.text
    assert view.text.count("• ") <= 4
    assert await town.balance() == UNTOUCHED
    await town.stop()
    await town.start()
    await press(town, message, BETTER)
    view = await town.until(message, lambda seen: "**Bold** is new" in seen.text)
    assert "gulls drift by. **" in view.text
    assert BETTER not in labels(view)
    assert await town.rows("SELECT id FROM job") == []
    assert town.deapi.posts == 0
    [label] = [each for each in labels(view) if each.startswith("Render")]
    await press(town, message, label)
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    [job] = await town.rows("SELECT prompt FROM job")
    words = str(job["prompt"])
    assert words.startswith(SHORT)
    assert len(words.split()) >= 40
    assert await town.balance() == Balance(available=95, held=0)
    assert await town.broken_invariants() == []


async def test_render_anyway_sends_the_member_s_own_words(town: Town) -> None:
    message = await questioned(town)
    await press(town, message, ANYWAY)
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    assert await town.rows("SELECT prompt FROM job") == [{"prompt": SHORT}]


async def test_edited_words_are_asked_about_anew_also_after_a_restart(town: Town) -> None:
    message = await questioned(town)
    opened = await press(town, message, EDIT)
    await town.discord.observer.wait_for(lambda: opened.modal, LONG_S)
    await town.stop()
    await town.start()
    words = "A blue boat rocks gently in the harbour."
    await town.discord.people.submit_modal(town.mira, opened, {"words": words})
    view = await town.until(message, lambda seen: "blue boat" in seen.text)
    assert labels(view) == [BETTER, IMPROVE, ANYWAY, EDIT, NEVER]
    assert await town.balance() == UNTOUCHED
    await press(town, message, ANYWAY)
    await town.until(message, lambda seen: "AI-generated" in seen.text)
    assert await town.rows("SELECT prompt FROM job") == [{"prompt": words}]
    assert await town.broken_invariants() == []


@pytest.mark.parametrize("label", [BETTER, ANYWAY, EDIT, NEVER])
async def test_a_stranger_s_press_changes_nothing(town: Town, label: str) -> None:
    message = await questioned(town)
    before = town.view(message).text
    pressed = await town.discord.people.click(stranger(town), message, label)
    assert "somebody else" in await refusal(town, pressed)
    assert pressed.modal is None
    assert town.view(message).text == before
    assert await town.balance() == UNTOUCHED


async def test_never_mind_costs_nothing(town: Town) -> None:
    message = await questioned(town)
    await press(town, message, NEVER)
    await town.until(message, lambda seen: "paid nothing" in seen.text)
    assert await town.balance() == UNTOUCHED
    assert await town.rows("SELECT id FROM draft") == []


async def test_what_will_surely_fail_is_asked_about_without_the_setting(town: Town) -> None:
    await town.start()
    people = town.discord.people
    used = await people.slash(
        town.mira,
        town.channel,
        "talk",
        {"audio": a_voice(), "portrait": two_coloured(), "prompt": FAST},
    )
    message = await town.reply(used, LONG_S)
    view = await town.until(message, lambda seen: NEVER in labels(seen))
    assert "will hardly work" in view.text
    assert "A fast camera blurs the face" in view.text
    assert await town.balance() == UNTOUCHED
    assert town.deapi.posts == 0
