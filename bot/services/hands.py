"""Hands: how much is made ready for one member at once, so that nobody takes all of the machine."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import Code, UserError

AT_ONCE = 3
"""Files of one member that are prepared at the same time."""


class Hands:
    """Counts what is being prepared for each member."""

    def __init__(self) -> None:
        self._busy: Counter[int] = Counter()

    @contextmanager
    def lent(self, member: int) -> Iterator[None]:
        """Prepare something for a member; raises PREPARING_MANY if enough is prepared already."""
        if self._busy[member] >= AT_ONCE:
            raise UserError(Code.PREPARING_MANY, limit=AT_ONCE)
        self._busy[member] += 1
        try:
            yield
        finally:
            self._busy[member] -= 1
            self._busy += Counter()
