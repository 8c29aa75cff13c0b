"""Turns: presses on one button, and writers on one message, never overtake each other."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


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
