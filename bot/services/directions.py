"""Directions: who writes to Talkie in plain words is shown the commands, once a day at most."""

from bot.clock import Clock
from storage import people
from storage.database import Body, Store

AGAIN_AFTER_MS = 86_400_000


class Directions:
    """Remembers who was shown the commands."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def are_due(self, discord_id: int) -> bool:
        """Whether to show this person the commands now; if so, not again for a day."""
        now = self._clock.now_ms()

        def body() -> Body[bool]:
            person = yield from people.resolve(discord_id, now)
            return (yield from people.direct(person, now=now, before=now - AGAIN_AFTER_MS))

        return await self._store.write(body())
