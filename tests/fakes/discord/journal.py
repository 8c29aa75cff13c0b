"""Everything that reached the stand-in or left it, in order, and a way to wait for it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tests.fakes.discord.clock import Clock
from tests.fakes.discord.errors import Json

LONGEST_WAIT_S = 120.0
"""No test is about how long something takes: what does not come by then does not come."""

T = TypeVar("T")


class Kind(StrEnum):
    """What an entry tells of."""

    REQUEST = "request"
    DOWNLOAD = "download"
    GATEWAY_IN = "gateway in"
    GATEWAY_OUT = "gateway out"
    CONNECTED = "connected"
    DISCONNECTED = "disconnected"
    SYNCED = "commands synced"
    INTERACTION = "interaction"
    ANSWERED = "interaction answered"
    CREATED = "message created"
    EDITED = "message edited"
    DELETED = "message deleted"
    TYPING = "typing"


@dataclass(slots=True, kw_only=True)
class Entry:
    """One thing that happened; a request gets its `status` when it was answered."""

    number: int
    at_ms: int
    kind: Kind
    detail: Json
    status: int | None = None


class Journal:
    """A list of entries with waiters that are looked at whenever something happens."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: list[Entry] = []
        self._counts: Counter[Kind] = Counter()
        self._waiters: list[Callable[[], None]] = []

    def record(self, kind: Kind, **detail: object) -> Entry:
        """Add an entry and wake whoever waited for it."""
        entry = Entry(
            number=len(self._entries), at_ms=self._clock.now_ms(), kind=kind, detail=detail
        )
        self._entries.append(entry)
        self._counts[kind] += 1
        self.changed()
        return entry

    def count(self, kind: Kind) -> int:
        """How many entries of a kind there are; cheap enough to wait for a thousand."""
        return self._counts[kind]

    def entries(self, *kinds: Kind, since: int = 0) -> list[Entry]:
        """The entries of these kinds (all if none is named) from number `since` on."""
        return [e for e in self._entries[since:] if not kinds or e.kind in kinds]

    def requests(self, method: str, path_part: str) -> list[Entry]:
        """The requests of a method whose path contains a text."""
        return [
            entry
            for entry in self.entries(Kind.REQUEST)
            if entry.detail["method"] == method and path_part in entry.detail["path"]
        ]

    def changed(self) -> None:
        """Look at every waiter again: something may have come true."""
        for look in self._waiters:
            look()

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = LONGEST_WAIT_S
    ) -> T:
        """What the predicate returns as soon as that is true; TimeoutError with the last entries.

        The predicate is asked now and after each thing that happens, never in between.
        """
        if found := predicate():
            return found
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        def look() -> None:
            if future.done():
                return
            try:
                if found := predicate():
                    future.set_result(found)
            except Exception as error:  # noqa: BLE001 - whoever waits gets it
                future.set_exception(error)

        self._waiters.append(look)
        try:
            async with asyncio.timeout(timeout_s):
                return await future
        except TimeoutError:
            raise TimeoutError("\n".join(["it did not happen; last:", *self._tail()])) from None
        finally:
            self._waiters.remove(look)

    def _tail(self) -> Iterator[str]:
        for entry in self._entries[-12:]:
            yield f"{entry.number} {entry.kind} {entry.status or ''} {str(entry.detail)[:300]}"
