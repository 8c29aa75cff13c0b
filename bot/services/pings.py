"""Pings: an edit notifies nobody, so whoever waited long is told of it once."""

from dataclasses import dataclass

from bot.clock import Clock
from storage import deliveries, jobs, people, replies
from storage.database import Body, Store
from storage.deliveries import Untold
from storage.records import DeliveryId, JobId, JobState, Reply

NEWS_FOR_MS = 10 * 60 * 1000
"""Later it would only disturb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """One member to be told that their waiting message shows the ending now."""

    delivery: DeliveryId
    job: JobId
    state: JobState
    discord_id: int
    reply: Reply
    since: int
    """When it was shown, in milliseconds."""
    is_in_doubt: bool
    """They may have been told already by an attempt whose end nobody recorded."""


class Pings:
    """Hands out whom to tell; each until it is done, in doubt after the first time."""

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
            for untold in owed:
                if untold.delivery in self._in_hand or len(pings) >= limit:
                    continue
                ping = yield from _ping(untold)
                if ping is None:
                    yield from deliveries.pinged(untold.delivery)
                    continue
                yield from deliveries.begin_ping(untold.delivery)
                pings.append(ping)
            return pings

        pings = await self._store.write(body())
        self._in_hand |= {ping.delivery for ping in pings}
        return pings

    async def is_owed(self, ping: Ping) -> bool:
        """Whether there is still something to be told: the video may be deleted meanwhile."""
        return await self._store.read(deliveries.is_ping_owed(ping.delivery))

    async def done(self, ping: Ping) -> None:
        """They were told, or cannot be: there is no second try."""
        await self._store.write(deliveries.pinged(ping.delivery))

    def put_down(self, ping: Ping) -> None:
        """The attempt is over; unless it is done it is handed out again, in doubt."""
        self._in_hand.discard(ping.delivery)


def _ping(untold: Untold) -> Body[Ping | None]:
    job = yield from jobs.get(untold.job)
    reply = yield from replies.get(untold.job)
    discord_id = (yield from people.discord_id(job.person_id)) if job else None
    if job is None or reply is None or discord_id is None:
        return None
    return Ping(
        delivery=untold.delivery,
        job=untold.job,
        state=job.state,
        discord_id=discord_id,
        reply=reply,
        since=untold.due_at,
        is_in_doubt=untold.begun,
    )
