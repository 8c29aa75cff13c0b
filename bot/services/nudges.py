"""News of a job that somebody waits for: a report of the provider, a member's decision."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from storage.records import JobId


class Nudges:
    """Wakes whoever waits for a job; what is true is read from the rows afterwards."""

    def __init__(self) -> None:
        self._waiting: dict[JobId, set[asyncio.Event]] = {}

    def nudge(self, job: JobId) -> None:
        """There is news of a job."""
        for event in self._waiting.get(job, ()):
            event.set()

    @contextmanager
    def expect(self, job: JobId) -> Iterator[asyncio.Event]:
        """Set as soon as there is news."""
        event = asyncio.Event()
        self._waiting.setdefault(job, set()).add(event)
        try:
            yield event
        finally:
            waiting = self._waiting[job]
            waiting.discard(event)
            if not waiting:
                del self._waiting[job]
