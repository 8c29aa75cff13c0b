"""Whether a provider's own news arrive: looks may be sparse only while they do."""

from collections.abc import Callable

MOST_MISSED = 2
"""Ends in a row that nobody told: then the news are taken for dead until the next one."""


class Pulse:
    """Counts news that came and news that were missing."""

    def __init__(self) -> None:
        self._heard = False
        self._missed = 0
        self._is_joined: Callable[[], bool] = lambda: False

    def follow(self, is_joined: Callable[[], bool]) -> None:
        """Ask this whether a socket is joined right now."""
        self._is_joined = is_joined

    def heard(self) -> None:
        """A genuine report arrived."""
        self._heard = True
        self._missed = 0

    def missed(self) -> None:
        """A call was found done and no news had said so."""
        self._missed += 1

    def covers(self, *, hooked: bool) -> bool:
        """Whether the end of a call would be told; `hooked` if reports were asked for."""
        if self._missed >= MOST_MISSED:
            return False
        return (hooked and self._heard) or self._is_joined()
