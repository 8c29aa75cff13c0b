"""What a worker process is told: one clip as one line of JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from storage.records import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A clip to render, the files it is made from, and the file it becomes."""

    mode: Mode
    width: int
    height: int
    frames: int
    prompt: str
    seed: int
    first_image: Path | None
    last_image: Path | None
    sound_wav: Path | None
    ffmpeg: Path
    target: Path

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height

    @property
    def partial(self) -> Path:
        """Where the clip grows until it is whole."""
        return self.target.with_suffix(".part.mp4")

    @property
    def pad(self) -> Path:
        """Where the sound of a clip without one is kept meanwhile."""
        return self.target.with_suffix(".part.wav")

    def to_line(self) -> bytes:
        """This job as a line of JSON."""
        return json.dumps(asdict(self), default=str).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "Job":
        """The job of a line that `to_line` made."""
        told = json.loads(line)
        paths = ("first_image", "last_image", "sound_wav", "ffmpeg", "target")
        found = {name: Path(told[name]) if told[name] else None for name in paths}
        return cls(**{**told, **found, "mode": Mode(told["mode"])})
