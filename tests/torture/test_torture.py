"""A dozen kills of the real process, and everything as it should be afterwards."""

from pathlib import Path

import pytest

from tests.torture import report
from tests.torture.campaign import Campaign

KILLS = 12
JOBS = 16
SEED = 7


@pytest.mark.timeout(600)
async def test_a_dozen_kills_lose_double_and_overcharge_nothing(tmp_path: Path) -> None:
    campaign = Campaign(kills=KILLS, jobs=JOBS, seed=SEED, under_way=5)
    verdict = await campaign.run(tmp_path)
    assert verdict.holds, "\n".join(report.lines(campaign.tally, verdict))
    assert sum(campaign.tally.aimed.values()) == KILLS
