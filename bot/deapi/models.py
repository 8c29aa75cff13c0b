"""What deAPI answers: lenient on types and unknown fields, exact on money."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MICRO = 1_000_000
LARGEST_DOLLARS = 1_000_000
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})


class Inference(StrEnum):
    """What a model does with its input."""

    TEXT = "txt2video"
    IMAGE = "img2video"
    AUDIO = "audio2video"
    SPEECH = "txt2audio"


class JobStatus(StrEnum):
    """Where a job stands; a word deAPI has not documented counts as `processing`."""

    PENDING = "pending"
    PROCESSING = "processing"
    DONE = "done"
    ERROR = "error"


def micro(value: object, *, rounding: str = ROUND_CEILING) -> int:
    """Dollars in any form as whole micro-dollars, rounded up; raises ValueError."""
    try:
        dollars = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("not an amount") from error
    if isinstance(value, bool) or not dollars.is_finite() or abs(dollars) > LARGEST_DOLLARS:
        raise ValueError("not an amount")
    return int((dollars * MICRO).to_integral_value(rounding))


def _price(value: object) -> int:
    price = micro(value)
    if price < 0:
        raise ValueError("a price below zero")
    return price


def _balance(value: object) -> int:
    return micro(value, rounding=ROUND_FLOOR)


def _flag(value: object) -> bool:
    return str(value).strip().lower() in TRUE_WORDS


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _per_cent(value: object) -> float | None:
    number = _number(value)
    return None if number is None else min(max(number, 0.0), 100.0)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _link(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _mapping(value: object) -> object:
    return value if isinstance(value, dict) else {}


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(word for word in value if isinstance(word, str))


def _usable(value: object) -> object:
    if not isinstance(value, list):
        return value
    return [
        item
        for item in value
        if isinstance(item, dict) and isinstance(item.get("slug"), str) and item["slug"]
    ]


def _listed(value: object) -> object:
    return _usable(value) if isinstance(value, list) else ()


def _status(value: object) -> JobStatus:
    word = str(value).strip().lower()
    known = {status.value: status for status in JobStatus}
    return known.get(word, JobStatus.PROCESSING)


def _charged(value: object) -> int | None:
    amount = value.get("amount") if isinstance(value, dict) else value
    try:
        return None if amount is None else _price(amount)
    except ValueError:
        return None


Status = Annotated[JobStatus, BeforeValidator(_status)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, BeforeValidator(_text)]
Whole = Annotated[int | None, BeforeValidator(_whole)]
PerCent = Annotated[float | None, BeforeValidator(_per_cent)]
Link = Annotated[str | None, BeforeValidator(_link)]
RequestId = Annotated[str, StringConstraints(pattern=r"\A[A-Za-z0-9_-]{1,200}\z")]
"""What may stand in a path: the id of a job."""


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Accepted(_Answer):
    """The answer to a submit."""

    request_id: str = Field(min_length=1, max_length=200)


class Job(_Answer):
    """One look at a job; `progress` is per cent, the price what was really charged."""

    status: Status
    progress: PerCent = None
    result_url: Link = None
    price_micro: Annotated[int | None, BeforeValidator(_charged)] = Field(None, alias="price")
    error_code: Text = ""
    error_message: Text = ""
    error_reason: Text = ""
    retryable: Flag = False
    refunded: Flag = False


class Balance(_Answer):
    """The account's balance, rounded down."""

    micro: Annotated[int, BeforeValidator(_balance)] = Field(alias="balance")


class Price(_Answer):
    """A quoted price, rounded up."""

    micro: Annotated[int, BeforeValidator(_price)] = Field(alias="price")


class Enhanced(_Answer):
    """A prompt that was rewritten; what else comes with it is not used."""

    prompt: str


class Limits(_Answer):
    """What a model takes; None where it names no limit."""

    min_width: Whole = None
    max_width: Whole = None
    min_height: Whole = None
    max_height: Whole = None
    min_frames: Whole = None
    max_frames: Whole = None
    min_fps: Whole = None
    max_fps: Whole = None
    min_steps: Whole = None
    max_steps: Whole = None


class Features(_Answer):
    """What a model can do."""

    supports_last_frame: Flag = False


class Info(_Answer):
    """Limits and features of a model; both may be missing."""

    limits: Annotated[Limits, BeforeValidator(_mapping)] = Limits()
    features: Annotated[Features, BeforeValidator(_mapping)] = Features()


class Voice(_Answer):
    """A voice that a model has ready."""

    slug: str = Field(min_length=1)
    name: Text = ""


class Language(_Answer):
    """A language that a model speaks, and the voices it has for it."""

    slug: str = Field(min_length=1)
    name: Text = ""
    voices: Annotated[tuple[Voice, ...], BeforeValidator(_listed)] = ()


class Model(_Answer):
    """One model of the account."""

    slug: str = Field(min_length=1)
    name: Text = ""
    inference_types: Annotated[tuple[str, ...], BeforeValidator(_words)] = ()
    status: Text = ""
    info: Annotated[Info, BeforeValidator(_mapping)] = Info()
    languages: Annotated[tuple[Language, ...], BeforeValidator(_listed)] = ()

    def takes(self, *, width: int, height: int, frames: int, fps: int, steps: int) -> bool:
        """Whether a clip like this is inside the model's limits; `steps` may be 0 for any."""
        limits = self.info.limits
        asked: tuple[tuple[int, int | None, int | None], ...] = (
            (width, limits.min_width, limits.max_width),
            (height, limits.min_height, limits.max_height),
            (frames, limits.min_frames, limits.max_frames),
            (fps, limits.min_fps, limits.max_fps),
        )
        if steps:
            asked += ((steps, limits.min_steps, limits.max_steps),)
        return all(
            (least is None or value >= least) and (most is None or value <= most)
            for value, least, most in asked
        )


class Page(_Answer):
    """How many pages a list has."""

    last_page: Annotated[int | None, BeforeValidator(_whole)] = None


class ModelList(_Answer):
    """One page of models; items without a slug are left out."""

    data: Annotated[tuple[Model, ...], BeforeValidator(_usable)]
    meta: Annotated[Page, BeforeValidator(_mapping)] = Page()
