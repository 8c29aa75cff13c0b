"""Retention: videos go when their server's days are over, and their makers know before."""

import logging

from bot.clock import Clock
from bot.services.bell import Bell
from bot.services.removal import Removal
from storage import errands, retention
from storage.database import Body, Store
from storage.exhibits import ErrandKind

log = logging.getLogger(__name__)

REMINDER_MS = 3 * retention.DAY_MS
_AT_ONCE = 50


class Retention:
    """Removes what is kept no longer; a day is on every card, a message only for who wants one."""

    def __init__(self, store: Store, clock: Clock, removal: Removal, errand_bell: Bell) -> None:
        self._store = store
        self._clock = clock
        self._removal = removal
        self._errand_bell = errand_bell

    async def sweep(self) -> int:
        """Owe the reminders that are due, then remove what has expired; how many videos went."""
        now = self._clock.now_ms()

        def body() -> Body[bool]:
            jobs = yield from retention.remind(now=now, before=now + REMINDER_MS)
            for job in jobs:
                yield from errands.owe(ErrandKind.REMIND, job, now=now)
            return bool(jobs)

        if await self._store.write(body()):
            self._errand_bell.ring()
        expired = await self._store.read(retention.expired(now, _AT_ONCE))
        gone = [job for job in expired if await self._removal.expire(job)]
        if gone:
            log.info("videos were kept long enough", extra={"videos": len(gone)})
        return len(gone)
