"""Kill the bot again and again: `python -m tests.torture --kills 200 --seed 1`."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.torture import report
from tests.torture.campaign import Campaign
from tests.torture.windows import Window

KILLS_FOR_ALL = 200
LEAST_A_WINDOW = 10


def main() -> None:
    """Read the arguments, run the campaign, print its table; exit 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description="SIGKILL at seeded moments, and the books after")
    parser.add_argument("--kills", type=int, default=KILLS_FOR_ALL)
    parser.add_argument("--jobs", type=int, default=None, help="at least (2.5 a kill)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None, help="a folder that is not removed")
    given = parser.parse_args()
    jobs = given.jobs if given.jobs is not None else round(given.kills * 2.5)
    campaign = Campaign(kills=given.kills, jobs=jobs, seed=given.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        verdict = asyncio.run(campaign.run(folder))
    sys.stdout.write(f"seed {given.seed}\n" + "\n".join(report.lines(campaign.tally, verdict)))
    sys.stdout.write("\n")
    thin = [each for each in Window if campaign.tally.hit[each] < LEAST_A_WINDOW]
    if given.kills >= KILLS_FOR_ALL and thin:
        sys.stdout.write(f"too few kills: {', '.join(thin)}\n")
        sys.exit(1)
    sys.exit(0 if verdict.holds else 1)


if __name__ == "__main__":
    main()
