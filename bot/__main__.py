"""`python -m bot run | demo | check | recipe`: the only reader of the environment."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import __version__, app, check, demo, log, remake
from bot.errors import TalkieError, reasons
from bot.settings import Settings

HOW_TO_BEGIN = """\
Talkie needs a bot token (to see it work without one: make demo). To get yours:
  1. Open https://discord.com/developers/applications and press New Application.
  2. Under Bot press Reset Token and copy the token; no privileged intent is needed.
  3. Write DISCORD_TOKEN=<the token> into a file named .env in this folder.
  4. Open the link of `make check` (`docker compose run --rm talkie check`), then run this again."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 if it did what was asked."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Messages become videos.")
    parser.add_argument("--version", action="version", version=f"Talkie {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="be the bot")
    commands.add_parser("demo", help="make three videos into ./demo/, without key or network")
    commands.add_parser("check", help="try every setting and say what is missing")
    of_clip = commands.add_parser("recipe", help="say how the video in a file was made")
    of_clip.add_argument("clip", type=Path, help="an MP4 file that Talkie made")
    chosen = parser.parse_args(arguments)
    code = 1
    try:
        code = remake.main(chosen.clip) if chosen.command == "recipe" else _run(chosen.command)
    except* TalkieError as group:
        for reason in reasons(group):
            print(f"Talkie stopped: {reason}", file=sys.stderr)
    except* KeyboardInterrupt:
        code = 130
    return code


def _run(command: str) -> int:
    if command == "check":
        log.set_up("ERROR", "text")
        return asyncio.run(check.main())
    settings = Settings()
    log.set_up(settings.log.level if command == "run" else "ERROR", settings.log.style)
    if command == "demo":
        return asyncio.run(demo.main(settings))
    if settings.discord.token is None:
        print(HOW_TO_BEGIN, file=sys.stderr)
        return 2
    asyncio.run(app.run(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
