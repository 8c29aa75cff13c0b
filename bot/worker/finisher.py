"""From an engine's handle to a probed, finished clip on Talkie's own disk."""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import __version__
from bot.domain import frames
from bot.engines.base import EngineError, Reason
from bot.errors import Code
from bot.media import clip, recipe, stills
from bot.media.clip import Track, Wanted
from bot.media.ffmpeg import Ffmpeg
from bot.media.reasons import MediaError, Overdue
from bot.media.recipe import Recipe
from bot.services.pauses import LONGEST_PAUSE_S
from bot.worker import watcher
from bot.worker.patience import Patience
from bot.worker.seats import Seat
from bot.worker.steps import GivenUp, PutOff
from storage.files import Files
from storage.records import Job, Role, Video, VideoId

log = logging.getLogger(__name__)

MOST_FETCHES = 5
MOST_LOADS = 3
"""What arrives whole may still be a page that says sorry, or half a clip: it is fetched again."""
_PATIENT_S = 3600.0
_LEAST_RUNS = 8
"""For how long a file is tried again that this machine was too busy to look at, and how often at
the least: after hours without power all clips come at once, and each is old already."""
_MISSING_S = 900.0
_MISSING_PAUSE_S = 300.0
_MISSING_RUNS = 3
"""The same for a file that the engine says is done and does not hand over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A clip that may be shown: names below the videos folder, pixels, frames and bytes."""

    file: str
    poster: str
    width: int
    height: int
    frames: int
    bytes: int

    def video(self, job: Job, now: int) -> Video:
        """The row of this clip; the database gives it its number."""
        return Video(
            id=VideoId(0),
            job_id=job.id,
            slug=secrets.token_urlsafe(16),
            file=self.file,
            poster=self.poster,
            width=self.width,
            height=self.height,
            frames=self.frames,
            bytes=self.bytes,
            created_at=now,
        )


class Finisher:
    """Fetches, checks, repairs and publishes clips."""

    def __init__(
        self, files: Files, ffmpeg: Ffmpeg, patience: Patience, *, recipes: bool = True
    ) -> None:
        self._files = files
        self._ffmpeg = ffmpeg
        self._patience = patience
        self._recipes = recipes

    async def finish(
        self, job: Job, handle: str, seat: Seat, inputs: Mapping[Role, Path], *, age_s: float
    ) -> Finished:
        """Fetch a rendered clip and make it what was asked for.

        `age_s` is how long ago it was started. Raises GivenUp, PutOff, Interrupted.
        """
        # What an engine of this machine has made is the same each time.
        loads = 1 if seat.engine.restart_is_free else MOST_LOADS
        for load in range(1, loads):
            try:
                return await self._load(job, handle, seat, inputs, age_s)
            except MediaError as error:
                log.warning("clip is no good", extra={"detail": str(error), "load": load})
            await self._patience.wait(job.id, watcher.next_try_s(load, seat.lookout.retry_s))
        try:
            return await self._load(job, handle, seat, inputs, age_s)
        except MediaError as error:
            raise GivenUp(Code.ENGINE_RESULT, str(error)) from error

    async def _load(
        self, job: Job, handle: str, seat: Seat, inputs: Mapping[Role, Path], age_s: float
    ) -> Finished:
        scratch = self._files.new_scratch()
        try:
            raw = scratch / "raw.mp4"
            await self.fetch(job, seat, handle, raw, age_s=age_s)
            return await self._make(job, raw, scratch, inputs)
        except Overdue as error:
            raise when_overdue(error, job, age_s) from error
        finally:
            await asyncio.to_thread(self._files.discard, scratch)

    async def fetch(self, job: Job, seat: Seat, handle: str, raw: Path, *, age_s: float) -> None:
        """Bring what an engine has made to `raw`; raises GivenUp, PutOff, Interrupted."""
        for attempt in range(1, MOST_FETCHES + 1):
            try:
                # A download takes minutes at worst, and a stop does not wait for it.
                await self._patience.unless_stopped(seat.engine.fetch(handle, raw))
            except EngineError as error:
                log.warning("fetch failed", extra={"detail": str(error), "attempt": attempt})
                if attempt == MOST_FETCHES:
                    raise _later_or_never(error, job, age_s) from error
            else:
                return
            await self._patience.wait(job.id, watcher.next_try_s(attempt, seat.lookout.retry_s))

    async def _make(
        self, job: Job, raw: Path, scratch: Path, inputs: Mapping[Role, Path]
    ) -> Finished:
        made = await clip.finish(
            raw,
            scratch / "clip.mp4",
            ffmpeg=self._ffmpeg,
            wanted=Wanted(
                width=job.width,
                height=job.height,
                frames=job.frames,
                fps=frames.FPS,
                crop_height=job.kept_height,
            ),
            sound=_sound(inputs),
            tags=self._tags(job),
        )
        await stills.poster(scratch / "clip.mp4", scratch / "poster.jpg", self._ffmpeg)
        size = (await asyncio.to_thread((scratch / "clip.mp4").stat)).st_size
        return Finished(
            file=await asyncio.to_thread(self._files.publish, scratch / "clip.mp4", ".mp4"),
            poster=await asyncio.to_thread(self._files.publish, scratch / "poster.jpg", ".jpg"),
            width=made.width,
            height=made.height,
            frames=made.frames,
            bytes=size,
        )

    def _tags(self, job: Job) -> dict[str, str]:
        tool = f"Talkie {__version__}"
        tags = {
            "title": f"Talkie video {job.id}",
            "artist": tool,
            "comment": f"AI-generated with {tool}",
        }
        if self._recipes:
            tags["description"] = recipe.write(
                Recipe(
                    mode=job.mode.value,
                    prompt=job.prompt,
                    seed=job.seed,
                    frames=job.frames,
                    shape=job.shape,
                    size=job.size,
                    model=job.model,
                )
            )
        return tags


def _sound(inputs: Mapping[Role, Path]) -> Track | None:
    drive_wav, clean_wav = inputs.get(Role.DRIVE_WAV), inputs.get(Role.CLEAN_WAV)
    if drive_wav is None or clean_wav is None:
        return None
    return Track(drive_wav=drive_wav, clean_wav=clean_wav)


def when_overdue(error: Overdue, job: Job, age_s: float) -> Exception:
    """What becomes of a paid file that this machine was too busy to look at: it is kept a while."""
    if age_s > _PATIENT_S and job.attempts >= _LEAST_RUNS:
        return GivenUp(Code.ENGINE_RESULT, str(error))
    return PutOff(Code.UNEXPECTED, str(error), after_s=LONGEST_PAUSE_S)


def _later_or_never(error: EngineError, job: Job, age_s: float) -> Exception:
    """A paid clip that cannot be fetched is asked for again as long as it may be kept."""
    if error.reason is Reason.RESULT or age_s > watcher.FORGET_AFTER_S:
        return GivenUp(Code.ENGINE_RESULT, str(error))
    if error.reason is Reason.MISSING:
        if age_s > _MISSING_S and job.attempts >= _MISSING_RUNS:
            return GivenUp(Code.ENGINE_RESULT, str(error))
        return PutOff(Code.ENGINE_RESULT, str(error), after_s=_MISSING_PAUSE_S)
    after_s = max(120.0, error.retry_after_s or 0.0)
    return PutOff(Code.ENGINE_DOWN, str(error), after_s=after_s, counts=False)
