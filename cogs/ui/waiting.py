"""The waiting card: what follows an acceptance."""

import logging

from bot.domain.request import Wish
from bot.services.submission import Ticket
from cogs.ui import cards
from cogs.ui.desks import Desk

log = logging.getLogger(__name__)


async def show(desk: Desk, ticket: Ticket, wish: Wish) -> None:
    """Turn the answer into the waiting card, unless the job has ended meanwhile."""
    services = desk.bot.services
    try:
        async with services.turns.passing(ticket.job):
            bulletin = await services.waiting.bulletin(ticket.job)
            if bulletin is not None:
                card = cards.accepted(
                    bulletin.standing,
                    bulletin.notice,
                    left=ticket.balance.available,
                    chosen=wish.chosen,
                    tip=ticket.tip,
                    added=ticket.added,
                )
                await desk.show(card)
                services.waiting.shown(bulletin)
    except Exception:
        # The job exists by now: trouble with its card is not the member's trouble.
        log.exception("the waiting card could not be shown", extra={"job_id": ticket.job})
