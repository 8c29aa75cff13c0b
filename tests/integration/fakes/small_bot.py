"""A small discord.py bot with one of everything, to prove the Discord stand-in with."""

import asyncio
import io
import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

Script = Callable[["discord.Interaction[SmallBot]"], Awaitable[object]]


def file_of(content: bytes, name: str = "out.mp4") -> discord.File:
    return discord.File(io.BytesIO(content), name)


class SmallBot(commands.Bot):
    """`script`, if set, replaces what /video does; `heard` are the messages it was told of."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(
            "!",
            intents=intents or discord.Intents(guilds=True),
            guild_ready_timeout=0.1,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.script: Script | None = None
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.failures: asyncio.Queue[Exception] = asyncio.Queue()
        self.is_ready_now = asyncio.Event()
        self.tree.error(self._on_failure)
        self.tree.add_command(_video)
        self.tree.add_command(_jobs)
        self.tree.add_command(app_commands.ContextMenu(name="Make it talk", callback=_talk))
        self.add_dynamic_items(JobButton)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No pauses in tests."""

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_ready(self) -> None:
        self.is_ready_now.set()

    async def on_message(self, message: discord.Message, /) -> None:
        self.heard.put_nowait(message)

    async def _on_failure(
        self, _interaction: discord.Interaction[Any], error: app_commands.AppCommandError
    ) -> None:
        self.failures.put_nowait(getattr(error, "original", error))


class JobButton(ui.DynamicItem[ui.Button[Any]], template=r"v1:job:(?P<job>\d+)"):
    def __init__(self, job: int) -> None:
        super().__init__(ui.Button(label=f"Get video {job}", custom_id=f"v1:job:{job}"))
        self.job = job

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["job"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(f"job {self.job}", ephemeral=True)


class Card(ui.LayoutView):
    """Text, the video and the button in a container."""

    def __init__(self, job: int, name: str = "out.mp4") -> None:
        super().__init__(timeout=None)
        gallery: ui.MediaGallery[Any] = ui.MediaGallery(
            discord.MediaGalleryItem(f"attachment://{name}", description="a fox")
        )
        row: ui.ActionRow[Any] = ui.ActionRow(JobButton(job))
        self.add_item(ui.Container(ui.TextDisplay("**Done**"), gallery, row))


class Form(ui.Modal, title="Portrait"):
    words: ui.Label[Any] = ui.Label(
        text="What to say", component=ui.TextInput(custom_id="words", max_length=40)
    )
    picture: ui.Label[Any] = ui.Label(
        text="Picture",
        component=ui.FileUpload(custom_id="picture", min_values=1, max_values=1, required=True),
    )

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        assert isinstance(self.words.component, ui.TextInput)
        assert isinstance(self.picture.component, ui.FileUpload)
        await interaction.response.defer(thinking=True)
        content = await self.picture.component.values[0].read()
        await interaction.edit_original_response(
            content=f"{self.words.component.value}: {len(content)} bytes"
        )


async def _complete(
    _interaction: discord.Interaction[Any], current: str
) -> list[app_commands.Choice[str]]:
    names = ["anime", "antique", "noir"]
    return [app_commands.Choice(name=n, value=n) for n in names if n.startswith(current)]


@app_commands.command(name="video", description="Make a video")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
@app_commands.autocomplete(preset=_complete)
async def _video(
    interaction: discord.Interaction[SmallBot],
    prompt: app_commands.Range[str, 1, 200],
    image: discord.Attachment | None = None,
    preset: str | None = None,
) -> None:
    if interaction.client.script is not None:
        await interaction.client.script(interaction)
        return
    await interaction.response.defer()
    content = await image.read() if image is not None else prompt.encode()
    view = ui.View(timeout=None).add_item(JobButton(7))
    await interaction.edit_original_response(
        content=f"{prompt} in {preset}", attachments=[file_of(content)], view=view
    )


@app_commands.command(name="jobs", description="Your jobs")
@app_commands.guild_only()
async def _jobs(interaction: discord.Interaction[SmallBot]) -> None:
    await interaction.response.send_message("none", ephemeral=True)


async def _talk(interaction: discord.Interaction[SmallBot], message: discord.Message) -> None:
    files = [*message.attachments]
    for snapshot in message.message_snapshots:
        files += snapshot.attachments
    if not files:
        await interaction.response.send_modal(Form())
        return
    await interaction.response.defer()
    sound = await files[0].read()
    await interaction.edit_original_response(
        content=f"{len(sound)} bytes, voice note: {files[0].is_voice_message()}"
    )
