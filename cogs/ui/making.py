"""From a wish to a job: refuse at once, acknowledge, prepare, then ask or submit."""

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
    services = desk.bot.services
    # What the database alone refuses is refused before anything is shown to all, or fetched.
    await services.submission.admit(desk.asker, desk.place, wish.mode)
    foretold = await services.foretelling.of(desk.asker, wish)
    origin = await desk.acknowledge(slips.preparing(wish.mode, foretold))
    outcome = await consider(origin)
    if isinstance(outcome, Question):
        await question.show(desk, outcome, crops.rows(outcome))
    else:
        await waiting.show(desk, outcome, wish)
