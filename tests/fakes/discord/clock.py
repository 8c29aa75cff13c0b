"""A clock that runs on its own and can be pushed forward by the test."""

import time
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """Wall time that never goes back, plus what the test has added to it."""

    def __init__(self) -> None:
        self._base_ms = time.time_ns() // 1_000_000 - time.monotonic_ns() // 1_000_000
        self._added_ms = 0
        self._last_snowflake = 0

    def now_ms(self) -> int:
        """Milliseconds since 1970 as this Discord sees them."""
        return self._base_ms + time.monotonic_ns() // 1_000_000 + self._added_ms

    def advance(self, seconds: float) -> None:
        """Let time pass at once, for tokens, signatures and nonces alike."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        self._added_ms += round(seconds * 1000)

    def snowflake(self) -> int:
        """A new id, larger than all before it, whose upper bits are the time."""
        born = (self.now_ms() - DISCORD_EPOCH_MS) << 22
        self._last_snowflake = max(born, self._last_snowflake + 1)
        return self._last_snowflake


def iso(at_ms: int) -> str:
    """The time as Discord writes it in messages."""
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC).isoformat()
