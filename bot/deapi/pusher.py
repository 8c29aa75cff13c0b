"""The words of deAPI's socket (Pusher protocol 7): frames read and written, nothing sent."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from bot.deapi.models import JobStatus, PerCent, RequestId, Status, Text, Whole

PROTOCOL = "7"
USUAL_ACTIVITY_S = 30
SHORTEST_ACTIVITY_S = 5
FINAL_CODES = range(4000, 4100)
OVER_QUOTA = 4004
"""The one code among the final ones that passes by itself."""

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One step of a job; what else there is to know is read from the job itself."""

    request_id: str
    status: JobStatus
    progress: float | None
    """Per cent, where it was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """The first frame: who we are on this socket, and how long it may be silent."""

    socket_id: str
    activity_s: int


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The channel is ours."""


@dataclass(frozen=True, slots=True)
class Denied:
    """The channel is not ours."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The server wants to know whether we are there."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The server is there."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """The server is not content; the code is 0 where there is none."""

    code: int


@dataclass(frozen=True, slots=True)
class Noise:
    """Nothing we understand."""


Frame = Progress | Greeting | Subscribed | Denied | Asked | Answered | Complaint | Noise


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Envelope(_Shape):
    event: str
    channel: Text = ""
    data: object = None


class _Greeting(_Shape):
    socket_id: Annotated[str, StringConstraints(pattern=r"\A[0-9]{1,20}\.[0-9]{1,20}\z")]
    activity_timeout: Whole = None


class _Complaint(_Shape):
    code: Whole = None


def _known(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("not a status")  # noqa: TRY004 - pydantic turns ValueError alone into its own
    return value


class _Update(_Shape):
    request_id: RequestId
    status: Annotated[Status, BeforeValidator(_known)]
    progress: PerCent = None


class Auth(_Shape):
    """What the API answers when it lets a socket join a channel."""

    auth: Annotated[str, StringConstraints(min_length=1, max_length=500)]


def is_final(code: int) -> bool:
    """Whether connecting again would end the same way."""
    return code in FINAL_CODES and code != OVER_QUOTA


def read(text: str, channel: str) -> Frame:
    """The meaning of one text frame for a member of this channel; no input raises."""
    try:
        envelope = _Envelope.model_validate_json(text)
        return _meaning(envelope, channel)
    except ValidationError:
        return Noise()


def ping() -> str:
    """The frame that asks whether the server is there."""
    return json.dumps({"event": "pusher:ping", "data": {}})


def pong() -> str:
    """The answer to the server's ping."""
    return json.dumps({"event": "pusher:pong", "data": {}})


def subscribe(channel: str, auth: str) -> str:
    """The frame that joins a private channel."""
    return json.dumps({"event": "pusher:subscribe", "data": {"auth": auth, "channel": channel}})


def _meaning(envelope: _Envelope, channel: str) -> Frame:
    reader = _READERS.get(envelope.event)
    if reader is None and envelope.channel == channel:
        reader = _CHANNEL_READERS.get(envelope.event)
    return reader(envelope.data) if reader else Noise()


def _greeting(data: object) -> Frame:
    told = _inner(_Greeting, data)
    activity_s = told.activity_timeout or USUAL_ACTIVITY_S
    return Greeting(
        socket_id=told.socket_id,
        activity_s=min(max(activity_s, SHORTEST_ACTIVITY_S), USUAL_ACTIVITY_S),
    )


def _complaint(data: object) -> Frame:
    return Complaint(_inner(_Complaint, data).code or 0)


def _progress(data: object) -> Frame:
    told = _inner(_Update, data)
    return Progress(request_id=told.request_id, status=told.status, progress=told.progress)


def _inner(shape: type[Shape], data: object) -> Shape:
    """What stands inside: usually JSON in a string, sometimes an object."""
    if isinstance(data, str):
        return shape.model_validate_json(data)
    return shape.model_validate(data)


_READERS: Mapping[str, Callable[[object], Frame]] = {
    "pusher:connection_established": _greeting,
    "pusher:ping": lambda _: Asked(),
    "pusher:pong": lambda _: Answered(),
    "pusher:error": _complaint,
}
_CHANNEL_READERS: Mapping[str, Callable[[object], Frame]] = {
    "pusher_internal:subscription_succeeded": lambda _: Subscribed(),
    "pusher:subscription_error": lambda _: Denied(),
    "request.status.updated": _progress,
}
