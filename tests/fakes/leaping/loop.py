"""An event loop whose time leaps to the next timer: hours of waiting pass in a moment."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Leaper(selectors.SelectSelector):
    """Instead of waiting for files, it moves the loop's time on."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if not found:
            if timeout is None:
                raise RuntimeError("everybody waits and no timer is set")
            self.now_s += max(0.0, timeout)
        return found


class LeapingLoop(asyncio.SelectorEventLoop):
    """`loop.time()` starts at 0 and moves only by leaps; nothing may use threads or sockets."""

    def __init__(self) -> None:
        self._leaper = _Leaper()
        super().__init__(self._leaper)

    def time(self) -> float:
        return self._leaper.now_s


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end on a loop of its own."""
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(main)
