"""The worker process: reads one job from standard input, renders it, tells its progress.

`python -m bot.engines.local.render`. Standard input stays open as long as Talkie wants the clip:
when it closes, because Talkie died, the worker ends its whole process group.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence

from bot.domain import frames as clip_frames
from bot.engines.local import ambience
from bot.engines.local.audiogram import Audiogram
from bot.engines.local.camera import Camera, PictureUnreadable
from bot.engines.local.canvas import Chunk
from bot.engines.local.encode import EncodeFailed, Report, command, encode
from bot.engines.local.envelope import SoundUnreadable
from bot.engines.local.job import Job
from bot.engines.local.shelf import sync_folder
from bot.engines.local.title import Title
from storage.records import Mode

EXIT_FAILED = 1
EXIT_UNREADABLE = 3
"""An input cannot be read: the same job would fail again."""
_NICENESS = 5


def render(job: Job, report: Report) -> None:
    """Render a clip to its target, which appears whole or not at all.

    Raises PictureUnreadable, SoundUnreadable, EncodeFailed or OSError.
    """
    try:
        pictures = build_scene(job)
        sound = job.sound_wav if job.mode is Mode.AUDIO else None
        if sound is None:
            seconds = clip_frames.seconds(job.frames)
            pad = ambience.compose(seconds, prompt=job.prompt, seed=job.seed)
            ambience.write_wav(job.pad, pad)
            sound = job.pad
        call = command(str(job.ffmpeg), job.size, job.frames, sound=sound, target=job.partial)
        encode(call, job.frames, pictures, report)
        _keep(job)
    finally:
        job.pad.unlink(missing_ok=True)
        job.partial.unlink(missing_ok=True)


def build_scene(job: Job) -> Iterable[Sequence[Chunk]]:
    """The frames of a job, drawn as they are asked for."""
    if job.mode is Mode.TEXT:
        return Title(job.size, job.frames, prompt=job.prompt, seed=job.seed)
    if job.mode is Mode.IMAGE:
        pictures = [path for path in (job.first_image, job.last_image) if path]
        if not pictures:
            raise PictureUnreadable("no picture was given")
        return Camera(job.size, job.frames, pictures, prompt=job.prompt, seed=job.seed)
    if job.sound_wav is None:
        raise SoundUnreadable("no sound was given")
    return Audiogram(
        job.size,
        job.frames,
        sound=job.sound_wav,
        portrait=job.first_image,
        prompt=job.prompt,
        seed=job.seed,
    )


def _keep(job: Job) -> None:
    """Give the finished clip its name once its bytes are on the disk."""
    with job.partial.open("rb+") as file:
        os.fsync(file.fileno())
    job.partial.rename(job.target)
    sync_folder(job.target.parent)


def _tell(progress: float) -> None:
    sys.stdout.write(f"{progress:.3f}\n")
    sys.stdout.flush()


def _end_with_talkie() -> None:
    """Wait until the other end of standard input is gone, then end this process group."""
    while os.read(0, 1):
        pass
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(EXIT_FAILED)


def main() -> int:
    """Render the job on standard input; the exit code says how it went."""
    os.nice(_NICENESS)
    job = Job.from_line(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_talkie, daemon=True).start()
    try:
        render(job, _tell)
    except (PictureUnreadable, SoundUnreadable) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return EXIT_UNREADABLE
    except (EncodeFailed, OSError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return EXIT_FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
