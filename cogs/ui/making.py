"""From a wish to a job: refuse at once, acknowledge, prepare, then ask or submit."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.domain.request import Wish
from bot.errors import Code, UserError
from bot.services.again import Remix
from bot.services.foretelling import Foretold
from bot.services.intake import Question
from bot.services.submission import Origin, Ticket
from cogs.ui import haste, question, slips, waiting
from cogs.ui.desks import Counter, Desk
from storage.records import JobId

Read = Callable[[], Awaitable[Wish]]
"""Looks a wish up; can be asked twice, and raises UserError."""


async def make(interaction: discord.Interaction[Any], wish: Wish) -> None:
    """Make a video of a wish; raises UserError, before or after the acknowledgement."""
    await make_at(Counter(interaction), wish)


async def make_at(desk: Desk, wish: Wish) -> None:
    """Make a video of a wish, wherever it was handed in; raises like `make`."""

    async def read() -> Wish:
        return wish

    await _make_read(desk, read)


async def make_read(interaction: discord.Interaction[Any], read: Read) -> None:
    """Make a video of a wish that names what has to be looked up; raises like `make`."""
    await _make_read(Counter(interaction), read)


async def make_draft(
    interaction: discord.Interaction[Any], draft: int, answer: Callable[[Wish], Wish]
) -> None:
    """Make a video of a kept wish, completed by its member's answer; raises UserError."""
    desk = Counter(interaction)
    intake = desk.bot.services.intake
    # A second press would only say, and to all, that the first one used the draft.
    with intake.one_answer(draft, desk.asker):
        await _make(
            desk,
            lambda: intake.kept(draft, desk.asker),
            lambda _, origin: intake.consider_draft(draft, answer, origin),
        )


async def _anybody() -> None:
    """Refuse nobody."""


async def make_again(
    interaction: discord.Interaction[Any],
    source: JobId,
    remix: Remix,
    check: Callable[[], Awaitable[None]] = _anybody,
) -> None:
    """Make a video like an earlier one, once for presses within seconds; raises UserError.

    `check` raises UserError for who may not ask for it like this.
    """
    desk = Counter(interaction)
    again, member = desk.bot.services.again, desk.asker
    with again.one_press(member, source, remix):

        async def consider(_: Wish, origin: Origin) -> Ticket | Question:
            outcome = await again.consider(source, origin, remix)
            if isinstance(outcome, Ticket) and not outcome.is_new:
                # That job has a message of its own, which tells how it stands.
                raise UserError(Code.PRESSED_ALREADY)
            return outcome

        async def read() -> Wish:
            await check()
            return await again.check(member, source, remix)

        await _make(desk, read, consider)


async def _make_read(desk: Desk, read: Read) -> None:
    intake = desk.bot.services.intake

    async def checked() -> Wish:
        wish = await read()
        intake.check(wish)
        return wish

    await _make(desk, checked, intake.consider)


async def _make(
    desk: Desk, read: Read, consider: Callable[[Wish, Origin], Awaitable[Ticket | Question]]
) -> None:
    desk.bot.attend()
    wish, origin = await _acknowledge(desk, read)
    promises = desk.bot.services.promises
    async with promises.kept(origin):
        await desk.bot.services.precedence.give_way()
        outcome = await consider(wish, origin)
    await show(desk, outcome, wish, origin)


async def show(desk: Desk, outcome: Ticket | Question, wish: Wish, origin: Origin) -> None:
    """Turn the answer that was promised at `origin` into the waiting card, or into a question."""
    if isinstance(outcome, Question):
        promises = desk.bot.services.promises
        await promises.show(origin, outcome.draft)
        await question.show(desk, outcome)
        await promises.forget(origin)
    else:
        await waiting.show(desk, outcome, wish)


async def _acknowledge(desk: Desk, read: Read) -> tuple[Wish, Origin]:
    """Answer first, however busy the machine is; then the price stands in the answer.

    What the database alone refuses is refused before anything is shown to all, or fetched. Where
    it takes too long to tell, the answer goes out without a price, which is added to it.
    """
    services = desk.bot.services

    async def hear() -> tuple[Wish, Foretold]:
        wish = await read()
        return wish, await services.reception.hear(desk.asker, desk.place, wish)

    with services.precedence.first():
        try:
            async with asyncio.timeout(haste.HEARD_WITHIN_S):
                wish, foretold = await hear()
        except TimeoutError:
            origin = await desk.acknowledge(slips.hasty(), hasty=True)
        else:
            return wish, await desk.acknowledge(slips.preparing(wish.mode, foretold))
    async with services.promises.kept(origin):
        wish, foretold = await hear()
        await services.precedence.give_way()
        await desk.show(slips.preparing(wish.mode, foretold))
    return wish, origin
