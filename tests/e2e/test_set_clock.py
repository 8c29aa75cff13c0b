"""Somebody sets the machine's clock while a video is made: it is neither late nor given up."""

import pytest

from tests.e2e.conftest import LONG_S, WORDS, Town

TWO_HOURS_S = 7_200.0


@pytest.mark.parametrize("set_by_s", [-TWO_HOURS_S, TWO_HOURS_S])
async def test_a_clock_that_is_set_makes_no_video_late(town: Town, set_by_s: float) -> None:
    town.deapi.behaviour.looks_until_done = None
    await town.start()
    await town.slash("video", prompt=WORDS, seconds=2)
    # Its age is read when the looking begins.
    await town.deapi_looks(1)
    town.clock.set_by(set_by_s)
    before = len(town.deapi.asked("jobs/"))
    await town.deapi_looks(before + 3)
    # No report, no nudge: only a look can find it.
    town.deapi.jobs.finish(next(iter(town.deapi.jobs.by_id.values())))
    await town.discord.observer.message(
        town.channel, lambda view: bool(view.files), timeout_s=LONG_S
    )
    assert await town.broken_invariants() == []
