"""Knowing when it is done: the watcher against loops that look at fixed or growing intervals.

Everything runs in leaping time against a provider that counts as deAPI does. The watcher is the
product's own: budget, law, turns and pulse. Its rivals ask again two seconds after a refused
start, and otherwise at their pace.
"""

import asyncio
import functools
import math
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.domain.timing import CLIP, Law
from tests.fakes.leaping import loop as leaping
from tests.fakes.leaping.policies import Gaps, Ours, Rival, fixed, growing
from tests.fakes.leaping.provider import BASIC, PREMIUM, Figures, Provider, Tier

SEED = 7
MINUTES = 25
DAYS = 40
CLIPS_A_DAY = 15
DRAINED = 1_000


GROWING = [
    growing(first_s, factor, longest_s)
    for first_s in (2.0, 5.0, 10.0)
    for factor in (1.25, 1.5, 2.0)
    for longest_s in (5.0, 10.0, 30.0, 60.0)
]
Make = Callable[[Provider], "Ours | Rival"]


async def one_by_one(make: Make, *, jobs: int, tier: Tier, law: Law = CLIP) -> Figures:
    """One job after the other."""
    provider = Provider(tier, SEED, law)
    policy = make(provider)
    for _ in range(jobs):
        await policy.follow(await policy.start())
    return provider.figures


async def steady(make: Make, *, a_minute: float) -> Figures:
    """Jobs that come by chance at a rate; all of them are waited for."""
    provider = Provider(PREMIUM, SEED)
    policy = make(provider)
    chance = random.Random(SEED + 1)

    async def live() -> None:
        await policy.follow(await policy.start())

    async with asyncio.TaskGroup() as running:
        while asyncio.get_running_loop().time() < MINUTES * 60:
            await asyncio.sleep(chance.expovariate(a_minute / 60))
            running.create_task(live())
    return provider.figures


async def drain(make: Make) -> tuple[Figures, float]:
    """Many jobs under way at once, and what somebody who knew their ends would wait."""
    provider = Provider(PREMIUM, SEED)
    policy = make(provider)
    under_way = [provider.accept() for _ in range(DRAINED)]
    async with asyncio.TaskGroup() as running:
        for job in under_way:
            running.create_task(policy.follow(job))
    return provider.figures, clairvoyant_s([job.done_s for job in under_way])


def clairvoyant_s(ends_s: list[float]) -> float:
    """Mean delay of looking once at each job, when it is done, at the full rate."""
    rate = PREMIUM.looks[0] / 60
    looked_s, waited_s = 0.0, 0.0
    for end_s in sorted(ends_s):
        looked_s = max(end_s, looked_s + 1 / rate)
        waited_s += looked_s - end_s
    return waited_s / len(ends_s)


async def small_days() -> tuple[int, int, float]:
    """Fifteen clips a day on a small account: most reads of a day, refusals, mean delay."""
    most, refused, delays_s = 0, 0, []
    for day in range(DAYS):
        provider = Provider(BASIC, SEED + day)
        ours = Ours(provider)
        begin_s = asyncio.get_running_loop().time()
        for _ in range(CLIPS_A_DAY):
            await ours.follow(await ours.start())
            await asyncio.sleep(120)
        most = max(most, provider.figures.looks)
        refused += provider.figures.refused
        delays_s += provider.figures.delays_s
        await asyncio.sleep(86_400 - (asyncio.get_running_loop().time() - begin_s))
    return most, refused, math.fsum(delays_s) / len(delays_s)


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the verdict."""

    about: str
    figure: str
    goal: str
    met: bool


def ours(provider: Provider) -> Ours:
    """The watcher without reports."""
    return Ours(provider)


def reported(provider: Provider) -> Ours:
    """The watcher while webhooks arrive."""
    return Ours(provider, reports=True)


def rival(gaps: Gaps) -> Make:
    """A loop for each job."""
    return lambda provider: Rival(provider, gaps)


def show(name: str, figures: Figures) -> None:
    """One line of figures."""
    say(
        f"  {name:24} {figures.reads:7.1f} reads a job, {figures.refused:6} refused,"
        f" found after {figures.delay_s:6.1f} s, starts wait {figures.start_wait_s:5.1f} s"
    )


def compare(title: str, run: Callable[[Make], Figures]) -> tuple[Figures, list[Figures]]:
    """Ours and the three rivals; the growing one is the best of its grid."""
    say(title)
    mine = run(ours)
    show("the watcher", mine)
    rivals = [run(rival(fixed(2))), run(rival(fixed(10)))]
    rivals.append(min((run(rival(gaps)) for gaps in GROWING), key=lambda one: one.delay_s))
    for name, figures in zip(("every 2 s", "every 10 s", "best growing"), rivals, strict=True):
        show(name, figures)
    return mine, rivals


def alone() -> Iterator[Goal]:
    """One in flight."""
    mine, (every_two, *_) = compare(
        "one in flight", lambda make: leaping.run(one_by_one(make, jobs=600, tier=PREMIUM))
    )
    part = mine.reads / every_two.reads
    yield Goal("one in flight: delay", f"{mine.delay_s:.2f} s", "<= 2.2 s", mine.delay_s <= 2.2)
    yield Goal("one in flight: reads of every 2 s", f"{part:.0%}", "<= 45 %", part <= 0.45)
    for median_s in (20.0, 90.0):
        truth = Law(math.log(median_s), CLIP.deviation)
        learnt, known = (
            leaping.run(one_by_one(make, jobs=600, tier=PREMIUM, law=truth))
            for make in (
                functools.partial(Ours, learns=True),
                functools.partial(Ours, law=truth),
            )
        )
        show(f"{median_s:.0f} s, learnt", learnt)
        show(f"{median_s:.0f} s, known before", known)


def busy() -> Iterator[Goal]:
    """Twenty-seven and fifty-four in flight."""
    for in_flight, a_minute, most_s in ((27, 30, 4.0), (54, 60, 8.0)):
        run = functools.partial(steady, a_minute=a_minute)
        mine, rivals = compare(
            f"{in_flight} in flight, starts share the limit",
            lambda make, run=run: leaping.run(run(make)),  # type: ignore[misc]  # bound now
        )
        name = f"{in_flight} in flight: delay"
        yield Goal(name, f"{mine.delay_s:.2f} s", f"<= {most_s} s", mine.delay_s <= most_s)
        least_s = min(one.delay_s for one in rivals)
        is_least = mine.delay_s < least_s
        yield Goal(f"{in_flight} in flight: rivals", f"{least_s:.2f} s", "above ours", is_least)
        yield Goal(f"{in_flight} in flight: refused", str(mine.refused), "0", mine.refused == 0)


def drained() -> Iterator[Goal]:
    """A thousand at once."""
    say("a thousand under way at once")
    mine, bound_s = leaping.run(drain(ours))
    show("the watcher", mine)
    for name, gaps in (("every 2 s", fixed(2)), ("every 10 s", fixed(10))):
        show(name, leaping.run(drain(rival(gaps)))[0])
    times = mine.delay_s / bound_s
    yield Goal("drain: refused", str(mine.refused), "0", mine.refused == 0)
    yield Goal(f"drain: of {bound_s:.0f} s at best", f"{times:.2f} x", "<= 2.2 x", times <= 2.2)


def small() -> Iterator[Goal]:
    """The Basic tier."""
    most, refused, delay_s = leaping.run(small_days())
    say(f"small account, {DAYS} days of 15 clips: found after {delay_s:.1f} s")
    yield Goal("small account: most reads a day", str(most), "<= 200", most <= 200)
    yield Goal("small account: refused looks", str(refused), "0", refused == 0)


def told() -> Iterator[Goal]:
    """While webhooks arrive, one in a hundred lost."""
    say("with reports, 27 in flight")
    mine = leaping.run(steady(reported, a_minute=30))
    show("the watcher", mine)
    yield Goal("with push: reads a job", f"{mine.reads:.2f}", "<= 1.5", mine.reads <= 1.5)
    yield Goal("with push: delay", f"{mine.delay_s:.2f} s", "<= 1 s", mine.delay_s <= 1)


def main() -> int:
    """Print figures, goals and verdicts; 1 if a goal is missed."""
    goals = [goal for part in (alone, busy, drained, small, told) for goal in part()]
    say("")
    for goal in goals:
        verdict = "met" if goal.met else "MISSED"
        say(f"{goal.about:40} {goal.figure:>10}  {goal.goal:>12}  {verdict}")
    return 0 if all(goal.met for goal in goals) else 1


def say(line: str) -> None:
    """One line of the table."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
