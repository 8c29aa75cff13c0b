"""Tidying: once news are told elsewhere, the waiting message has nothing to say or press."""

from dataclasses import dataclass

from bot.clock import Clock
from storage import deliveries, replies
from storage.database import Body, Store
from storage.records import JobId, Reply

AGAIN_AFTER_MS = 60_000
TRIED_FOR_MS = 86_400_000
"""A message that could not be edited for a day stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldCard:
    """A waiting message of a job whose news are in another one."""

    job: JobId
    reply: Reply
    is_below: bool
    """Whether the other one was posted there, too; else its member has fetched the news."""


class Tidying:
    """Hands out waiting messages to edit a last time, each again until it is done."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._in_hand: set[JobId] = set()

    async def due(self, limit: int = 8) -> list[OldCard]:
        """What to edit now."""
        now = self._clock.now_ms()

        def body() -> Body[list[OldCard]]:
            cards = []
            for job in (
                yield from deliveries.untidy(
                    now, limit, since=now - TRIED_FOR_MS, again_at=now + AGAIN_AFTER_MS
                )
            ):
                if job in self._in_hand:
                    # Discord holds an edit back for longer than that: one is enough.
                    continue
                reply = yield from replies.get(job)
                delivery = yield from deliveries.of_job(job)
                if reply is not None and delivery is not None:
                    is_below = delivery.message_id is not None
                    cards.append(OldCard(job=job, reply=reply, is_below=is_below))
            return cards

        cards = await self._store.write(body())
        self._in_hand |= {card.job for card in cards}
        return cards

    def put_down(self, card: OldCard) -> None:
        """The attempt is over, however it went."""
        self._in_hand.discard(card.job)

    async def is_owed(self, card: OldCard) -> bool:
        """Whether it is still to be edited: the video may be deleted meanwhile."""
        return await self._store.read(deliveries.is_untidy(card.job))

    async def done(self, card: OldCard) -> None:
        """It was edited, or never can be."""
        await self._store.write(deliveries.tidied(card.job))
