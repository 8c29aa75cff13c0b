"""From a rendered file to a finished clip, or to the reason why the member does not pay."""

import asyncio
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

import pytest

from bot.engines.base import Engine, Reason, Unreadable
from bot.errors import Code
from bot.media import audio, recipe
from bot.media.ffmpeg import Ffmpeg, Limits, Output, locate
from bot.services.nudges import Nudges
from bot.services.pulse import Pulse
from bot.worker import seats
from bot.worker.finisher import MOST_FETCHES, Finished, Finisher
from bot.worker.patience import Patience
from bot.worker.steps import GivenUp, PutOff
from storage.files import Files
from storage.records import Job, JobId, Role
from tests.builders import a_job
from tests.fakes import avcheck, sounds
from tests.fakes.clock import Clock

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")


class Shelf:
    """An engine of which only the last step is asked: fetching what it rendered."""

    restart_is_free = True

    def __init__(self, clip: Path) -> None:
        self.clip = clip

    async def fetch(self, handle: str, target: Path) -> None:
        del handle
        await asyncio.to_thread(shutil.copyfile, self.clip, target)


class Bare(Shelf):
    """An engine that has nothing where it says that its clip is."""

    restart_is_free = False

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        self.asked = 0

    def observe(self, listener: object) -> None:
        """It tells of no limits."""

    async def fetch(self, handle: str, target: Path) -> None:
        del handle, target
        self.asked += 1
        raise Unreadable(self.reason, "not there")


class Hasty(Nudges):
    """News without end: nobody waits."""

    @contextmanager
    def expect(self, job: JobId) -> Iterator[asyncio.Event]:
        with super().expect(job) as event:
            event.set()
            yield event


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Files]:
    files = Files.open(tmp_path / "data")
    yield files
    assert list(files.scratch.iterdir()) == []
    files.close()


@pytest.fixture
def job() -> Job:
    return a_job(7, width=192, height=128, kept_height=128, frames=49)


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    return sounds.film(tmp_path / "rendered.mp4", sounds.speech(49 / 24), *H264)


class Hurried(Ffmpeg):
    """On a machine so busy that the time of every process is over at once."""

    async def run(
        self, arguments: Sequence[str | Path], *, stdin: IO[bytes] | None, limits: Limits
    ) -> Output:
        return await super().run(arguments, stdin=stdin, limits=replace(limits, wall_s=0.0))


async def finish(
    files: Files,
    job: Job,
    clip: Path,
    inputs: Mapping[Role, Path],
    *,
    recipes: bool = True,
    ffmpeg: Ffmpeg | None = None,
    age_s: float = 1,
) -> Finished:
    ffmpeg = ffmpeg or Ffmpeg(locate(), slots=asyncio.Semaphore(2))
    patience = Patience(asyncio.Event(), Nudges())
    finisher = Finisher(files, ffmpeg, patience, recipes=recipes)
    seat = seats.seat(cast(Engine, Shelf(clip)), Clock(), Pulse(), fixed_s=None)
    return await finisher.finish(job, "handle", seat, inputs, age_s=age_s)


async def test_a_finished_clip_tells_how_it_was_made_and_nothing_of_its_member(
    files: Files, job: Job, rendered: Path
) -> None:
    finished = await finish(files, job, rendered, {})
    clip = files.videos / finished.file
    told = recipe.read(clip)
    assert told is not None
    assert (told.mode, told.prompt, told.seed) == (job.mode, job.prompt, job.seed)
    assert (told.frames, told.shape, told.size) == (job.frames, job.shape, job.size)
    content = clip.read_bytes()
    for word in (b"Talkie video 7", b"AI-generated", b"Talkie "):
        assert word in content
    assert job.folder.encode() not in content
    assert (files.videos / finished.poster).exists()


async def test_the_recipe_can_be_left_out(files: Files, job: Job, rendered: Path) -> None:
    finished = await finish(files, job, rendered, {}, recipes=False)
    content = (files.videos / finished.file).read_bytes()
    assert recipe.read(files.videos / finished.file) is None
    assert job.prompt.encode() not in content
    assert b"AI-generated" in content


async def test_a_clip_that_speaks_late_is_heard_late(
    files: Files, job: Job, tmp_path: Path
) -> None:
    ffmpeg = Ffmpeg(locate(), slots=asyncio.Semaphore(2))
    voice = sounds.write_float_wav(tmp_path / "voice.wav", sounds.speech(1.4))
    sound = await audio.prepare(voice, tmp_path, ffmpeg=ffmpeg, lengths=[49], fps=24)
    own = sounds.read_wav(sound.drive_wav)[:, 0]
    late = sounds.film(tmp_path / "late.mp4", own, *H264, "-af", "adelay=200:all=1")
    inputs = {Role.DRIVE_WAV: sound.drive_wav, Role.CLEAN_WAV: sound.clean_wav}
    finished = await finish(files, job, late, inputs)
    found = avcheck.check(files.videos / finished.file, sound.clean_wav)
    assert found.offset_ms == pytest.approx(200, abs=0.5)


async def test_what_is_no_good_is_given_up_and_nothing_is_published(
    files: Files, job: Job, rendered: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.mp4"
    page.write_bytes(b"<html>Not here.</html>")
    short = sounds.film(tmp_path / "short.mp4", None, *H264, frames=48)
    for clip in (page, short):
        with pytest.raises(GivenUp) as outcome:
            await finish(files, job, clip, {})
        assert outcome.value.reason is Code.ENGINE_RESULT
        assert str(tmp_path) not in outcome.value.detail
    assert list(files.videos.iterdir()) == []


async def test_a_paid_clip_is_not_thrown_away_because_this_machine_is_busy(
    files: Files, job: Job, rendered: Path
) -> None:
    hurried = Hurried(locate(), slots=asyncio.Semaphore(2))
    with pytest.raises(PutOff) as pause:
        await finish(files, job, rendered, {}, ffmpeg=hurried)
    assert pause.value.after_s > 0
    tried = replace(job, attempts=20)
    with pytest.raises(GivenUp) as outcome:
        await finish(files, tried, rendered, {}, ffmpeg=hurried, age_s=7200)
    assert outcome.value.reason is Code.ENGINE_RESULT


async def test_a_paid_clip_that_waited_while_talkie_was_down_is_tried_more_than_once(
    files: Files, job: Job, rendered: Path
) -> None:
    hurried = Hurried(locate(), slots=asyncio.Semaphore(2))
    with pytest.raises(PutOff):
        await finish(files, replace(job, attempts=2), rendered, {}, ffmpeg=hurried, age_s=30_000)


@pytest.mark.parametrize(
    ("reason", "runs", "age_s", "outcome"),
    [
        (Reason.RESULT, 1, 60, GivenUp),
        (Reason.MISSING, 1, 60, PutOff),
        (Reason.MISSING, 2, 5_000, PutOff),
        (Reason.MISSING, 3, 1_000, GivenUp),
        (Reason.DOWN, 9, 5_000, PutOff),
        (Reason.DOWN, 9, 90_000, GivenUp),
    ],
)
async def test_a_paid_clip_that_is_not_handed_over_is_asked_for_as_long_as_it_may_come(
    files: Files, job: Job, reason: Reason, runs: int, age_s: float, outcome: type[Exception]
) -> None:
    engine = Bare(reason)
    patience = Patience(asyncio.Event(), Hasty())
    finisher = Finisher(files, Ffmpeg(locate(), slots=asyncio.Semaphore(2)), patience)
    seat = seats.seat(cast(Engine, engine), Clock(), Pulse(), fixed_s=None)
    with pytest.raises(outcome) as told:
        await finisher.finish(replace(job, attempts=runs), "handle", seat, {}, age_s=age_s)
    assert engine.asked == MOST_FETCHES
    if isinstance(told.value, PutOff):
        # After an outage of hours a clip that is missing still gets all its runs.
        assert told.value.counts is (reason is Reason.MISSING)
