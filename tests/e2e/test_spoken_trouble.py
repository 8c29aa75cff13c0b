"""A typed line in trouble: kills, doubt, refusals and useless sounds cost nobody anything."""

from pathlib import Path

import pytest

from storage import audit
from storage.records import Balance
from tests.e2e.conftest import Town
from tests.e2e.process import Process
from tests.e2e.speaking import (
    RENDERING,
    gone_wrong,
    one_job,
    own_environment,
    renders,
    speeches,
    stored,
    stored_rows,
    talk,
)
from tests.fakes.deapi.behaviour import JobFault, RequestFault
from tests.fakes.discord.files import Upload


async def test_a_killed_bot_buys_the_line_once_and_the_video_once(
    town: Town, portrait: Upload, tmp_path: Path
) -> None:
    environment = own_environment()
    town.deapi.behaviour.looks_until_done = None
    bot = await Process.start(environment, tmp_path)
    await town.discord.observer.connected()
    message = await talk(town, portrait)
    await stored(town, "SELECT 1 FROM call WHERE stage = 'speech' AND state = 'started'")
    await bot.kill()
    [speech] = town.deapi.jobs.by_id.values()
    town.deapi.jobs.finish(speech)
    bot = await Process.start(environment, tmp_path)
    await stored(town, RENDERING)
    await bot.kill()
    [_, render] = town.deapi.jobs.by_id.values()
    town.deapi.jobs.finish(render)
    bot = await Process.start(environment, tmp_path)
    try:
        await town.until(message, lambda seen: bool(seen.files))
    finally:
        assert await bot.stop() == 0
    assert (len(speeches(town)), len(renders(town)), town.deapi.posts) == (1, 1, 2)
    assert stored_rows(town, "SELECT count(*) FROM entry WHERE kind = 'settle'") == [(2,)]
    broken = [name for name, query in audit.INVARIANTS.items() if stored_rows(town, query)]
    assert broken == []


async def test_a_restart_between_line_and_clip_goes_on_from_the_row(
    town: Town, portrait: Upload
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await talk(town, portrait)
    await town.until_row("SELECT 1 FROM call WHERE state = 'started'")
    await town.stop()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    town.deapi.behaviour.looks_until_done = 1
    await town.start()
    await town.until(message, lambda seen: bool(seen.files))
    assert (len(speeches(town)), len(renders(town))) == (1, 1)
    assert await town.broken_invariants() == []


async def test_a_line_whose_request_was_lost_is_not_bought_twice(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    town.deapi.faults.plan(RequestFault.DROP_ACCEPTED, path="audio/speech", exact=True)
    message = await talk(town, portrait)
    await town.until_row("SELECT 1 FROM call WHERE stage = 'speech' AND state = 'doubt'")
    await town.let_time_pass(11)
    view = await gone_wrong(town, message)
    job = await one_job(town)
    assert f"held {job['hold']} credits · returned {job['hold']}" in view.text
    assert await town.balance() == Balance(available=100, held=0)
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


async def test_a_report_clears_a_line_in_doubt_and_the_video_goes_on(
    town: Town, portrait: Upload, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setenv("TALKIE_PUBLIC_URL", "https://talkie.example")
    monkeypatch.setenv("TALKIE_WEB_PORT", str(unused_tcp_port))
    town.deapi.behaviour.webhook_origin = f"http://127.0.0.1:{unused_tcp_port}"
    town.deapi.behaviour.begins_before_answer = True
    await town.start()
    town.deapi.faults.plan(RequestFault.DROP_ACCEPTED, path="audio/speech", exact=True)
    message = await talk(town, portrait)
    await town.until(message, lambda seen: bool(seen.files))
    assert (len(speeches(town)), len(renders(town))) == (1, 1)
    assert await town.broken_invariants() == []


async def test_a_lost_render_after_a_paid_line_gives_everything_back(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    town.deapi.faults.plan(RequestFault.INVALID, path="videos/audio-syncs", exact=True)
    view = await gone_wrong(town, await talk(town, portrait))
    job = await one_job(town)
    assert f"held {job['hold']} credits · returned {job['hold']}" in view.text
    assert len(speeches(town)) == 1
    assert await town.balance() == Balance(available=100, held=0)
    assert await town.broken_invariants() == []


async def test_thrown_away_while_only_the_line_was_paid_costs_the_line(
    town: Town, portrait: Upload
) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await talk(town, portrait)
    await town.until_row("SELECT 1 FROM call WHERE stage = 'speech' AND state = 'started'")
    pressed = await town.discord.people.click(town.mira, message, "Cancel #1")
    question = await town.discord.observer.reply(pressed)
    assert "costs 1 credit." in town.view(question).text
    await town.discord.people.click(town.mira, question, "Throw #1 away")
    await town.until(message, lambda seen: "called off" in seen.text)
    assert await town.balance() == Balance(available=99, held=0)
    assert await town.broken_invariants() == []


async def test_thrown_away_while_the_clip_renders_costs_both(town: Town, portrait: Upload) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await talk(town, portrait)
    await town.until_row("SELECT 1 FROM call WHERE state = 'started'")
    town.finish()
    await town.until_row(RENDERING)
    job = await one_job(town)
    pressed = await town.discord.people.click(town.mira, message, "Cancel #1")
    question = await town.discord.observer.reply(pressed)
    await town.discord.people.click(town.mira, question, "Throw #1 away")
    await town.until(message, lambda seen: "called off" in seen.text)
    both_micro = int(str(job["clip"])) + int(str(job["line"]))
    charge = -(-both_micro // 10_000)
    assert await town.balance() == Balance(available=100 - charge, held=0)
    assert await town.broken_invariants() == []


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (JobFault.DRAWLED, "lasts longer than the ten seconds"),
        (JobFault.SILENT, "came back was broken"),
        (JobFault.NOT_VIDEO, "came back was broken"),
        (JobFault.ERROR_FINAL, "could not finish this one"),
    ],
)
async def test_a_line_that_came_back_useless_costs_nothing(
    town: Town, portrait: Upload, fault: JobFault, why: str
) -> None:
    await town.start()
    town.deapi.faults.plan_job(fault)
    view = await gone_wrong(town, await talk(town, portrait))
    assert why in view.text
    assert renders(town) == []
    assert await town.balance() == Balance(available=100, held=0)
    assert await town.broken_invariants() == []


async def test_a_failing_speaker_is_tried_again_and_leaves_the_clip_its_own_tries(
    town: Town, portrait: Upload
) -> None:
    await town.start()
    town.deapi.faults.plan_job(JobFault.ERROR_RETRYABLE, times=2)
    message = await talk(town, portrait)
    for number in (1, 2):
        await town.until_row(
            "SELECT 1 FROM job JOIN call c ON c.job_id = job.id WHERE job.state = 'waiting'"
            f" AND attempt = {number} AND c.state = 'failed'"
        )
        await town.let_time_pass(61)
    await town.until(message, lambda seen: bool(seen.files))
    assert len(speeches(town)) == 3
    assert await town.broken_invariants() == []


async def test_a_busy_speaker_does_not_keep_voice_notes_waiting(
    town: Town, portrait: Upload, voice: Upload
) -> None:
    await town.start()
    town.deapi.faults.plan(RequestFault.RATE_LIMITED, path="audio/speech", exact=True)
    message = await talk(town, portrait)
    await town.until(message, lambda seen: "is busy" in seen.text)
    assert await town.rows("SELECT mode FROM pause") == [{"mode": "speech"}]
    noted = await town.slash("talk", portrait=portrait, audio=voice)
    await town.until(noted, lambda seen: bool(seen.files))
