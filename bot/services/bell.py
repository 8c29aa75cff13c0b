"""A bell: waiting for an event, a time or the end, whichever comes first."""

import asyncio


class Bell:
    """Wakes whoever waits on it; a ring while nobody waits is kept for the next who does."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the waiter, now or at its next wait."""
        self._rung.set()

    async def wait(self, timeout_s: float | None) -> bool:
        """Wait for a ring, at most so long; whether it rang."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True
