"""The commands as Discord would be told them: every cog loaded by name, nobody connected."""

from pathlib import Path
from typing import Any

from bot import app
from bot.client import EXTENSIONS, TalkieBot
from bot.settings import Settings


async def commands(folder: Path) -> list[dict[str, Any]]:
    """What a sync would send, in the order of kind and name; works in an empty folder."""
    payload: list[dict[str, Any]] = []
    async with app.opened(Settings().for_demo(folder)) as talkie:
        bot = TalkieBot(talkie.services, talkie.supervise, talkie.stopping)

        async def load_and_stop() -> None:
            async with bot:
                for extension in EXTENSIONS:
                    await bot.load_extension(extension)
                payload.extend(command.to_dict(bot.tree) for command in bot.tree.get_commands())
            talkie.stop()

        await talkie.work(load_and_stop())
    return sorted(payload, key=lambda command: (command["type"], command["name"]))
