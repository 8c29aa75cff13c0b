"""A clock that runs like the machine's, and further when it is told to."""

import time


class Clock:
    """Milliseconds since 1970, plus what was added."""

    def __init__(self) -> None:
        self._added_ms = 0

    def advance(self, seconds: float) -> None:
        """Let this much time pass at once."""
        self._added_ms += round(seconds * 1000)

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self._added_ms
