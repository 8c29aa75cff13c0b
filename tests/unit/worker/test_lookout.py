"""Turns in leaping time, against a provider that counts as deAPI does."""

import asyncio
import math

from bot.domain.timing import CLIP, Law
from tests.fakes.leaping import loop as leaping
from tests.fakes.leaping.policies import Ours
from tests.fakes.leaping.provider import BASIC, PREMIUM, Provider, Tier


async def take_over(tier: Tier, calls: int, *, after_s: float) -> Provider:
    """A restart: so many calls began a while ago and nobody knows when they were looked at."""
    provider = Provider(tier, 3)
    ours = Ours(provider)
    under_way = [provider.accept() for _ in range(calls)]
    await asyncio.sleep(after_s)
    async with asyncio.TaskGroup() as running:
        for job in under_way:
            running.create_task(ours.follow(job))
        await asyncio.sleep(5)
        provider.figures.start_waits_s.append(provider.figures.looks)
    return provider


def test_taking_over_many_calls_is_no_burst_and_never_refused() -> None:
    figures = leaping.run(take_over(PREMIUM, 300, after_s=300)).figures
    (looks_of_five_seconds,) = figures.start_waits_s
    assert looks_of_five_seconds <= 5 * 5 + 1
    assert figures.refused == 0
    assert len(figures.delays_s) == 300


def test_a_small_account_takes_over_at_its_own_pace() -> None:
    figures = leaping.run(take_over(BASIC, 100, after_s=300)).figures
    (looks_of_five_seconds,) = figures.start_waits_s
    assert looks_of_five_seconds <= 5
    assert figures.refused == 0


def test_starts_never_take_more_than_half_and_looks_go_on() -> None:
    async def crowd() -> Provider:
        provider = Provider(PREMIUM, 5)
        ours = Ours(provider)

        async def live() -> None:
            await ours.follow(await ours.start())

        async with asyncio.TaskGroup() as running:
            for _ in range(400):
                running.create_task(live())
            await asyncio.sleep(60)
            assert provider.figures.jobs <= 150
            assert provider.figures.looks >= 100
        return provider

    figures = leaping.run(crowd()).figures
    assert figures.refused == 0
    assert len(figures.delays_s) == 400


def test_a_refusal_silences_everybody_for_as_long_as_it_says() -> None:
    async def refused() -> None:
        provider = Provider(PREMIUM, 5)
        ours = Ours(provider)
        jobs = [provider.accept() for _ in range(20)]
        await asyncio.sleep(100)
        ours.budget.refused(45)
        async with asyncio.TaskGroup() as running:
            for job in jobs:
                running.create_task(ours.follow(job))
            await asyncio.sleep(44.9)
            assert provider.figures.looks == 0
        assert len(provider.figures.delays_s) == 20

    leaping.run(refused())


def test_news_are_looked_at_within_the_budget_s_next_token() -> None:
    async def nudged() -> float:
        provider = Provider(PREMIUM, 5, law=Law(math.log(500), 0.01))
        ours = Ours(provider)
        job = provider.accept()
        async with asyncio.TaskGroup() as running:
            running.create_task(ours.follow(job))
            await asyncio.sleep(2)
            job.done_s = asyncio.get_running_loop().time()
            job.news.set()
        return provider.figures.delay_s

    assert leaping.run(nudged()) < 0.01


def test_another_truth_than_the_prior_s_is_learnt() -> None:
    async def days(*, learns: bool) -> tuple[float, float]:
        provider = Provider(PREMIUM, 5, law=Law(math.log(300), 0.3))
        ours = Ours(provider, learns=learns)
        for _ in range(60):
            await ours.follow(await ours.start())
        return provider.figures.reads, provider.figures.delay_s

    learnt, ignored = leaping.run(days(learns=True)), leaping.run(days(learns=False))
    assert learnt[0] < 0.8 * ignored[0]
    assert CLIP.median_s < 300


def test_with_reports_that_die_midway_every_job_is_still_found() -> None:
    async def die() -> float:
        provider = Provider(PREMIUM, 5)
        ours = Ours(provider, reports=True)
        for _ in range(20):
            await ours.follow(await ours.start())
        assert provider.figures.reads < 2.5, "but for the first, which nobody vouches for"
        ours.reports_lost = 1.0
        for _ in range(20):
            await ours.follow(await ours.start())
        return math.fsum(provider.figures.delays_s[-15:]) / 15

    assert leaping.run(die()) < 4
