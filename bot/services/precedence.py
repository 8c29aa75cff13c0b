"""Precedence: whoever has no answer yet goes before everybody who has one.

Discord drops an interaction that is not answered within three seconds, and waits for fifteen
minutes for everything after that. So while anybody is without a first answer, the work that
follows first answers stands in line; it is let on one by one, each for a turn of the event loop,
so that whoever comes meanwhile still goes first. Nobody stands in line for longer than a first
answer may take: then the work goes on however many come, and nobody starves.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

FIRST_ANSWER_S = 3.0
"""Discord waits no longer for the first answer to an interaction."""


class Precedence:
    """Knows how many wait for their first answer, and holds everything else back."""

    def __init__(self, longest_s: float = FIRST_ANSWER_S) -> None:
        self._longest_s = longest_s
        self._unanswered = 0
        self._all_answered = asyncio.Event()
        self._all_answered.set()
        self._line = asyncio.Lock()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Go before others: somebody is without a first answer until the end of this."""
        self._unanswered += 1
        self._all_answered.clear()
        try:
            yield
        finally:
            self._unanswered -= 1
            if self._unanswered == 0:
                self._all_answered.set()

    async def give_way(self) -> None:
        """Wait in line until everybody has a first answer, for `longest_s` at the most."""
        try:
            async with asyncio.timeout(self._longest_s), self._line:
                # Whoever came in this turn of the loop is counted by its end.
                await asyncio.sleep(0)
                await self._all_answered.wait()
        except TimeoutError:
            return
