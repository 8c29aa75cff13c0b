"""Time as an argument: everything that needs to know how late it is asks a clock."""

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 (UTC)."""


class Watch(Clock, Protocol):
    """A clock that also tells how much time passes, whoever sets it meanwhile."""

    def steady_s(self) -> float:
        """Seconds since some moment in the past; never set."""


class SystemClock:
    """The machine's own clock."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 (UTC)."""
        return time.time_ns() // 1_000_000

    def steady_s(self) -> float:
        """Seconds since some moment in the past; never set."""
        return time.monotonic()
