"""The cancel race: a member throws a job away while the provider finishes it."""

import asyncio
import random
from dataclasses import dataclass

from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import User
from tests.fakes.moments import Moment, Phase
from tests.torture.rows import Standing
from tests.torture.town import Town
from tests.torture.traps import Trap, is_download

PATIENCE_S = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A member before the button that throws their job away."""

    prompt: str
    job: int
    member: User
    message: Message


async def run(town: Town, draw: random.Random) -> bool:
    """Race and kill; False where no job came so far."""
    town.hold_provider(held=True)
    try:
        async with asyncio.timeout(PATIENCE_S):
            question = await _ask(town, draw)
        town.struck = question.prompt
        await _start_race(town, draw, question)
    except TimeoutError:
        return False
    finally:
        town.hold_provider(held=False)
    return True


async def call_off(town: Town, draw: random.Random) -> None:
    """Press the button under a job that waits in line; nobody waits for the answer."""
    ready = [
        job for job in town.rows.standings() if job.state == "queued" and _has_button(town, job)
    ]
    if ready:
        job = draw.choice(ready)
        interaction = town.commands[job.prompt]
        assert interaction.original is not None
        await town.discord.people.click(
            interaction.user, interaction.original, f"v1:cancel:{job.id}"
        )


async def _ask(town: Town, draw: random.Random) -> _Question:
    while True:
        ready = [job for job in town.rows.standings() if _can_race(town, job)]
        if ready:
            job = draw.choice(ready)
            interaction = town.commands[job.prompt]
            assert interaction.original is not None
            asked = await town.discord.people.click(
                interaction.user, interaction.original, f"v1:cancel:{job.id}"
            )
            message = await town.discord.observer.reply(asked, PATIENCE_S)
            if town.discord.observer.view(message).buttons:
                return _Question(
                    prompt=job.prompt, job=job.id, member=interaction.user, message=message
                )
        await asyncio.sleep(0.02)


def _can_race(town: Town, job: Standing) -> bool:
    return job.state == "active" and job.call == "started" and _has_button(town, job)


def _has_button(town: Town, job: Standing) -> bool:
    original = town.commands[job.prompt].original
    buttons = town.discord.observer.view(original).buttons if original is not None else ()
    return any(button.custom_id == f"v1:cancel:{job.id}" for button in buttons)


async def _start_race(town: Town, draw: random.Random, question: _Question) -> None:
    [rendering] = town.renderings(question.prompt)
    fetched = asyncio.Event()

    async def watch(moment: Moment) -> bool:
        if moment.phase is Phase.ANSWERED and is_download(moment) and rendering.id in moment.path:
            fetched.set()
        return False

    after_fetch = draw.random() < 0.5
    town.deapi.moments.watch(watch)
    town.deapi.jobs.finish(rendering)
    if after_fetch:
        async with asyncio.timeout(PATIENCE_S):
            await fetched.wait()
        await asyncio.sleep(draw.uniform(0, 0.6))
    else:
        await asyncio.sleep(draw.uniform(0, 0.15))
    click = await town.discord.people.click(
        question.member, question.message, f"v1:discard:{question.job}"
    )
    town.seen.discarded.add(question.prompt)
    town.raced.add(question.prompt)
    await _kill_around(town, draw, click)


async def _kill_around(town: Town, draw: random.Random, click: Interaction) -> None:
    """Kill before, at or right after the answer to the click."""
    phase = draw.choice((None, Phase.ARRIVED, Phase.TAKEN, Phase.ANSWERED))
    if phase is None:
        await asyncio.sleep(draw.uniform(0, 0.03))
        town.kill()
        return
    prompt = town.struck
    answer = f"/interactions/{click.id}/"
    town.arm(
        Trap(
            wants=lambda moment: moment.phase is phase and answer in moment.path,
            cuts=phase is not Phase.ANSWERED,
        )
    )
    async with asyncio.timeout(PATIENCE_S):
        await town.dead.wait()
    town.struck = prompt
