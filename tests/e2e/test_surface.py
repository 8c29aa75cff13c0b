"""What members see and press around a job: place, progress, cancelling, credits, delivery."""

import asyncio
import logging

import pytest

from bot.domain import days
from bot.errors import Stopped
from storage.records import Balance
from tests.e2e.conftest import LONG_S, WORDS, Town


async def test_a_queued_job_is_called_off_by_its_button(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS)
    await town.started(1)
    second = await town.slash("video", prompt=WORDS)
    assert await town.balance() == Balance(available=90, held=10)
    await town.discord.people.click(town.mira, second, "Cancel #2")
    await town.until(second, lambda seen: "called off" in seen.text)
    assert await town.balance() == Balance(available=95, held=5)
    assert await town.broken_invariants() == []


async def test_a_stranger_cannot_cancel_and_a_started_job_stays(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    first = await town.slash("video", prompt=WORDS)
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    pressed = await town.discord.people.click(noa, first, "Cancel #1")
    answer = town.view(await town.reply(pressed))
    assert "somebody else" in answer.text
    assert answer.is_ephemeral
    await town.started(1)
    await town.until(first, lambda seen: "Being made" in seen.text)
    listed = town.view(await town.slash("jobs"))
    assert "being made" in listed.text


async def test_a_started_job_can_be_thrown_away_and_says_what_that_costs(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    first = await town.slash("video", prompt=WORDS)
    await town.started(1)
    pressed = await town.discord.people.click(town.mira, first, "Cancel #1")
    question = await town.reply(pressed)
    assert "cannot stop that" in town.view(question).text
    assert "costs 5 credits" in town.view(question).text
    pressed = await town.discord.people.click(town.mira, question, "Throw #1 away")
    answer = town.view(await town.reply(pressed))
    assert "held 5 credits · charged 5" in answer.text
    await town.until(first, lambda seen: "called off" in seen.text)
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    second = await town.slash("video", prompt=WORDS)
    town.deapi.behaviour.looks_until_done = 1
    await town.until(second, lambda seen: "AI-generated" in seen.text)
    assert not town.view(first).files
    assert await town.balance() == Balance(available=90, held=0)
    assert await town.broken_invariants() == []


async def test_the_embedded_engine_really_stops(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    first = await town.slash("video", prompt=WORDS, size="large", seconds=10)
    await town.started(1)
    pressed = await town.discord.people.click(town.mira, first, "Cancel #1")
    question = await town.reply(pressed)
    assert "costs nothing" in town.view(question).text
    await town.discord.people.click(town.mira, question, "Throw #1 away")
    await town.until(first, lambda seen: "called off" in seen.text)
    assert await town.broken_invariants() == []


async def test_the_list_of_jobs_shows_state_and_receipt(town: Town) -> None:
    await town.start()
    assert "not made any videos yet" in town.view(await town.slash("jobs")).text
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    view = town.view(await town.slash("jobs"))
    assert "**Video #1** · done · held 5 credits · charged 5" in view.text
    assert view.is_ephemeral


async def test_credits_say_what_there_is_and_where_it_comes_from(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_DAILY_CREDITS", "20")
    await town.start()
    await town.slash("credits")
    view = town.view(await town.slash("credits"))
    assert "**120 credits**" in view.text
    assert view.is_ephemeral
    midnight = days.midnight_after(town.clock.now_ms()) // 1000
    assert f"100 to begin with and 20 a day: the next <t:{midnight}:R>" in view.text
    assert "held" not in view.text


async def test_only_the_owner_grants_credits(town: Town) -> None:
    await town.start()
    refused = town.view(await town.slash("credits", grant=town.mira, amount=50))
    assert "Only the owner" in refused.text
    owner = town.discord.world.owner
    interaction = await town.discord.people.slash(
        owner, town.channel, "credits", {"grant": town.mira, "amount": 50}
    )
    granted = town.view(await town.reply(interaction))
    assert "50 credits" in granted.text
    assert await town.balance() == Balance(available=150, held=0)


async def test_commands_work_publicly(town: Town) -> None:
    await town.start()
    interaction = await town.discord.people.slash(
        town.mira, town.channel, "video", {"prompt": WORDS, "seconds": 2}
    )
    await town.discord.observer.answered(interaction)
    assert not interaction.is_ephemeral


async def test_commands_are_synced_only_when_they_changed(town: Town) -> None:
    await town.start()
    names = await town.discord.observer.synced()
    slash = {"video", "animate", "talk", "gallery", "jobs", "credits", "portrait", "settings"}
    slash |= {"help", "privacy"}
    assert slash | {"Make a video", "Make it talk"} == set(names)
    await town.stop()
    await town.start()
    assert len(town.discord.journal.requests("PUT", "/commands")) == 1


async def test_nothing_secret_is_logged(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot"), caplog.at_level(logging.DEBUG, "cogs"):
        await town.start()
        message = await town.slash("video", prompt=WORDS, seconds=2)
        await town.until(message, lambda seen: bool(seen.files))
    said = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert town.discord.token not in said
    assert town.deapi.behaviour.key not in said


async def test_a_started_job_stays_with_its_engine_when_the_setting_changes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.stop()
    monkeypatch.setenv("TALKIE_ENGINE", "local")
    await town.start()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "charged 5" in view.text
    assert town.deapi.posts == 1


async def test_a_side_task_that_dies_stops_the_process_with_its_reason(town: Town) -> None:
    talkie = await town.start()

    async def fragile() -> None:
        """Ends although nobody asked it to."""

    talkie.supervise("fragile", fragile())
    with pytest.raises(ExceptionGroup) as stopped:
        await town.ended()
    assert stopped.group_contains(Stopped, match="fragile ended")


async def test_a_job_whose_key_was_taken_away_waits_for_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.stop()
    monkeypatch.delenv("DEAPI_API_KEY")
    await town.start()
    await town.until(message, lambda seen: "tries again" in seen.text)
    (waiting,) = await town.rows("SELECT attempts FROM job WHERE state = 'waiting'")
    assert waiting["attempts"] == 0, "however long it lasts, it uses up none"
    await town.stop()
    monkeypatch.setenv("DEAPI_API_KEY", town.deapi.behaviour.key)
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    await town.start()
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "charged 5" in view.text
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


async def test_progress_over_the_provider_s_socket_is_shown(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_DEAPI_CLIENT_ID", str(town.deapi.behaviour.client_id))
    monkeypatch.setenv("TALKIE_DEAPI_SOCKET_URL", town.deapi.socket_url)
    monkeypatch.delenv("TALKIE_POLL_SECONDS")
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.deapi.sockets.until_joined()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row("SELECT 1 FROM call WHERE state = 'started'")
    job = next(iter(town.deapi.jobs.by_id.values()))
    async with asyncio.timeout(LONG_S):
        while "42 %" not in town.view(message).text:
            # What comes before its row is read may be forgotten with what the job did before.
            town.deapi.jobs.process(job, 42)
            await asyncio.sleep(0.2)
    looks = len(town.deapi.asked("jobs/"))
    town.deapi.jobs.finish(job)
    await town.until(message, lambda seen: bool(seen.files))
    assert len(town.deapi.asked("jobs/")) == looks + 1, "one look because it was told"
