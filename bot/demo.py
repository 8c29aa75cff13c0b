"""The keyless demonstration: three real videos through the same services, queue and worker."""

import asyncio
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

from bot import app
from bot.domain.request import Source, Wish
from bot.domain.shapes import Shape
from bot.errors import TalkieError, reasons
from bot.media.reasons import MediaError, Reason
from bot.services import events
from bot.services.container import Services
from bot.services.jobs import Standing
from bot.services.submission import Origin
from bot.settings import Settings
from storage.records import JobId, JobState, Mode

ASSETS = Path(__file__).parent / "assets" / "demo"
TARGET = Path("demo")
VISITOR = 1
"""The one member of the demonstration."""
_REFRESHES = 8


@dataclass(slots=True, kw_only=True)
class Piece:
    """One video of the demonstration, and how far it is."""

    name: str
    about: str
    wish: Wish
    job: JobId | None = None
    state: str = "preparing"
    progress: float = 0.0
    seconds: float = 0.0
    standing: Standing | None = field(default=None)


class AssetFetcher:
    """Takes the inputs from the folder that ships, as if a member had attached them."""

    async def fetch(
        self,
        url: str,
        target: Path,
        *,
        max_bytes: int,
        timeout_s: float,
        declared_bytes: int | None,
    ) -> int:
        """Copy a shipped file; raises MediaError for any other."""
        del timeout_s, declared_bytes
        source = ASSETS / url
        if source.parent != ASSETS or not await asyncio.to_thread(source.is_file):
            raise MediaError(Reason.GONE, "not a shipped file")
        await asyncio.to_thread(shutil.copyfile, source, target)
        size = (await asyncio.to_thread(target.stat)).st_size
        if size > max_bytes:
            raise MediaError(Reason.TOO_BIG, bytes=size, limit_bytes=max_bytes)
        return size


async def main(settings: Settings) -> int:
    """Make the videos and print their receipts; 0 if all of them are there."""
    console = Console()
    console.print("[bold]Talkie[/bold] makes three videos here: no key, no network, no Discord.\n")
    pieces = await asyncio.to_thread(_pieces)
    made = [False]
    try:
        # What cannot be written need not be made.
        await asyncio.to_thread(TARGET.mkdir, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="talkie-demo-") as folder:
            made = await _produce(settings.for_demo(Path(folder)), pieces, console)
    except* (TalkieError, OSError) as group:
        for reason in reasons(group):
            console.print(f"[red]The demonstration failed:[/red] {reason}")
    _report(console, pieces)
    return 0 if all(made) else 1


async def _produce(settings: Settings, pieces: list[Piece], console: Console) -> list[bool]:
    async with app.opened(settings, fetcher=AssetFetcher()) as talkie:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(talkie.work())
            try:
                await _make(talkie.services, pieces, console)
            finally:
                talkie.stop()
        return [await _hand_over(talkie.services, piece) for piece in pieces]


def _pieces() -> list[Piece]:
    def asset(name: str) -> Source:
        return Source(url=name, name=name, declared_bytes=(ASSETS / name).stat().st_size)

    words = (ASSETS / "prompt.txt").read_text(encoding="utf-8").strip()
    return [
        Piece(
            name="1-words",
            about="a prompt",
            wish=Wish(mode=Mode.TEXT, prompt=words, shape=Shape.WIDE, seconds=5, seed=7),
        ),
        Piece(
            name="2-picture",
            about="a picture",
            wish=Wish(
                mode=Mode.IMAGE, first_image=asset("picture.jpg"), shape=Shape.CINEMATIC, seed=7
            ),
        ),
        Piece(
            name="3-voice",
            about="a voice note and a portrait",
            wish=Wish(
                mode=Mode.AUDIO,
                sound=asset("voice.ogg"),
                first_image=asset("portrait.jpg"),
                shape=Shape.TALL,
                seed=7,
            ),
        ),
    ]


async def _make(services: Services, pieces: list[Piece], console: Console) -> None:
    started = time.monotonic()
    with (
        services.bus.listen() as news,
        Live(_table(pieces), console=console, refresh_per_second=_REFRESHES) as live,
    ):
        for piece in pieces:
            origin = Origin(discord_id=VISITOR, interaction_id=None)
            piece.job = (await services.intake.accept(piece.wish, origin)).job
            piece.state = "in line"
            live.update(_table(pieces))
        while any(piece.standing is None for piece in pieces):
            event = await news.get()
            piece = next(each for each in pieces if each.job == event.job)
            _note(piece, event)
            if isinstance(event, events.Ended):
                piece.standing = await services.jobs.standing(event.job)
                piece.state = piece.standing.job.state.value
                piece.seconds = time.monotonic() - started
            live.update(_table(pieces))


def _note(piece: Piece, event: events.Event) -> None:
    if isinstance(event, events.Started):
        piece.state = "being made"
    elif isinstance(event, events.Progressed):
        piece.progress = event.progress or 0.0
    elif isinstance(event, events.Delayed):
        piece.state = "waiting"
    elif isinstance(event, events.Ended):
        piece.progress = 1.0


def _table(pieces: list[Piece]) -> Table:
    table = Table.grid(padding=(0, 2))
    for piece in pieces:
        bar = ProgressBar(total=1.0, completed=piece.progress, width=30)
        table.add_row(f"  {piece.about}", piece.state, bar, f"{piece.progress:.0%}")
    return table


async def _hand_over(services: Services, piece: Piece) -> bool:
    """Copy a finished video to where the visitor looks for it."""
    if piece.job is None:
        return False
    clip, poster = await services.deliveries.collect(piece.job)
    if clip is None or poster is None:
        return False
    await asyncio.to_thread(shutil.copyfile, clip, TARGET / f"{piece.name}.mp4")
    await asyncio.to_thread(shutil.copyfile, poster, TARGET / f"{piece.name}.jpg")
    return True


def _report(console: Console, pieces: list[Piece]) -> None:
    console.print()
    for piece in pieces:
        if piece.standing is None:
            console.print(f"  {piece.name}: not made")
            continue
        job = piece.standing.job
        if job.state is not JobState.DONE:
            console.print(f"  {piece.name}: [red]{job.state}[/red], reason {job.reason}")
            continue
        waited_s = ((job.started_at or job.created_at) - job.created_at) / 1000
        rendered_s = ((job.ended_at or job.created_at) - (job.started_at or 0)) / 1000
        receipt = piece.standing.receipt
        paid = f"held {receipt.held} · charged {receipt.charged}" if receipt.held else "free"
        console.print(
            f"  ./demo/{piece.name}.mp4  {job.frames} frames  "
            f"{job.width}x{job.kept_height}  waited {waited_s:.1f} s, "
            f"rendered {rendered_s:.1f} s  receipt: video #{job.id} · {paid}",
            highlight=False,
            soft_wrap=True,
        )
