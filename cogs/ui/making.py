"""From a wish to a job: refuse at once, acknowledge, prepare, then ask or submit."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.domain.request import Wish
from bot.services.again import Remix
from bot.services.intake import Question
from bot.services.submission import Origin, Ticket
from cogs.ui import crops, question, slips, waiting
from cogs.ui.desks import Counter, Desk
from storage.records import JobId

_HEARD_WITHIN_S = 1.0
"""A third of what Discord waits for the first answer; the rest is for the ways to and fro."""


async def make(interaction: discord.Interaction[Any], wish: Wish) -> None:
    """Make a video of a wish; raises UserError, before or after the acknowledgement."""
    await make_at(Counter(interaction), wish)


async def make_at(desk: Desk, wish: Wish) -> None:
    """Make a video of a wish, wherever it was handed in; raises like `make`."""
    intake = desk.bot.services.intake
    intake.check(wish)
    await _make(desk, wish, lambda origin: intake.consider(wish, origin))


async def make_draft(
    interaction: discord.Interaction[Any], draft: int, answer: Callable[[Wish], Wish]
) -> None:
    """Make a video of a kept wish, completed by its member's answer; raises UserError."""
    desk = Counter(interaction)
    intake = desk.bot.services.intake
    wish = await intake.kept(draft, desk.asker)
    await _make(desk, wish, lambda origin: intake.consider_draft(draft, answer, origin))


async def make_again(interaction: discord.Interaction[Any], source: JobId, remix: Remix) -> None:
    """Make a video like an earlier one, once for presses within seconds; raises UserError."""
    desk = Counter(interaction)
    again, member = desk.bot.services.again, desk.asker
    with again.one_press(member, source, remix):
        wish = await again.check(member, source, remix)
        await _make(desk, wish, lambda origin: again.consider(source, origin, remix))


async def _make(
    desk: Desk, wish: Wish, consider: Callable[[Origin], Awaitable[Ticket | Question]]
) -> None:
    origin = await _acknowledge(desk, wish)
    await desk.bot.services.precedence.give_way()
    outcome = await consider(origin)
    if isinstance(outcome, Question):
        await question.show(desk, outcome, crops.rows(outcome))
    else:
        await waiting.show(desk, outcome, wish)


async def _acknowledge(desk: Desk, wish: Wish) -> Origin:
    """Answer first, however busy the machine is; then the price stands in the answer.

    What the database alone refuses is refused before anything is shown to all, or fetched. Where
    it takes too long to tell, the answer goes out without a price, which is added to it.
    """
    services = desk.bot.services
    hear = functools.partial(services.reception.hear, desk.asker, desk.place, wish)
    with services.precedence.first():
        try:
            async with asyncio.timeout(_HEARD_WITHIN_S):
                foretold = await hear()
        except TimeoutError:
            origin = await desk.acknowledge(slips.preparing(wish.mode, None), hasty=True)
        else:
            return await desk.acknowledge(slips.preparing(wish.mode, foretold))
    foretold = await hear()
    await services.precedence.give_way()
    await desk.show(slips.preparing(wish.mode, foretold))
    return origin
