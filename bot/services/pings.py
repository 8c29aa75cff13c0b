"""Pings: an edit notifies nobody, so whoever waited long is told of it once."""

from dataclasses import dataclass

from bot.clock import Clock
from storage import deliveries, jobs, people, replies
from storage.database import Body, Store
from storage.records import DeliveryId, JobId, Reply

NEWS_FOR_MS = 10 * 60 * 1000
"""Later it would only disturb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """One member to be told that their waiting message shows the ending now."""

    delivery: DeliveryId
    job: JobId
    discord_id: int
    reply: Reply
    is_in_doubt: bool
    """They may have been told already by a process that died before it could say so."""


class Pings:
    """Hands out whom to tell; each is handed out once, and once more after a crash."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._in_hand: set[DeliveryId] = set()

    async def due(self, limit: int = 8) -> list[Ping]:
        """Whom to tell now; that it begins is written before it does."""
        since = self._clock.now_ms() - NEWS_FOR_MS

        def body() -> Body[list[Ping]]:
            pings: list[Ping] = []
            owed = yield from deliveries.pings(since=since, limit=limit + len(self._in_hand))
            for delivery, job, is_in_doubt in owed:
                if delivery in self._in_hand or len(pings) >= limit:
                    continue
                ping = yield from _ping(delivery, job, is_in_doubt=is_in_doubt)
                if ping is None:
                    yield from deliveries.pinged(delivery)
                    continue
                yield from deliveries.begin_ping(delivery)
                pings.append(ping)
            return pings

        pings = await self._store.write(body())
        self._in_hand |= {ping.delivery for ping in pings}
        return pings

    async def done(self, ping: Ping) -> None:
        """They were told, or cannot be: there is no second try."""
        try:
            await self._store.write(deliveries.pinged(ping.delivery))
        finally:
            self._in_hand.discard(ping.delivery)


def _ping(delivery: DeliveryId, job_id: JobId, *, is_in_doubt: bool) -> Body[Ping | None]:
    job = yield from jobs.get(job_id)
    reply = yield from replies.get(job_id)
    discord_id = (yield from people.discord_id(job.person_id)) if job else None
    if reply is None or discord_id is None:
        return None
    return Ping(
        delivery=delivery,
        job=job_id,
        discord_id=discord_id,
        reply=reply,
        is_in_doubt=is_in_doubt,
    )
