"""Kill after kill: each life of the bot takes up what the last one left."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture import race, traps
from tests.torture.rows import Standing
from tests.torture.town import Town, opened
from tests.torture.verdict import Verdict, judge
from tests.torture.windows import OVER, Window, window_of
from tests.torture.workload import Workload

FRESH = {Window.INTENT_POST: 2, Window.POST_HANDLE: 2, Window.HANDLE_LOOK: 2}
"""How many new jobs it takes for one to come to these windows."""
ACCEPT_S = 3.0
TRAP_S = 4.0
DRAIN_S = 90.0
"""Nothing that takes so long without any news will ever end."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Kills by window: meant, hit, and how many jobs stood in it when the bot died."""

    aimed: Counter[Window] = field(default_factory=Counter)
    hit: Counter[Window] = field(default_factory=Counter)
    caught: Counter[Window] = field(default_factory=Counter)
    elsewhere: int = 0
    """Kills at which the job that was meant stood in none of the windows."""
    seconds: float = 0.0


class Campaign:
    """So many kills and at least so many jobs, `under_way` at a time, drawn from one seed."""

    def __init__(self, *, kills: int, jobs: int, seed: int, under_way: int = 10) -> None:
        self._kills = kills
        self._jobs = jobs
        self._under_way = under_way
        self._draw = random.Random(seed)
        self.tally = Tally()

    async def run(self, folder: Path) -> Verdict:
        """Kill, drain, stop, and judge what is left."""
        began = time.monotonic()
        async with opened(folder) as town:
            workload = Workload(town, self._draw)
            for number in range(self._kills):
                await self._live_and_die(town, workload, number)
            exits = [await self._drain(town, workload), await self._once_more(town)]
            self.tally.seconds = time.monotonic() - began
            return judge(town, exits)

    async def _live_and_die(self, town: Town, workload: Workload, number: int) -> None:
        window = self._next_window()
        self.tally.aimed[window] += 1
        await town.start()
        self._let_tokens_expire(town)
        await self._ask(town, workload, window, number)
        if self._draw.random() < 0.3:
            await race.call_off(town, self._draw)
        await self._die(town, window)
        await town.buried()
        self._count(town, window)

    async def _die(self, town: Town, window: Window) -> None:
        if window is Window.CANCEL_RACE:
            if not await race.run(town, self._draw):
                town.kill()
            return
        trap = traps.lay(window, self._draw, town.tells_done)
        assert trap is not None
        try:
            async with asyncio.timeout(TRAP_S):
                if window is Window.SETTLE_DELIVERY and self._draw.random() < 0.5:
                    await self._kill_when_settled(town)
                else:
                    town.arm(trap)
                    await town.dead.wait()
        except TimeoutError:
            town.kill()

    async def _kill_when_settled(self, town: Town) -> None:
        while (prompt := town.rows.settled_prompt()) is None:  # noqa: ASYNC110 rows tell nobody
            await asyncio.sleep(0.003)
        town.kill(prompt)

    def _next_window(self) -> Window:
        """One of the windows that were hit the least."""
        least = min(self.tally.hit[each] for each in Window)
        return self._draw.choice([each for each in Window if self.tally.hit[each] <= least + 1])

    async def _ask(self, town: Town, workload: Workload, window: Window, number: int) -> None:
        """Send what is due by now; where the window lies later, wait until it is accepted."""
        jobs = len(town.rows.standings())
        due = round(self._jobs * (number + 1) / self._kills)
        fresh = FRESH.get(window, 0)
        wanted = max(self._under_way - town.rows.under_way(), due - jobs, fresh)
        await workload.send(wanted)
        patience = time.monotonic() + ACCEPT_S
        while not fresh and len(town.rows.standings()) < jobs + wanted:
            if time.monotonic() > patience:
                return
            await asyncio.sleep(0.02)

    def _let_tokens_expire(self, town: Town) -> None:
        """Now and then fifteen minutes pass: what is under way must be posted anew.

        Never while an ending is owed: Discord recognises a repeated post for minutes only.
        """
        if self._draw.random() < 0.15 and not town.rows.owed():
            town.discord.clock.advance(901)

    def _count(self, town: Town, aimed: Window) -> None:
        seen = town.look_around()
        stood = {job.prompt: window_of(job, seen) for job in town.rows.standings()}
        self.tally.caught.update(window for window in stood.values() if window)
        hit = stood.get(town.struck) if town.struck else None
        if town.struck is None and aimed in stood.values():
            hit = aimed
        if hit is None:
            self.tally.elsewhere += 1
        else:
            self.tally.hit[hit] += 1

    async def _drain(self, town: Town, workload: Workload) -> int:
        await town.start()
        await workload.send(max(0, self._jobs - len(town.rows.standings())))
        left, changed = self._left(town), time.monotonic()
        while left and time.monotonic() - changed < DRAIN_S:
            await asyncio.sleep(0.1)
            if (now := self._left(town)) != left:
                left, changed = now, time.monotonic()
        return await town.stop()

    def _left(self, town: Town) -> int:
        """How many jobs have no shown ending, or are still to be accepted."""
        jobs = town.rows.standings()
        return max(0, self._jobs - len(jobs)) + sum(_is_open(job) for job in jobs)

    async def _once_more(self, town: Town) -> int:
        await town.start()
        return await town.stop()


def _is_open(job: Standing) -> bool:
    return job.state not in OVER or job.delivery == "owed"
