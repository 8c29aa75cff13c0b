"""Time for clients in tests: it moves only when somebody sleeps."""

from bot.deapi.retry import Timing


class ToldTime:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 86_400.0 * 20_000
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds

    def timing(self) -> Timing:
        return Timing(
            sleep=self.sleep,
            clock_s=lambda: self.now_s,
            now_s=lambda: self.now_s,
            chance=lambda: 1.0,
        )
