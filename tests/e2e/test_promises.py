"""A Talkie that dies between its first answer and the job: the next one says so, on that card."""

import asyncio
import os
from pathlib import Path

import pytest

from cogs.ui import answers
from tests.e2e.conftest import AT_ONCE, LONG_S, Town
from tests.e2e.process import Process
from tests.fakes.discord.faults import Fault, Trouble
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message

OURS = ("TALKIE_", "DISCORD_", "DEAPI_")
STOPPED = "Talkie was stopped before it could begin with this. You paid nothing;"


def ours() -> dict[str, str]:
    """The settings of this town's Talkie."""
    return {name: value for name, value in os.environ.items() if name.startswith(OURS)}


async def interrupted(town: Town, folder: Path, image: Upload) -> Interaction:
    """A picture that is still on its way to Talkie when it is killed."""
    running = await Process.start(ours(), folder)
    await town.discord.observer.connected(timeout_s=LONG_S)
    held = town.discord.faults.add(Fault(trouble=Trouble.HELD, path="attachments/"))
    asked = await town.discord.people.slash(
        town.mira, town.channel, "animate", {"prompt": "Waves roll in."}, {"image": image}
    )
    async with asyncio.timeout(LONG_S):
        while not held.hits:  # noqa: ASYNC110 the file host only counts
            await asyncio.sleep(0.02)
    await running.kill()
    held.release()
    assert first_card(town, asked).startswith(AT_ONCE)
    return asked


def first_card(town: Town, asked: Interaction) -> str:
    assert isinstance(asked.original, Message)
    return town.view(asked.original).text


async def test_who_was_promised_a_video_is_told_after_the_restart(
    town: Town, tmp_path: Path, portrait: Upload
) -> None:
    asked = await interrupted(town, tmp_path, portrait)
    await town.start()
    assert isinstance(asked.original, Message)
    await town.until(asked.original, lambda seen: STOPPED in seen.text)
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM promise)")
    assert await town.rows("SELECT 1 FROM job") == []
    assert await town.broken_invariants() == []


async def test_after_the_token_died_the_bot_s_own_way_leads_to_the_card(
    town: Town, tmp_path: Path, portrait: Upload
) -> None:
    asked = await interrupted(town, tmp_path, portrait)
    town.discord.clock.advance(901)
    town.clock.advance(901)
    await town.start()
    assert isinstance(asked.original, Message)
    await town.until(asked.original, lambda seen: STOPPED in seen.text)


async def killed_while_held(
    town: Town, running: Process, held: Fault, pressed: Interaction | None = None
) -> None:
    """Kill Talkie once something it waits for does not come."""
    async with asyncio.timeout(LONG_S):
        while not held.hits:  # noqa: ASYNC110 the stand-in only counts
            await asyncio.sleep(0.02)
    if pressed is not None:
        await town.discord.observer.answered(pressed)
    await running.kill()
    held.release()


@pytest.mark.parametrize(
    ("option", "shown", "label"),
    [("parts", "Build your video", "Make it"), ("look", "Shall I", "Render")],
)
async def test_a_press_that_a_kill_cut_short_is_told_of_on_its_card_and_can_be_repeated(
    town: Town,
    portrait: Upload,
    option: str,
    shown: str,
    label: str,
) -> None:
    running = await Process.start(ours(), town.data.parent)
    await town.discord.observer.connected(timeout_s=LONG_S)
    card = await town.slash("animate", prompt="Waves roll in.", image=portrait, **{option: True})
    held = town.discord.faults.add(Fault(trouble=Trouble.HELD, path="attachments/"))
    pressed = await town.discord.people.click(town.mira, card, button(town, card, label))
    await killed_while_held(town, running, held, pressed)
    await town.start()
    seen = await town.until(card, lambda seen: answers.PRESS_AGAIN in seen.text)
    assert shown in seen.text
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM promise)")
    await town.discord.people.click(town.mira, card, button(town, card, label))
    await town.until(card, lambda seen: bool(seen.files) and "AI-generated" in seen.text)
    assert await town.broken_invariants() == []


async def test_a_question_that_a_kill_may_have_swallowed_is_asked_once_more(
    town: Town, tmp_path: Path, portrait: Upload
) -> None:
    running = await Process.start(ours(), tmp_path)
    await town.discord.observer.connected(timeout_s=LONG_S)
    held = town.discord.faults.add(Fault(trouble=Trouble.HELD, path="@original", method="PATCH"))
    asked = await town.discord.people.slash(
        town.mira, town.channel, "animate", {"prompt": "Waves.", "look": True}, {"image": portrait}
    )
    await killed_while_held(town, running, held)
    await town.start()
    assert isinstance(asked.original, Message)
    seen = await town.until(asked.original, lambda seen: answers.PRESS_AGAIN in seen.text)
    assert "Shall I make this?" in seen.text
    assert seen.files


async def test_an_answered_question_is_left_alone_whatever_was_promised(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    card = await town.slash("animate", prompt="Waves.", image=portrait, look=True)
    await town.discord.people.click(town.mira, card, button(town, card, "Never mind"))
    seen = await town.until(card, lambda seen: "paid nothing" in seen.text)
    await town.write(
        "INSERT INTO promise (interaction_id, run, made_at, application_id, token_until,"
        " channel_id, message_id, bot_is_present, ephemeral, limit_bytes, offered, draft)"
        f" VALUES (1, 'earlier', 0, 1, 0, {town.channel.id}, {card.id}, 1, 0, 1, 0, 1)"
    )
    await town.stop()
    await town.start()
    await town.until_row("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM promise)")
    assert town.view(card).text == seen.text


def button(town: Town, card: Message, begin: str) -> str:
    """The whole label of a card's button."""
    return next(each.label for each in town.view(card).buttons if each.label.startswith(begin))


async def test_nothing_is_said_where_there_is_a_job_or_another_answer(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    made = await town.slash("video", prompt="A gull over the harbour.", seconds=2)
    await town.until(made, lambda seen: bool(seen.files))
    asked = await town.slash("animate", prompt="Waves.", image=portrait, look=True)
    texts = [town.view(each).text for each in (made, asked)]
    # The job's row tells that its own was kept; the other one is withdrawn.
    await town.until_row("SELECT 1 WHERE (SELECT COUNT(*) FROM promise) = 1")
    await town.stop()
    await town.start()
    later = await town.slash("video", prompt="Another gull over the harbour.", seconds=2)
    await town.until(later, lambda seen: bool(seen.files))
    assert [town.view(each).text for each in (made, asked)] == texts


async def test_a_card_that_cannot_be_told_of_keeps_nobody_else_from_hearing(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    card = await town.slash("animate", prompt="Waves.", image=portrait, look=True)
    for number, channel in ((1, "NULL"), (2, str(town.channel.id))):
        await town.write(
            "INSERT INTO promise (interaction_id, run, made_at, application_id, token_until,"
            " channel_id, message_id, bot_is_present, ephemeral, limit_bytes, offered)"
            f" VALUES ({number}, 'earlier', {town.clock.now_ms()}, 1, 0, {channel}, {card.id},"
            " 1, 0, 1, 0)"
        )
    await town.stop()
    await town.start()
    await town.until(card, lambda seen: STOPPED in seen.text)
