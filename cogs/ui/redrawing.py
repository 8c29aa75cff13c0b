"""The card of a draft as it was before a press that a stop of Talkie cut short."""

from collections.abc import Mapping

from bot.client import TalkieBot
from bot.errors import Code, UserError
from cogs.ui import answers, desks, question, slips, workbench
from cogs.ui.frame import Card
from storage.records import Promise


async def redrawn(bot: TalkieBot, promise: Promise) -> tuple[Card, Mapping[str, bytes]] | None:
    """The card that a promise is kept with, and its pictures; None if it shows more by now."""
    services, draft, member = bot.services, promise.draft, promise.drafter
    if draft is None or member is None:
        return None
    try:
        made = await services.composing.look(draft, member)
    except UserError as error:
        if error.code is not Code.FORM_EXPIRED:
            raise
    else:
        return workbench.card(made, note=answers.PRESS_AGAIN), desks.NO_PICTURES
    try:
        wish, offer = await services.intake.offer(draft, member)
        asked = await services.intake.ask_again(draft, wish, offer, member)
    except UserError as error:
        if error.code is Code.FORM_EXPIRED:
            return None
        # What it would be made from is gone: it has to be asked for anew.
        return slips.interrupted(), desks.NO_PICTURES
    return question.card(asked, answers.PRESS_AGAIN), question.pictures(asked)
