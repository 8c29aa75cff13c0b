"""A bot that only defers and edits: what any bot does at the very least, to measure against.

Its arguments: the API's address, the gateway's address, the token.
"""

import sys

import discord
import yarl
from discord import app_commands
from discord.ext import commands


@app_commands.command(name="video", description="Make a video")
async def defer_and_edit(
    interaction: discord.Interaction[commands.Bot], prompt: str, seconds: float
) -> None:
    """What any bot does at the very least: answer at once, and write the answer later."""
    await interaction.response.defer(thinking=True)
    await interaction.edit_original_response(content=f"{prompt} {seconds:g}")


class BareBot(commands.Bot):
    """One command, and nothing besides."""

    def __init__(self) -> None:
        super().__init__("!", intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
        self.tree.add_command(defer_and_edit)

    async def setup_hook(self) -> None:
        """Tell Discord of the command."""
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The stand-in wants no wait."""


def run(api_base: str, gateway_url: str, token: str) -> None:
    """Be the bare bot until the end."""
    discord.http.Route.BASE = api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
    BareBot().run(token, log_handler=None)


if __name__ == "__main__":
    run(*sys.argv[1:])
