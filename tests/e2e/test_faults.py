"""Faults of the provider that pass: each job ends as it should, charged at most once."""

import pytest

from bot.worker.looker import MOST_LOSSES
from storage.records import Balance
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.fakes.deapi.behaviour import JobFault, RequestFault


async def test_an_error_that_may_pass_is_tried_again_and_charged_once(town: Town) -> None:
    await town.start()
    town.deapi.faults.plan_job(JobFault.ERROR_RETRYABLE)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: "failed at this one" in seen.text)
    assert await town.balance() == Balance(available=95, held=5)
    await town.let_time_pass(16)
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "held 5 credits · charged 5" in view.text
    assert town.deapi.posts == 2
    assert len(await town.rows("SELECT 1 FROM call")) == 2
    assert await town.broken_invariants() == []


async def test_after_the_last_attempt_the_credits_are_back(town: Town) -> None:
    await town.start()
    town.deapi.faults.plan_job(JobFault.ERROR_RETRYABLE, times=3)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    for attempt in (1, 2):
        await town.until_row(f"SELECT 1 FROM job WHERE state = 'waiting' AND attempts = {attempt}")
        await town.let_time_pass(100)
    view = await town.until(message, lambda seen: "could not be made" in seen.text)
    assert "held 5 credits · returned 5" in view.text
    assert await town.balance() == Balance(available=100, held=0)
    assert town.deapi.posts == 3
    assert await town.broken_invariants() == []


@pytest.mark.parametrize("fault", [RequestFault.RATE_LIMITED, RequestFault.RATE_LIMITED_BARE])
async def test_too_many_requests_wait_with_and_without_a_word_how_long(
    town: Town, fault: RequestFault
) -> None:
    await town.start()
    await town.deapi_plans(fault)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row("SELECT 1 FROM job WHERE state = 'waiting'")
    await town.let_time_pass(61)
    view = await town.until(message, lambda seen: bool(seen.files))
    assert "held 5 credits · charged 5" in view.text
    assert await town.rows("SELECT 1 FROM pause") == []
    assert await town.broken_invariants() == []


async def test_a_job_that_is_never_done_is_given_up_and_paid_back(town: Town) -> None:
    await town.start()
    town.deapi.faults.plan_job(JobFault.STUCK)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row("SELECT 1 FROM call WHERE state = 'started'")
    await town.let_time_pass(3_601)
    posted = await town.discord.observer.message(
        town.channel, lambda view: "could not be made" in view.text, timeout_s=LONG_S
    )
    assert posted is not message
    assert await town.balance() == Balance(available=100, held=0)
    assert await town.broken_invariants() == []


async def test_a_provider_that_cannot_be_reached_is_waited_for(town: Town) -> None:
    await town.start()
    first = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(first, lambda seen: bool(seen.files))
    town.deapi.faults.plan(RequestFault.CLOUDFLARE, path="account/balance", times=1)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: "cannot be reached" in seen.text)
    await town.let_time_pass(16)
    await town.until(message, lambda seen: bool(seen.files))
    assert town.deapi.posts == 2
    assert await town.broken_invariants() == []


async def test_after_a_long_stop_a_finished_video_is_still_fetched(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row("SELECT 1 FROM call WHERE state = 'started'")
    await town.stop()
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    town.clock.advance(5 * 3600)
    await town.start()
    posted = await town.discord.observer.message(town.channel, lambda view: bool(view.files))
    assert "charged 5" in town.view(posted).text
    assert await town.broken_invariants() == []


async def test_a_paid_clip_that_cannot_be_fetched_is_asked_for_again_for_a_day(
    town: Town,
) -> None:
    town.deapi.faults.plan_job(JobFault.TRUNCATED)
    await town.start()
    await town.slash("video", prompt=WORDS, seconds=2)
    await town.until_row("SELECT 1 FROM job WHERE state = 'waiting'")
    [call] = await town.rows("SELECT state FROM call")
    assert call["state"] == "rendered"
    await town.let_time_pass(86_500)
    await town.until_row("SELECT 1 FROM job WHERE state = 'failed'")
    assert await town.balance() == Balance(available=100, held=0)
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


@pytest.mark.parametrize("fault", [JobFault.PAGE_FIRST, JobFault.HALF_FIRST])
async def test_a_result_that_is_no_good_at_first_is_fetched_again(
    town: Town, fault: JobFault
) -> None:
    town.deapi.faults.plan_job(fault)
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    assert await town.balance() == Balance(available=95, held=0)
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


async def test_a_paid_clip_that_a_look_does_not_find_is_looked_for_again(town: Town) -> None:
    town.deapi.faults.plan(RequestFault.NOT_FOUND, path="jobs/", times=MOST_LOSSES - 1)
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


async def test_a_clip_of_days_ago_outlives_a_look_that_fails_after_the_start(town: Town) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.started(1)
    await town.stop()
    town.finish()
    town.clock.advance(2 * 86_400)
    town.discord.clock.advance(2 * 86_400)
    town.deapi.faults.plan(RequestFault.CLOUDFLARE, path="jobs/", times=3)
    await town.start()
    await town.discord.observer.message(town.channel, lambda view: bool(view.files), LONG_S)
    await town.until(message, lambda seen: "see below" in seen.text)
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []


async def test_a_clip_that_is_never_found_costs_nothing(town: Town) -> None:
    town.deapi.faults.plan(RequestFault.NOT_FOUND, path="jobs/", times=MOST_LOSSES)
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: "could not be made" in seen.text)
    assert await town.balance() == Balance(available=100, held=0)
    assert town.deapi.posts == 1
    assert await town.broken_invariants() == []
