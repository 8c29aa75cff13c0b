"""Who may write on a job's message: progress and the ending never overtake each other."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from storage.records import JobId

_MOST_KEPT = 4_096


class Turnstile:
    """Lets one at a time pass for each key; forgets a key once nobody waits."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def passing(self, key: Hashable) -> AsyncIterator[None]:
        """Wait for the way to be free, and keep it until the end."""
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        async with lock:
            yield


class Turns:
    """One writer at a time for each job's message; after the ending nobody writes progress."""

    def __init__(self) -> None:
        self._locks: dict[JobId, asyncio.Lock] = {}
        self._over: dict[JobId, None] = {}

    @asynccontextmanager
    async def progress(self, job: JobId) -> AsyncIterator[bool]:
        """Wait for the turn; False inside means that the ending is already written."""
        async with self._lock(job):
            yield job not in self._over

    @asynccontextmanager
    async def ending(self, job: JobId) -> AsyncIterator[None]:
        """Wait for the turn to write how the job ended; progress is refused from now on."""
        self._over[job] = None
        while len(self._over) > _MOST_KEPT:
            self._over.pop(next(iter(self._over)))
        async with self._lock(job):
            yield
        self._locks.pop(job, None)

    def _lock(self, job: JobId) -> asyncio.Lock:
        return self._locks.setdefault(job, asyncio.Lock())
