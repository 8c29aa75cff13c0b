"""Rate limits as the headers tell them: what is left, and how long to wait after a 429."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

MINUTE_S = 60.0
DAY_S = 86_400.0
LONGEST_NUMBER = 12
JOBS = "jobs"
"""The name under which looks at all jobs are counted; others go by their path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """What one answer said about the allowance of its endpoint; None where it said nothing."""

    limit: int | None
    remaining: int | None
    daily_limit: int | None
    daily_remaining: int | None


def read(headers: Mapping[str, str]) -> RateLimits | None:
    """The allowance in an answer's headers; None where there is none."""
    limit, remaining = _pair(headers, "X-RateLimit")
    daily_limit, daily_remaining = _pair(headers, "X-RateLimit-Daily")
    told = (limit, remaining, daily_limit, daily_remaining)
    if all(number is None for number in told):
        return None
    return RateLimits(
        limit=limit,
        remaining=remaining,
        daily_limit=daily_limit,
        daily_remaining=daily_remaining,
    )


def is_daily(headers: Mapping[str, str]) -> bool:
    """Whether a 429 means that the day's allowance is used up."""
    kind = _kind(headers)
    return kind == "daily" or (not kind and _pair(headers, "X-RateLimit-Daily")[1] == 0)


def wait_s(headers: Mapping[str, str], now_s: float) -> float:
    """Seconds to wait after a 429: Retry-After, else a minute, else until midnight UTC.

    Never longer than the window lasts that is used up, whatever Retry-After says.
    """
    to_midnight_s = DAY_S - now_s % DAY_S
    told_s = _retry_after_s(headers.get("Retry-After", ""), now_s)
    if told_s is None:
        return to_midnight_s if is_daily(headers) else MINUTE_S
    longest_s = MINUTE_S if _kind(headers) == "minute" else max(MINUTE_S, to_midnight_s)
    return min(max(told_s, 0.0), longest_s)


def _kind(headers: Mapping[str, str]) -> str:
    return headers.get("X-RateLimit-Type", "").lower()


def _pair(headers: Mapping[str, str], name: str) -> tuple[int | None, int | None]:
    """A limit and what is left of it; a limit of nothing is none: it would let nothing through."""
    limit = _count(headers.get(f"{name}-Limit"))
    return (None, None) if limit == 0 else (limit, _count(headers.get(f"{name}-Remaining")))


def _retry_after_s(value: str, now_s: float) -> float | None:
    seconds = _count(value)
    if seconds is not None:
        return float(seconds)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now_s


def _count(value: str | None) -> int | None:
    plain = (value or "").strip()
    usable = plain.isascii() and plain.isdigit() and len(plain) <= LONGEST_NUMBER
    return int(plain) if usable else None
