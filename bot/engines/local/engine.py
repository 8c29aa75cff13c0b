"""The local engine: one worker process per clip, one file per finished clip, no cost."""

import asyncio
import errno
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.domain.frames import SHORTEST
from bot.engines.base import (
    Done,
    Draft,
    Failed,
    Finding,
    Lost,
    NotStarted,
    Observer,
    Pending,
    Quote,
    Reason,
    Refused,
    Running,
    Spec,
    State,
    Task,
    Unreadable,
    Voice,
)
from bot.engines.local import process
from bot.engines.local.job import Job
from bot.engines.local.shelf import Shelf, new_handle
from bot.media import ffmpeg
from storage.records import Mode

MODEL = "local"
_SMALLEST_PX, _LARGEST_PX = 256, 2048
_MOST_FRAMES = 24 * 60
_FULL = tuple(os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT))
"""How a disk without room shows in what a worker or ffmpeg says."""
_NOT_WRITABLE = "Make the data directory writable for the user that runs Talkie."
_NOT_INSTALLED = "Install the locked dependencies again and leave IMAGEIO_FFMPEG_EXE unset."
log = logging.getLogger(__name__)
_TRIAL = Spec(mode=Mode.TEXT, width=512, height=512, frames=SHORTEST)


@dataclass(slots=True)
class _Clip:
    """A clip of this run of Talkie that is not finished, or failed."""

    state: State = field(default_factory=Pending)
    work: asyncio.Task[None] | None = None


class LocalEngine:
    """Renders on this machine's processor; finished clips stay in `folder` until forgotten.

    Use it as an async context manager, or call `open` and `aclose`. A clip takes one of
    `processes` places; a worker that takes longer than `time_limit_s` is killed.
    """

    def __init__(self, folder: Path, *, processes: int = 1, time_limit_s: float = 180.0) -> None:
        self.name = "local"
        self.restart_is_free = True
        self.speaks = False
        self.rewrites: frozenset[Mode] = frozenset()
        self._shelf = Shelf(folder)
        self._places = asyncio.Semaphore(processes)
        self._time_limit_s = time_limit_s
        self._clips: dict[str, _Clip] = {}
        self._is_open = False

    async def open(self) -> None:
        """Make the folder and remove what an earlier run left unfinished in it."""
        await asyncio.to_thread(self._shelf.prepare)
        await asyncio.to_thread(self._shelf.sweep)
        self._is_open = True

    async def aclose(self) -> None:
        """Kill every worker; clips that were not finished are lost."""
        self._is_open = False
        await asyncio.gather(*(self.cancel(handle) for handle in list(self._clips)))

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def observe(self, observer: Observer) -> None:
        """Nothing is counted here, so the observer never hears anything."""

    async def model_for(self, spec: Spec) -> str:
        """The one there is; raises Refused for a size that cannot be rendered."""
        _check(spec)
        return MODEL

    async def quote(self, spec: Spec) -> Quote:
        """Nothing, whatever the clip; raises Refused for a size that cannot be rendered."""
        _check(spec)
        return Quote(price_micro=0, model=MODEL)

    async def voices(self) -> list[Voice]:
        """None: it has no voice."""
        return []

    async def quote_speech(self, characters: int, voice: Voice) -> Quote:
        """Raises Refused: it has no voice."""
        raise Refused(Reason.REJECTED, f"no voice {voice.slug} for {characters} characters")

    async def quote_rewriting(self, characters: int, mode: Mode, model: str) -> Quote:
        """Raises Refused: it does not read words."""
        raise Refused(Reason.REJECTED, f"{characters} characters for {mode} with {model}")

    async def rewrite(self, draft: Draft) -> str:
        """Raises Refused: it does not read words."""
        raise Refused(Reason.REJECTED, f"no rewriting for {draft.mode}")

    async def balance(self) -> None:
        """None: there is no account."""

    async def start(self, task: Task) -> str:
        """Queue a clip and answer its handle; raises NotStarted or Refused."""
        if not self._is_open:
            raise NotStarted(Reason.DOWN, "the local engine is closed")
        _check(task.spec)
        _check_inputs(task)
        handle = new_handle()
        job = await self._describe(task, handle)
        clip = _Clip()
        clip.work = asyncio.create_task(self._render(clip, job), name=f"local {handle}")
        self._clips[handle] = clip
        return handle

    async def look(self, handle: str) -> State:
        """How a clip is getting on; unknown and malformed handles are Lost."""
        clip = self._clips.get(handle)
        if clip and not isinstance(clip.state, Done):
            return clip.state
        return Done(0) if await asyncio.to_thread(self._shelf.holds, handle) else Lost()

    async def fetch(self, handle: str, target: Path) -> None:
        """Copy the finished clip to `target`, whole or not at all; raises Unreadable."""
        state = await self.look(handle)
        if not isinstance(state, Done):
            raise Unreadable(Reason.RESULT, f"not finished: {type(state).__name__}")
        try:
            await asyncio.to_thread(self._shelf.copy, handle, target)
        except OSError as error:
            raise Unreadable(Reason.RESULT, f"cannot copy the clip: {error}") from error

    async def cancel(self, handle: str) -> bool:
        """Kill the worker of a clip that is not finished; afterwards the handle is Lost."""
        clip = self._clips.get(handle)
        if clip is None or clip.work is None or clip.work.done():
            return False
        clip.work.cancel()
        await asyncio.wait([clip.work])
        if isinstance(clip.state, Done | Failed):
            return False
        self._clips.pop(handle, None)
        return True

    async def forget(self, handle: str) -> None:
        """Stop the clip if it is being rendered and delete all that is kept of it."""
        await self.cancel(handle)
        self._clips.pop(handle, None)
        await asyncio.to_thread(self._shelf.drop, handle)

    async def examine(self) -> list[Finding]:
        """Render a two-second clip, as the doctor's proof that everything is there."""
        clock = asyncio.get_running_loop().time
        began = clock()
        handle = new_handle()
        trial = Task(spec=_TRIAL, model=MODEL, prompt="Talkie", seed=1)
        try:
            await asyncio.to_thread(self._shelf.prepare)
            job = await self._describe(trial, handle)
            await process.run(job, time_limit_s=self._time_limit_s, report=lambda _: None)
            await asyncio.to_thread(self._shelf.drop, handle)
        except OSError as error:
            return [trouble(str(error), _NOT_WRITABLE)]
        except (NotStarted, process.WorkerFailed) as error:
            return [trouble(error.detail, _NOT_INSTALLED)]
        message = f"rendered two seconds of video in {clock() - began:.1f} s"
        return [Finding(subject="local engine", ok=True, message=message)]

    async def _render(self, clip: _Clip, job: Job) -> None:
        """Wait for a place, then see the clip through to Done or Failed."""
        async with self._places:
            clip.state = Running(0.0)
            try:
                await process.run(job, time_limit_s=self._time_limit_s, report=_reporter(clip))
            except process.WorkerFailed as error:
                clip.state = Failed(retryable=error.retryable, detail=error.detail)
            except Exception as error:  # whoever looks must not wait for ever
                log.exception("local clip broke")
                clip.state = Failed(retryable=True, detail=f"{type(error).__name__}: {error}")
            else:
                clip.state = Done(0)
            finally:
                await asyncio.to_thread(self._shelf.sweep, job.target.stem)

    async def _describe(self, task: Task, handle: str) -> Job:
        try:
            binary = await asyncio.to_thread(ffmpeg.locate)
        except ffmpeg.FfmpegMissing as error:
            raise NotStarted(Reason.DOWN, str(error)) from error
        return Job(
            mode=task.spec.mode,
            width=task.spec.width,
            height=task.spec.height,
            frames=task.spec.frames,
            prompt=task.prompt,
            seed=task.seed,
            first_image=_absolute(task.first_image),
            last_image=_absolute(task.last_image),
            sound_wav=_absolute(task.sound_wav),
            ffmpeg=binary,
            target=self._shelf.path(handle),
        )


def trouble(detail: str, remedy: str) -> Finding:
    """What the doctor says when no clip came out: a full disk has a remedy of its own."""
    if any(sign in detail for sign in _FULL):
        remedy = "Make room on the disk of the data directory, and for temporary files."
    return Finding(subject="local engine", ok=False, message=detail, remedy=remedy)


def _reporter(clip: _Clip) -> Callable[[float], None]:
    def report(progress: float) -> None:
        clip.state = Running(progress)

    return report


def _check(spec: Spec) -> None:
    """Refuse sizes that yuv420p or the layout cannot hold."""
    for side in (spec.width, spec.height):
        if side % 2 or not _SMALLEST_PX <= side <= _LARGEST_PX:
            raise Refused(Reason.REJECTED, f"cannot render {spec.width} x {spec.height}")
    if not 2 <= spec.frames <= _MOST_FRAMES:
        raise Refused(Reason.REJECTED, f"cannot render {spec.frames} frames")


def _check_inputs(task: Task) -> None:
    if task.speech is not None:
        raise Refused(Reason.REJECTED, "the local engine has no voice")
    if task.spec.mode is Mode.IMAGE and task.first_image is None:
        raise Refused(Reason.REJECTED, "a picture is needed to animate one")
    if task.spec.mode is Mode.AUDIO and task.sound_wav is None:
        raise Refused(Reason.REJECTED, "a sound is needed to follow one")


def _absolute(path: Path | None) -> Path | None:
    """The worker runs in another directory."""
    return path.absolute() if path else None
