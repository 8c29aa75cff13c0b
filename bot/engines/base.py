"""The Engine protocol: what the worker may ask of anything that renders a video."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from storage.records import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What decides a price: one clip of `width` x `height` pixels and `frames` frames at 24 fps."""

    mode: Mode
    width: int
    height: int
    frames: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Where an engine may report how a clip is getting on, and the secret it signs with."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice that an engine can speak with: one of a model's, for one of its languages."""

    slug: str
    name: str
    language: str
    """The slug of its language."""
    spoken: str
    """The language as people call it."""
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A line to be spoken."""

    text: str
    voice: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One clip to render, with its prepared inputs on disk; or one line to speak, as an MP3."""

    spec: Spec
    model: str
    prompt: str
    seed: int
    price_micro: int = 0
    """What it was quoted at: an account that holds less is not asked."""
    first_image: Path | None = None
    last_image: Path | None = None
    sound_wav: Path | None = None
    """The driving track: mono, 48 kHz, 16 bit, exactly frames/24 seconds."""
    sound_mp3: Path | None = None
    """The same track as MP3, for providers that take nothing else."""
    speech: Speech | None = None
    """Speak this instead of rendering anything."""
    report: Report | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words to be rewritten for a kind of video, and the picture it starts with, if any."""

    mode: Mode
    model: str
    words: str
    first_image: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a clip would cost, in micro-dollars, and the model that would render it."""

    price_micro: int
    model: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Accepted; not being rendered yet."""


@dataclass(frozen=True, slots=True)
class Running:
    """Being rendered; progress is 0..1, or None where the engine cannot tell."""

    progress: float | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Rendered and ready to fetch; the price is what was really charged, if it is known."""

    price_micro: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The engine gave up; `detail` is for the log, never for a member."""

    retryable: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The engine does not know this handle (any more)."""


State = Pending | Running | Done | Failed | Lost


class Reason(StrEnum):
    """Why an engine could not do what it was asked; each has a sentence for members."""

    BUSY = "busy"
    DOWN = "down"
    KEY = "key"
    SUSPENDED = "suspended"
    BROKE = "broke"
    REJECTED = "rejected"
    NO_MODEL = "no_model"
    RESULT = "result"
    MISSING = "missing"
    """What is done is not where it was said to be; it may still come."""


class EngineError(Exception):
    """An engine's refusal: the reason, what to log, and when another try makes sense."""

    def __init__(self, reason: Reason, detail: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.retry_after_s = retry_after_s


class NotStarted(EngineError):
    """Nothing was started and nothing will be charged; starting again later is safe."""


class Refused(EngineError):
    """Nothing was started, and the same request would be refused again."""


class Unsure(EngineError):
    """The request may have arrived: it may be rendering, and must not be sent again."""


class Unreadable(EngineError):
    """Looking or fetching failed for now; the handle is still good."""


class Ask(StrEnum):
    """What an engine may count: looks at clips, and clips that are started."""

    LOOK = "look"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What one answer said about how often may be asked, by minute and UTC day.

    None stands where it said nothing.
    """

    a_minute: int | None
    left_minute: int | None
    a_day: int | None
    left_day: int | None


Observer = Callable[[Ask, Allowance], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor: whether something is in order and, if not, what helps."""

    subject: str
    ok: bool
    message: str
    remedy: str = ""


class Engine(Protocol):
    """Renders clips. A handle is a string that survives a restart of Talkie."""

    name: str
    """The word that is stored with each call: `deapi`, `local`."""
    restart_is_free: bool
    """Whether a call that was lost may simply be started again at no cost."""
    speaks: bool
    """Whether it can have any voices at all."""
    rewrites: frozenset[Mode]
    """The kinds of video whose words it may be able to rewrite."""

    def observe(self, observer: Observer) -> None:
        """Tell this one, from now on, whenever an answer says how often may be asked."""

    async def model_for(self, spec: Spec) -> str:
        """The model that would render a clip, without asking for its price; raises EngineError."""

    async def quote(self, spec: Spec) -> Quote:
        """Price and model for a clip, asked anew each time; raises EngineError."""

    async def voices(self) -> list[Voice]:
        """The voices there are, the best first; raises EngineError."""

    async def quote_speech(self, characters: int, voice: Voice) -> Quote:
        """The price of a spoken line of so many characters; raises EngineError."""

    async def quote_rewriting(self, characters: int, mode: Mode, model: str) -> Quote:
        """The price of rewriting so many characters; raises Refused where it is not offered."""

    async def rewrite(self, draft: Draft) -> str:
        """Better words, in one request that is paid for; raises NotStarted, Refused or Unsure.

        They come from outside, unchecked.
        """

    async def balance(self) -> int | None:
        """What the account holds, in micro-dollars; None where nothing is paid. EngineError."""

    async def start(self, task: Task) -> str:
        """Start the work and answer the handle; raises NotStarted, Refused or Unsure."""

    async def look(self, handle: str) -> State:
        """How a clip is getting on, in at most one request; raises Unreadable."""

    async def fetch(self, handle: str, target: Path) -> None:
        """Write the finished clip, or the MP3, to `target`; raises Unreadable."""

    async def cancel(self, handle: str) -> bool:
        """Stop a clip if the engine can; whether it was stopped."""

    async def forget(self, handle: str) -> None:
        """The clip is safe elsewhere: whatever the engine kept of it may go."""

    async def examine(self) -> list[Finding]:
        """What the doctor should say about this engine."""
