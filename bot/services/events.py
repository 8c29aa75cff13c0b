"""Typed events inside the process, for display only: what must survive is a row."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from storage.records import JobId


@dataclass(frozen=True, slots=True)
class Queued:
    """A job was accepted, or came back from waiting."""

    job: JobId


@dataclass(frozen=True, slots=True)
class Started:
    """A worker took a job up."""

    job: JobId


@dataclass(frozen=True, slots=True)
class Progressed:
    """A job is being rendered; progress is 0..1, or None where the engine cannot tell."""

    job: JobId
    progress: float | None


@dataclass(frozen=True, slots=True)
class Delayed:
    """A job was put aside until a time (milliseconds)."""

    job: JobId
    until: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A job has ended and its delivery is owed."""

    job: JobId


Event = Queued | Started | Progressed | Delayed | Ended

_LONGEST_BACKLOG = 1_000


class Bus:
    """Hands each event to everybody who listens; a slow listener loses its oldest ones."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event]] = set()
        self._hearers: list[Callable[[Event], None]] = []

    def hear(self, hearer: Callable[[Event], None]) -> None:
        """Call this at each event from now on: it only takes a note, and never fails."""
        self._hearers.append(hearer)

    def publish(self, event: Event) -> None:
        """Tell everybody who listens."""
        for hearer in self._hearers:
            hearer(event)
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event]]:
        """A queue of what is published from now on."""
        queue: asyncio.Queue[Event] = asyncio.Queue(_LONGEST_BACKLOG)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)
