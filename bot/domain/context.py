"""The video a prompt is meant for, as far as it is known when the prompt is judged or built."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain import frames
from bot.domain.shapes import Shape
from storage.records import Mode


class SoundKind(StrEnum):
    """What a sound mostly is, as far as anybody said."""

    UNKNOWN = "unknown"
    SPEECH = "speech"
    MUSIC = "music"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What is known of a sound; None is unknown.

    `noise_floor_db` is how far the quiet moments lie below the loud ones (negative), as
    measured at intake.
    """

    seconds: float | None = None
    clipped: bool = False
    noise_floor_db: float | None = None
    kind: SoundKind = SoundKind.UNKNOWN
    speakers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The video a prompt is meant for; None means that it is not known yet."""

    mode: Mode = Mode.TEXT
    shape: Shape | None = None
    frames: int | None = None
    has_picture: bool = False
    sound: Sound = field(default_factory=Sound)

    @property
    def seconds(self) -> float | None:
        """How long the clip will last."""
        return None if self.frames is None else frames.seconds(self.frames)

    @property
    def shows_picture(self) -> bool:
        """Whether a picture already says who is seen and where."""
        return self.has_picture or self.mode is Mode.IMAGE
