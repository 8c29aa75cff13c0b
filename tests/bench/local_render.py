"""What a local clip costs, as a ratio to piping as many finished frames into the same ffmpeg call.

The floor pipes the scene's own frames, finished beforehand: what a renderer that draws for
nothing would take. `still` pipes one of them again and again, which x264 encodes for next to
nothing; it is printed for comparison. Rounds are interleaved, figures are medians.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.engines.local import ambience, encode
from bot.engines.local.canvas import Chunk
from bot.engines.local.job import Job
from bot.engines.local.render import build_scene
from bot.media import ffmpeg
from storage.records import Mode
from tests.integration.local.readback import read_sound, write_driving_track

DEMO = Path(__file__).resolve().parents[2] / "bot" / "assets" / "demo"
SIZE = (768, 768)
FRAMES = 121
ROUNDS = 7
GOALS = {Mode.TEXT: 3.0, Mode.IMAGE: 2.0, Mode.AUDIO: 2.0}
NAMES = {Mode.TEXT: "title", Mode.IMAGE: "camera move", Mode.AUDIO: "audiogram"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Medians:
    still_s: float
    own_s: float
    scene_s: float


def main() -> int:
    """Print the table; 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as folder:
        found = {mode: measure(job) for mode, job in jobs(Path(folder)).items()}
    lines = [
        f"{SIZE[0]} x {SIZE[1]}, {FRAMES} frames, medians of {ROUNDS} interleaved rounds",
        f"{'':14}{'floor s':>9}{'still s':>9}{'scene s':>9}{'x floor':>9}{'goal':>7}{'x still':>9}",
    ]
    missed = 0
    for mode, row in found.items():
        ratio = row.scene_s / row.own_s
        missed += ratio > GOALS[mode]
        lines.append(
            f"{NAMES[mode]:14}{row.own_s:9.2f}{row.still_s:9.2f}{row.scene_s:9.2f}"
            f"{ratio:9.2f}{GOALS[mode]:7.1f}{row.scene_s / row.still_s:9.2f}"
        )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(missed > 0)


def jobs(folder: Path) -> dict[Mode, Job]:
    """One job of each mode, from what ships with Talkie."""
    sound = folder / "voice.wav"
    write_driving_track(sound, read_sound(DEMO / "voice.ogg"), FRAMES)
    text = Job(
        mode=Mode.TEXT,
        width=SIZE[0],
        height=SIZE[1],
        frames=FRAMES,
        prompt=(DEMO / "prompt.txt").read_text(),
        seed=5,
        first_image=None,
        last_image=None,
        sound_wav=None,
        ffmpeg=ffmpeg.locate(),
        target=folder / "clip.mp4",
    )
    return {
        Mode.TEXT: text,
        Mode.IMAGE: replace(text, mode=Mode.IMAGE, first_image=DEMO / "picture.jpg"),
        Mode.AUDIO: replace(
            text, mode=Mode.AUDIO, first_image=DEMO / "portrait.jpg", sound_wav=sound
        ),
    }


def measure(job: Job) -> Medians:
    """The three times of a job: both floors, and the scene with everything it needs."""
    finished = [(b"".join(bytes(chunk) for chunk in frame),) for frame in build_scene(job)]
    still = [finished[len(finished) // 2]] * job.frames
    ways: tuple[Callable[[], Iterable[Sequence[Chunk]]], ...] = (
        lambda: still,
        lambda: finished,
        lambda: build_scene(job),
    )
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, taken in zip(ways, times, strict=True):
            taken.append(clock(job, way))
    still_s, own_s, scene_s = (statistics.median(taken) for taken in times)
    return Medians(still_s=still_s, own_s=own_s, scene_s=scene_s)


def clock(job: Job, way: Callable[[], Iterable[Sequence[Chunk]]]) -> float:
    """Seconds from nothing to the finished file."""
    began = time.perf_counter()
    sound = job.sound_wav
    if sound is None:
        sound = job.pad
        pad = ambience.compose(job.frames / 24, prompt=job.prompt, seed=job.seed)
        ambience.write_wav(sound, pad)
    call = encode.command(str(job.ffmpeg), job.size, job.frames, sound=sound, target=job.partial)
    encode.encode(call, job.frames, way(), lambda _: None)
    return time.perf_counter() - began


if __name__ == "__main__":
    if "OPENBLAS_NUM_THREADS" not in os.environ:
        # As the engine starts its workers: numpy reads it when it is first imported.
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])
    sys.exit(main())
