"""`python -m tests.fakes.discord --port N`: the stand-in as a process of its own.

One JSON line says where it listens and which token it takes; SIGINT or SIGTERM ends it.
"""

import argparse
import asyncio
import json
import signal
import sys

from tests.fakes.discord.control import Control
from tests.fakes.discord.server import Discord


async def run(port: int) -> None:
    """Serve a small world (guild Home, channel general, member mira) until told to stop."""
    discord = Discord()
    member = discord.world.add_user("mira")
    guild = discord.world.add_guild("Home", members=[member])
    discord.world.add_channel(guild, "general")
    await discord.start(port, *Control(discord).routes())
    where = {
        "api_base": discord.api_base,
        "gateway_url": discord.gateway_url,
        "cdn": discord.root,
        "control": f"{discord.root}/_control/",
        "token": discord.token,
    }
    sys.stdout.write(json.dumps(where) + "\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    await discord.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    asyncio.run(run(parser.parse_args().port))
