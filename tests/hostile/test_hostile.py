"""Every file is handed to Talkie as a member would: what it answers, and what that takes."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from PIL import Image

from bot import app
from bot.domain.request import Source, Wish
from bot.errors import UserError
from bot.media.loudness import decibels, integrated_lufs, peak_blocks
from bot.services.submission import Origin, Ticket
from bot.settings import Settings
from cogs.ui import refusals
from storage.records import Mode
from tests.fakes import sounds
from tests.hostile import bad_sounds, good_sounds, memory, pictures
from tests.hostile.case import Case, Trap

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOUNDS = {**good_sounds.CASES, **bad_sounds.CASES}
PICTURES = {**pictures.ACCEPTED, **pictures.REFUSED}
MOST_SECONDS = 60.0
"""What hangs is found; what is slow is for the bench, where the machine does nothing else."""
MOST_KB = 600_000
CLEAN = {"drive.wav", "drive.mp3", "clean.wav"}
NAMES = (
    *("../../etc/passwd", "/etc/passwd", "-i.mp3", "a.mp3; rm -rf .", "$(id).wav", "`id`.ogg"),
    *("file:/etc/passwd", "http://127.0.0.1/x.mp3", "concat:a|b", "\n\r\t.mp3", "", "." * 300),
    *(
        "\u202egpj.exe",
        "con",
        "%s%n%x.wav",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") + ".ogg",
    ),
)


@dataclass(slots=True, kw_only=True)
class Bench:
    """A Talkie with its data directory, and the traps around it."""

    talkie: app.App
    fetcher: "Copies"
    folder: Path
    trap: Trap
    visits: list[str] = field(default_factory=list)
    members: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**6)))

    def left_over(self) -> list[str]:
        """What lies in the data directory besides its database and prepared inputs."""
        scratch = [path.name for path in (self.folder / "scratch").rglob("*")]
        spare = [path.name for path in (self.folder / "temporary").rglob("*")]
        return scratch + spare

    def folders(self) -> set[Path]:
        return set((self.folder / "jobs").iterdir())


class Copies:
    """A fetcher that hands over a file of this machine, as if it had been attached."""

    def __init__(self) -> None:
        self.file = Path()

    async def fetch(
        self,
        url: str,
        target: Path,
        *,
        max_bytes: int,
        timeout_s: float,
        declared_bytes: int | None,
    ) -> int:
        del url, max_bytes, timeout_s, declared_bytes
        return await asyncio.to_thread(target.write_bytes, self.file.read_bytes())


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bench(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    folder = tmp_path_factory.mktemp("talkie")
    visits: list[str] = []

    async def visited(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append(str(writer.get_extra_info("peername")))
        writer.close()

    canary = await asyncio.start_server(visited, "127.0.0.1", 0)
    port = canary.sockets[0].getsockname()[1]
    trap = Trap(url=f"http://127.0.0.1:{port}/trap.ts", secret=folder.parent / "secret.mp3")
    sounds.encode(trap.secret, sounds.speech(1.0), "-c:a", "libmp3lame")
    trap.secret.write_bytes(trap.secret.read_bytes() + trap.word)
    (folder / "temporary").mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(folder / "temporary")
    fetcher = Copies()
    try:
        async with canary, app.opened(Settings().for_demo(folder), fetcher=fetcher) as talkie:
            yield Bench(talkie=talkie, fetcher=fetcher, folder=folder, trap=trap, visits=visits)
    finally:
        tempfile.tempdir = before


async def answered(bench: Bench, wish: Wish) -> Ticket | UserError:
    """Talkie's answer, after all that must hold for any answer was checked."""
    began = time.monotonic()
    answer: Ticket | UserError
    with memory.watched() as peak:
        try:
            answer = await bench.talkie.services.intake.accept(
                wish, Origin(discord_id=next(bench.members), interaction_id=None)
            )
        except UserError as refusal:
            answer = refusal
    assert time.monotonic() - began < MOST_SECONDS
    assert peak.child_kb < MOST_KB
    assert peak.grown_kb < MOST_KB
    assert bench.left_over() == []
    assert bench.visits == []
    if isinstance(answer, UserError):
        check_words(answer, bench)
    return answer


def check_words(refusal: UserError, bench: Bench) -> None:
    """Neither the sentence nor what is logged of it tells of the host or of the trap."""
    sentence = refusals.sentence(refusal.code, refusal.facts)
    words = f"{sentence} {refusal} {refusal.facts}"
    hidden = (str(bench.folder.parent), "/home", "/usr", "/proc", "ffmpeg", "0x", "Traceback")
    for leak in (*hidden, bench.trap.word.decode(), bench.trap.url):
        assert leak not in words


def as_wish(kind: str, name: str) -> Wish:
    source = Source(url="https://cdn.discordapp.com/x", name=name, declared_bytes=1000)
    if kind == "sound":
        return Wish(mode=Mode.AUDIO, sound=source)
    return Wish(mode=Mode.IMAGE, first_image=source)


async def handed_over(
    bench: Bench, kind: str, name: str, case: Case, tmp_path: Path
) -> Path | None:
    """The folder of prepared inputs; None where the case wants a refusal and gets it."""
    bench.fetcher.file = tmp_path / "attachment"
    case.write(bench.fetcher.file, bench.trap)
    before = bench.folders()
    answer = await answered(bench, as_wish(kind, name))
    made = bench.folders() - before
    if case.refusal is not None and not (case.either and isinstance(answer, Ticket)):
        assert isinstance(answer, UserError), answer
        assert answer.code is case.refusal, answer
        assert made == set()
        return None
    assert isinstance(answer, Ticket), answer
    (folder,) = made
    for file in folder.iterdir():
        assert bench.trap.word not in file.read_bytes()
    return folder


@pytest.mark.parametrize("name", SOUNDS)
async def test_a_sound_is_answered_as_it_deserves(name: str, bench: Bench, tmp_path: Path) -> None:
    case = SOUNDS[name]
    folder = await handed_over(bench, "sound", name, case, tmp_path)
    if folder is None:
        return
    assert {file.name for file in folder.iterdir()} == CLEAN
    clean, drive = (sounds.read_wav(folder / file) for file in ("clean.wav", "drive.wav"))
    assert (clean.shape[1], drive.shape[1]) == (case.channels, 1)
    assert len(clean) == len(drive)
    assert len(drive) % 16_000 == 2000
    assert heard_s(clean) == pytest.approx(case.seconds, abs=0.06)
    for track in (clean, drive):
        assert integrated_lufs(track) == pytest.approx(-16, abs=1)
        assert decibels(float(peak_blocks(track).max())) <= -1.4


def heard_s(track: sounds.Sound) -> float:
    """From the first to the last 10 ms that are at most 42 dB under the loudest."""
    loud = np.abs(track).max(axis=1)[: len(track) // 480 * 480].reshape(-1, 480).max(axis=1)
    heard = np.flatnonzero(loud > loud.max() / 126)
    return float(heard[-1] - heard[0] + 1) / 100


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_is_answered_as_it_deserves(
    name: str, bench: Bench, tmp_path: Path
) -> None:
    folder = await handed_over(bench, "picture", name, PICTURES[name], tmp_path)
    if folder is None:
        return
    (file,) = folder.iterdir()
    with Image.open(file) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert picture.size in {(896, 512), (512, 896), (768, 768), (960, 512)}
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert len(picture.getexif()) == 0


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_is_never_believed(name: str, bench: Bench, tmp_path: Path) -> None:
    case = Case(write=lambda path, _: path.write_bytes(pictures.JPEG))
    folder = await handed_over(bench, "picture", name, case, tmp_path)
    assert folder is not None
    assert [file.name for file in folder.iterdir()] == ["first.jpg"]


async def test_there_are_enough_of_them() -> None:
    cases = [*SOUNDS.values(), *PICTURES.values()]
    assert len(cases) >= 80
    assert sum(case.refusal is None for case in cases) >= 30
