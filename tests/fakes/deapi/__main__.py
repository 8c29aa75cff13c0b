"""Run the stand-in by itself: `python -m tests.fakes.deapi --port 8401`."""

import argparse
import asyncio
import signal
import sys

from tests.fakes.deapi.behaviour import Behaviour, Tier
from tests.fakes.deapi.server import StandIn


async def serve(port: int, behaviour: Behaviour) -> None:
    """Print the URL, then serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with StandIn(behaviour, port=port) as stand_in:
        sys.stdout.write(f"{stand_in.url}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description="A deAPI stand-in on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seconds-to-done", type=float, default=None)
    parser.add_argument("--tier", type=Tier, default=Tier.PREMIUM, choices=list(Tier))
    parser.add_argument("--key", default=Behaviour().key)
    given = parser.parse_args()
    behaviour = Behaviour(key=given.key, tier=given.tier, seconds_to_done=given.seconds_to_done)
    asyncio.run(serve(given.port, behaviour))


main()
