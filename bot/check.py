"""The doctor: tries every setting and says, a line each, what is wrong and what helps."""

import asyncio
import base64
import binascii
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot import __version__, app, client
from bot.engines import registry
from bot.engines.base import Finding
from bot.errors import SetupError
from bot.media import ffmpeg
from bot.settings import Settings
from bot.web.server import listen_once
from storage import migrate
from storage.database import Database, StorageError
from storage.files import DirectoryInUse, Files

ASKING_S = 5.0
LEAST_FREE_BYTES = 1 << 30
PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 38
"""View channels, send messages (also in threads), embed links, attach files, read history."""


async def main() -> int:
    """Print every finding; 0 if Talkie could run."""
    console = Console()
    healthy = True
    try:
        settings = Settings()
    except SetupError as error:
        for problem in error.problems:
            _print(console, Finding(subject="setting", ok=False, message=problem))
        return 1
    async for finding in _findings(settings):
        _print(console, finding)
        healthy = healthy and finding.ok
    if (application := application_id(settings)) is not None:
        console.print("\nInvite the bot to your server with this link:")
        console.print(invite(application), soft_wrap=True, highlight=False)
    return 0 if healthy else 1


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield Finding(subject="Talkie", ok=True, message=f"version {__version__}, settings are valid")
    yield await _token(settings)
    yield await _ffmpeg()
    async for finding in _data(settings):
        yield finding


def application_id(settings: Settings) -> int | None:
    """The application a token belongs to: its first part is the id in base64."""
    if settings.discord.token is None:
        return None
    first, dot, rest = settings.discord.token.get_secret_value().partition(".")
    try:
        number = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(number) if dot and "." in rest and number.isdigit() else None


def invite(application: int) -> str:
    """The link that adds the bot to a server with what it needs and nothing more."""
    return (
        f"https://discord.com/oauth2/authorize?client_id={application}"
        f"&scope=bot+applications.commands&permissions={PERMISSIONS}"
    )


async def _token(settings: Settings) -> Finding:
    discord = settings.discord
    if discord.token is None:
        return Finding(
            subject="DISCORD_TOKEN",
            ok=False,
            message="is not set",
            remedy="on the developer portal: your application, Bot, Reset Token; then write "
            "DISCORD_TOKEN=<the token> into a file named .env in this folder",
        )
    if application_id(settings) is None:
        return Finding(
            subject="DISCORD_TOKEN",
            ok=False,
            message="does not look like a bot token (three parts with dots between them)",
            remedy="copy it again: developer portal, your application, Bot, Reset Token",
        )
    client.point_at(discord.api_base, discord.gateway_url)
    try:
        name = await client.identify(discord.token.get_secret_value(), limit_s=ASKING_S)
    except SetupError as error:
        return Finding(subject="DISCORD_TOKEN", ok=False, message=str(error))
    return Finding(subject="DISCORD_TOKEN", ok=True, message=f"Discord knows it: this is {name}")


async def _ffmpeg() -> Finding:
    try:
        binary = await asyncio.to_thread(ffmpeg.locate)
        runner = ffmpeg.Ffmpeg(binary, slots=asyncio.Semaphore(1))
        output = await runner.run(["-version"], stdin=None, limits=ffmpeg.Limits())
    except (ffmpeg.FfmpegMissing, OSError) as error:
        return Finding(
            subject="ffmpeg", ok=False, message=str(error), remedy="run `make clean`, then again"
        )
    version = output.stdout.decode("utf-8", "replace").partition("\n")[0]
    return Finding(subject="ffmpeg", ok=output.ok, message=version.partition(" Copyright")[0])


async def _data(settings: Settings) -> AsyncIterator[Finding]:
    folder = settings.data.folder
    try:
        files = await asyncio.to_thread(Files.open, folder)
    except DirectoryInUse:
        yield Finding(subject="data", ok=True, message=f"{folder} is in use by a running Talkie")
        # Its engines can be tried beside it, and often just this is what somebody wants to know.
        with tempfile.TemporaryDirectory() as beside:
            for finding in await _engine(settings, Path(beside)):
                yield finding
        # Its web server, too, is in use already: by that Talkie.
        return
    except OSError as error:
        yield Finding(
            subject="data",
            ok=False,
            message=f"{folder} cannot be written: {error.strerror}",
            remedy=app.FOLDER_HELP,
        )
        return
    try:
        yield _disk(files, folder)
        yield await _database(settings.data.database or files.database)
        for finding in await _engine(settings, files.local_engine):
            yield finding
        if settings.web.listens_on is not None:
            yield await _web(settings.web.host, settings.web.listens_on)
    finally:
        files.close()


def _disk(files: Files, folder: Path) -> Finding:
    free = files.free_bytes()
    return Finding(
        subject="disk",
        ok=free >= LEAST_FREE_BYTES,
        message=f"{free / 2**30:.1f} GiB free for {folder}",
        remedy="make room: a video takes about 2 MB, work in progress up to 300 MB",
    )


async def _database(path: Path) -> Finding:
    try:
        async with Database(path) as database:
            schema = await migrate.upgrade(database)
    except StorageError as error:
        return Finding(
            subject="database",
            ok=False,
            message=f"{path} cannot be used: {error}",
            remedy=app.DATABASE_HELP,
        )
    return Finding(subject="database", ok=True, message=f"SQLite, schema {schema}")


async def _engine(settings: Settings, folder: Path) -> list[Finding]:
    async with registry.opened(
        folder=folder,
        processes=settings.engine.local_processes,
        account=app.account_of(settings),
        user_agent=app.USER_AGENT,
    ) as engines:
        findings = await engines[settings.engine.name].examine()
    return [Finding(subject="engine", ok=True, message=_chosen(settings)), *findings]


async def _web(host: str, port: int) -> Finding:
    try:
        origin = await listen_once(host=host, port=port)
    except SetupError as error:
        return Finding(subject="web server", ok=False, message=str(error))
    return Finding(subject="web server", ok=True, message=f"can listen on {origin}")


def _chosen(settings: Settings) -> str:
    name = settings.engine.name
    if settings.engine.key is None:
        return f"new videos are rendered by {name}; DEAPI_API_KEY is not set"
    if name == "local":
        return "new videos are rendered by local, as TALKIE_ENGINE says"
    most = settings.credits.daily_spend_usd
    if most is None:
        return f"new videos are rendered by {name}; TALKIE_DAILY_SPEND_USD sets no daily limit"
    return f"new videos are rendered by {name}, for at most ${most} a day"


def _print(console: Console, finding: Finding) -> None:
    mark = Text("ok  ", "green") if finding.ok else Text("FAIL", "bold red")
    line = Text.assemble(mark, f"  {finding.subject}: {finding.message}")
    if not finding.ok and finding.remedy:
        line.append(f"\n      {finding.remedy}")
    console.print(line, soft_wrap=True)
