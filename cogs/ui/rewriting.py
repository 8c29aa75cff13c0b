"""A rewriting while it takes its time: the card says so, and is a question again whatever comes."""

from collections.abc import Awaitable, Callable

from bot.errors import Code, UserError
from bot.services.intake import Question
from cogs.ui import rewording, slips
from cogs.ui.desks import Counter
from cogs.ui.frame import Part

Show = Callable[[Counter, Question], Awaitable[None]]
"""Turns the answer into a question."""


async def rewrite(desk: Counter, draft: int, show: Show, button: Part) -> None:
    """Have the words of a question rewritten, and `show` it as it is then; raises UserError.

    Meanwhile it has no buttons. Whoever dies before it has them again shows it after the start.
    `button` is the one that was pressed, for a question that cannot be shown just now.
    """
    services, origin = desk.bot.services, desk.pressed()
    _, offer = await services.intake.offer(draft, desk.asker)
    if offer.words.asked_micro is None:
        # An earlier press has asked for it already.
        await show(desk, await services.versions.rewrite(draft, desk.asker))
        return
    await services.promises.keep(origin, draft=draft)
    try:
        await desk.show(rewording.under_way(offer.plan.prompt))
        asked = await services.versions.rewrite(draft, desk.asker)
    except Exception:
        # Whatever it was, the question has its buttons again before it is told.
        await _restore(desk, draft, show, button)
        await services.promises.forget(origin)
        raise
    await show(desk, asked)
    await services.promises.forget(origin)


async def _restore(desk: Counter, draft: int, show: Show, button: Part) -> None:
    intake = desk.bot.services.intake
    try:
        wish, offer = await intake.offer(draft, desk.asker)
        asked = await intake.ask_again(draft, wish, offer, desk.asker)
    except UserError as refusal:
        is_gone = refusal.code is Code.FORM_EXPIRED
        await desk.show(slips.refused(refusal, None if is_gone else button))
    else:
        await show(desk, asked)
