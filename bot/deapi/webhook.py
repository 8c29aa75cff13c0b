"""Webhooks of deAPI: whether a delivery is genuine and fresh, and what it says."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.deapi.models import Flag, Link, RequestId, Text, Whole

LARGEST_BODY = 64 * 1024
FRESH_S = 300
SHORTEST_SECRET = 32
SIGNATURE = "x-deapi-signature"
TIMESTAMP = "x-deapi-timestamp"
SIGNATURE_SHAPE = re.compile(r"sha256=[0-9a-f]{64}")
TIMESTAMP_SHAPE = re.compile(r"[0-9]{1,12}")


class Event(StrEnum):
    """What happened to a job."""

    PROCESSING = "job.processing"
    COMPLETED = "job.completed"
    FAILED = "job.failed"


class Why(StrEnum):
    """Why a delivery is not believed, or says nothing we know."""

    TOO_LARGE = "too_large"
    UNSIGNED = "unsigned"
    BAD_HEADERS = "bad_headers"
    FORGED = "forged"
    MALFORMED = "malformed"
    """Genuine, but it does not have the documented form."""
    UNKNOWN_EVENT = "unknown_event"
    """Genuine, but about something this client does not know."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Processing(_Shape):
    """The `data` of a job that is being rendered now."""

    job_request_id: RequestId
    job_type: Text = ""
    started_at: Text = ""


class Completed(_Shape):
    """The `data` of a job that is done; its link is short-lived and says nothing of the price."""

    job_request_id: RequestId
    job_type: Text = ""
    completed_at: Text = ""
    result_url: Annotated[Link, Field(repr=False)] = None
    processing_time_ms: Whole = None


class Failed(_Shape):
    """The `data` of a job that ended without a result."""

    job_request_id: RequestId
    job_type: Text = ""
    failed_at: Text = ""
    error_code: Text = ""
    error_message: Text = ""
    error_reason: Text = ""
    retryable: Flag = False
    refunded: Flag = False


class _Delivery(_Shape):
    delivery_id: RequestId


class _ProcessingDelivery(_Delivery):
    event: Literal[Event.PROCESSING]
    data: Processing


class _CompletedDelivery(_Delivery):
    event: Literal[Event.COMPLETED]
    data: Completed


class _FailedDelivery(_Delivery):
    event: Literal[Event.FAILED]
    data: Failed


_AnyDelivery = Annotated[
    _ProcessingDelivery | _CompletedDelivery | _FailedDelivery, Field(discriminator="event")
]
_READER: TypeAdapter[_ProcessingDelivery | _CompletedDelivery | _FailedDelivery] = TypeAdapter(
    _AnyDelivery
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A genuine delivery; a stale one may be a replay, so it is only a reason to look."""

    event: Event
    delivery_id: str
    request_id: str
    stale: bool
    age_s: float
    """How long ago it was signed; below zero where deAPI's clock is ahead."""
    data: Processing | Completed | Failed


@dataclass(frozen=True, slots=True)
class Refusal:
    """A delivery that changes nothing."""

    why: Why


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature that a body has under a secret at a time (Unix seconds, as text)."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def verify(
    headers: Mapping[str, str], body: bytes, *, secret: str, now_s: float
) -> Verified | Refusal:
    """What a delivery says, if it was signed with this secret; no input raises.

    The body is the raw one: deAPI signs its own spelling of the JSON. Raises ValueError only for
    a secret that is too short to be one of ours.
    """
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"A webhook secret has {SHORTEST_SECRET} characters at least.")
    if len(body) > LARGEST_BODY:
        return Refusal(Why.TOO_LARGE)
    signatures, timestamps = _values(headers, SIGNATURE), _values(headers, TIMESTAMP)
    if not any(signatures):
        return Refusal(Why.UNSIGNED)
    if not (_is_one(signatures, SIGNATURE_SHAPE) and _is_one(timestamps, TIMESTAMP_SHAPE)):
        return Refusal(Why.BAD_HEADERS)
    if not hmac.compare_digest(sign(secret, timestamps[0], body), signatures[0]):
        return Refusal(Why.FORGED)
    return _read(body, age_s=now_s - int(timestamps[0]))


def _values(headers: Mapping[str, str], name: str) -> list[str]:
    return [value for given, value in headers.items() if given.lower() == name]


def _is_one(values: list[str], shape: re.Pattern[str]) -> bool:
    return len(values) == 1 and bool(shape.fullmatch(values[0]))


def _read(body: bytes, *, age_s: float) -> Verified | Refusal:
    try:
        delivery = _READER.validate_json(body)
    except ValidationError as error:
        unknown = error.errors(include_input=False)[0]["type"] == "union_tag_invalid"
        return Refusal(Why.UNKNOWN_EVENT if unknown else Why.MALFORMED)
    return Verified(
        event=Event(delivery.event),
        delivery_id=delivery.delivery_id,
        request_id=delivery.data.job_request_id,
        stale=abs(age_s) > FRESH_S,
        age_s=age_s,
        data=delivery.data,
    )
