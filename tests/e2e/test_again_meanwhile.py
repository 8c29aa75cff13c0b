"""Again and Remix, pressed while an earlier press is still being prepared, and by forged forms."""

import asyncio

import pytest

from bot.services import presses
from storage.records import JobId
from tests.e2e.conftest import LONG_S, Town
from tests.e2e.results import answer, finished, labels, place, press, refusal, stranger

NEW_WORDS = "The bicycle rides off by itself."


async def test_while_a_press_is_being_prepared_the_next_ones_are_told_so(town: Town) -> None:
    talkie = await town.start()
    message = await finished(town)
    town.deapi.behaviour.looks_until_done = None
    async with talkie.services.again._presses.passing((town.mira.id, JobId(1))):
        first = await press(town, message, "Again")
        await town.discord.observer.answered(first)
        await town.grow_old(presses.DEBOUNCE_MS / 1000)
        assert "just pressed this" in await refusal(town, await press(town, message, "Again"))
        opened = await press(town, message, "Remix")
        await town.discord.observer.modal(opened)
        unchanged = await town.discord.people.submit_modal(town.mira, opened, {})
        await town.discord.observer.answered(unchanged)
    # Both wait for their turn by now, in whichever order they came to it.
    cards = [await answer(town, each) for each in (first, unchanged)]
    late = [each for each in cards if "just pressed this" in town.view(each).text]
    [made] = [each for each in cards if each not in late]
    await town.until(made, lambda seen: "Cancel #2" in labels(seen))
    assert not any(town.view(each).buttons for each in late)
    assert len(await town.rows("SELECT id FROM job")) == 2


async def test_what_is_being_prepared_is_finished_before_a_stop(town: Town) -> None:
    talkie = await town.start()
    message = await finished(town)
    async with talkie.services.again._presses.passing((town.mira.id, JobId(1))):
        pressed = await press(town, message, "Again")
        await town.discord.observer.answered(pressed)
        talkie.stop()
        assert town._work is not None
        await asyncio.wait({town._work}, timeout=1)
    await town.stop()
    await town.start()
    await town.until(await answer(town, pressed), lambda seen: bool(seen.files))
    assert len(await town.rows("SELECT id FROM job")) == 2


@pytest.mark.parametrize("then", ["make", "build"])
async def test_a_form_with_another_number_makes_nothing_of_others(town: Town, then: str) -> None:
    await town.start()
    hidden = await finished(town, place(town, "bot dm"))
    assert town.view(hidden).files
    noa = stranger(town)
    pressed = await town.discord.people.slash(
        noa, town.channel, "video", {"prompt": NEW_WORDS, "seconds": 2}
    )
    own = await town.reply(pressed, LONG_S)
    await town.until(own, lambda seen: bool(seen.files))
    opened = await press(town, own, "Remix", noa)
    form = await town.discord.observer.modal(opened)
    form["custom_id"] = "v1:remix:1"
    sent = await town.discord.people.submit_modal(noa, opened, {"prompt": " ", "next": [then]})
    assert "somebody else" in await refusal(town, sent)
    assert len(await town.rows("SELECT id FROM job")) == 2
