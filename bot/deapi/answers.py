"""What an HTTP answer means: fine, or which error of ours it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.deapi import limits
from bot.deapi.errors import (
    Ambiguous,
    BadKey,
    BadResponse,
    Blocked,
    DeapiError,
    Invalid,
    NotFound,
    OutOfFunds,
    RateLimited,
    ServerError,
    Suspended,
    TooLarge,
)

Shape = TypeVar("Shape", bound=BaseModel)
LONGEST_MESSAGE = 300
REQUEST_TIMEOUT = 408


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that came in full."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def check(answer: Answer, *, is_submit: bool, now_s: float) -> None:
    """Raise what a status other than 2xx means; it means more after a submit."""
    if 200 <= answer.status < 300:
        return
    if answer.status == 429:
        raise RateLimited(
            limits.wait_s(answer.headers, now_s), daily=limits.is_daily(answer.headers)
        )
    refusal = _refusal(answer)
    if refusal:
        raise refusal
    what = f"status {answer.status}"
    if is_submit:
        raise Ambiguous(what)
    if answer.status >= 500 or answer.status == REQUEST_TIMEOUT:
        raise ServerError(what)
    raise BadResponse(what)


def decode(answer: Answer, shape: type[Shape], *, inside: str | None = None) -> Shape:
    """The body as `shape`, out of the member `inside` if there is one; raises BadResponse."""
    try:
        body = json.loads(answer.body, parse_float=Decimal)
        if inside and isinstance(body, dict) and isinstance(body.get(inside), dict):
            body = body[inside]
        return shape.model_validate(body)
    except (ValueError, RecursionError) as error:
        raise BadResponse(f"not a {shape.__name__}: {type(error).__name__}") from error


def _refusal(answer: Answer) -> DeapiError | None:
    """The error of a definite 4xx; None where the status does not say what happened."""
    body = _object(answer)
    message = _message(body) or f"status {answer.status}"
    plain: dict[int, type[DeapiError]] = {401: BadKey, 404: NotFound, 413: TooLarge}
    if answer.status == 404 and not body:
        # Some gateway's page: it says nothing about the job that was asked for.
        return None
    if answer.status in plain:
        return plain[answer.status](message)
    if answer.status == 403:
        return Suspended(message) if body else Blocked("status 403 with a page instead of JSON")
    if 400 <= answer.status < 500 and answer.status != REQUEST_TIMEOUT:
        return _invalid(answer.status, message, _fields(body))
    return None


def _invalid(status: int, message: str, fields: dict[str, list[str]]) -> Invalid:
    broke = status == 402 or "balance" in fields or (not fields and "balance" in message.lower())
    return (OutOfFunds if broke else Invalid)(message, fields)


def _object(answer: Answer) -> dict[str, Any]:
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _message(body: dict[str, Any]) -> str:
    message = body.get("message")
    plain = " ".join(message.split()) if isinstance(message, str) else ""
    return "".join(filter(str.isprintable, plain))[:LONGEST_MESSAGE]


def _fields(body: dict[str, Any]) -> dict[str, list[str]]:
    errors = body.get("errors")
    if not isinstance(errors, dict):
        return {}
    return {
        str(name): [str(one)[:LONGEST_MESSAGE] for one in found]
        if isinstance(found, list)
        else [str(found)[:LONGEST_MESSAGE]]
        for name, found in errors.items()
    }
