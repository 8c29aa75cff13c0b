"""From a wish to a job: refuse at once, acknowledge, prepare, then ask or submit."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.domain.request import Wish
from bot.services.intake import Question
from bot.services.submission import Origin, Ticket
from cogs.ui import crops, question, waiting
from cogs.ui.desks import Counter, Desk


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


async def _make(
    desk: Desk, wish: Wish, consider: Callable[[Origin], Awaitable[Ticket | Question]]
) -> None:
    # What the database alone refuses is refused before anything is shown to all, or fetched.
    await desk.bot.services.submission.admit(desk.asker, desk.place, wish.mode)
    outcome = await consider(await desk.acknowledge())
    if isinstance(outcome, Question):
        await question.show(desk, outcome, crops.rows(outcome))
    else:
        await waiting.show(desk, outcome, wish)
