"""Clocks: one that runs like the machine's and further when it is told to, one that stands."""

import time

from tests.builders import NOW


class Clock:
    """Milliseconds since 1970, plus what was added."""

    def __init__(self) -> None:
        self._added_ms = 0
        self._passed_s = 0.0

    def advance(self, seconds: float) -> None:
        """Let this much time pass at once."""
        self.set_by(seconds)
        self._passed_s += seconds

    def set_by(self, seconds: float) -> None:
        """Set the clock forward, or back, while no time passes."""
        self._added_ms += round(seconds * 1000)

    def steady_s(self) -> float:
        return time.monotonic() + self._passed_s

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self._added_ms


class StillClock:
    """Milliseconds since 1970, and always the same until it is set."""

    def __init__(self) -> None:
        self.at_ms = NOW

    def now_ms(self) -> int:
        return self.at_ms
