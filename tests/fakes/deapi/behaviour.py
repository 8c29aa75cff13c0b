"""Switches of the stand-in: how it behaves at rest, and what goes wrong next."""

from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Tier(StrEnum):
    """Which rate limits count."""

    BASIC = "basic"
    PREMIUM = "premium"
    UNLIMITED = "unlimited"


class HeaderSet(StrEnum):
    """Which rate headers come: on every answer, on 429 alone, or both."""

    DOCS = "docs"
    SPEC = "spec"
    BOTH = "both"


class PriceBody(StrEnum):
    """What the price endpoints take: JSON, the mirrored submit, or either."""

    JSON = "json"
    MIRROR = "mirror"
    EITHER = "either"


class Guidance(StrEnum):
    """Which guidance a model that has none takes."""

    ANY = "any"
    ZERO = "zero"
    ABSENT = "absent"


class RequestFault(StrEnum):
    """What may go wrong with one request; the `accepted` ones did their work first."""

    DROP_UNSEEN = "drop_unseen"
    DROP_ACCEPTED = "drop_accepted"
    SLOW_ACCEPTED = "slow_accepted"
    SLOW_SERVER_ERROR = "slow_server_error"
    RATE_LIMITED = "rate_limited"
    RATE_LIMITED_BARE = "rate_limited_bare"
    RATE_LIMITED_DAY = "rate_limited_day"
    SERVER_ERROR = "server_error"
    GATEWAY_ACCEPTED = "gateway_accepted"
    GARBAGE_ACCEPTED = "garbage_accepted"
    CUT_ACCEPTED = "cut_accepted"
    REDIRECT = "redirect"
    CLOUDFLARE = "cloudflare"
    UNAUTHORIZED = "unauthorized"
    SUSPENDED = "suspended"
    NOT_FOUND = "not_found"
    INVALID = "invalid"


class JobFault(StrEnum):
    """What may go wrong with one job after it was accepted."""

    ERROR_RETRYABLE = "error_retryable"
    ERROR_FINAL = "error_final"
    STUCK = "stuck"
    NULL_URL = "null_url"
    URL_EXPIRED = "url_expired"
    TRUNCATED = "truncated"
    NOT_VIDEO = "not_video"
    PAGE_FIRST = "page_first"
    """A page instead of the result, at the first download only."""
    HALF_FIRST = "half_first"
    """Half of the result as if it were whole, at the first download only."""
    OVERSIZED = "oversized"
    SILENT = "silent"
    """A spoken line in which nothing is heard."""
    DRAWLED = "drawled"
    """A spoken line five times as long as it should be."""


class HookFault(StrEnum):
    """What may go wrong with one webhook on its way."""

    LOST = "lost"
    DUPLICATE = "duplicate"
    LATE = "late"
    """Held back until `deliveries.release()`."""
    OVERTAKEN = "overtaken"
    """Sent after the next one of the same job."""
    UNSIGNED = "unsigned"
    FORGED = "forged"


@dataclass(slots=True, kw_only=True)
class Behaviour:
    """The standing switches; may be changed at any time."""

    key: str = "1234|stand-in-secret"
    balance: Decimal = Decimal("19.72")
    tier: Tier = Tier.PREMIUM
    headers: HeaderSet = HeaderSet.BOTH
    price_body: PriceBody = PriceBody.EITHER
    guidance: Guidance = Guidance.ANY
    looks_until_done: int | None = 2
    """Done at the look after this many; None leaves it to `finish` alone."""
    seconds_to_done: float | None = None
    """Where set, jobs advance by the clock instead of by looks."""
    link_life_s: float = 86_400
    oversized_bytes: int = 101 * 1024 * 1024
    slow_s: float = 30
    webhook_origin: str | None = None
    """Where webhooks really go, such as http://127.0.0.1:8080; by themselves they are sent only
    where this is set, so that a stand-in never speaks to the internet."""
    webhook_scale: float = 1.0
    """The waits between the attempts of a webhook, as a part of the real ones."""
    webhook_answer_s: float = 10
    webhook_unsigned: bool = False
    webhook_keeps_stamp: bool = False
    """Whether a repeated webhook keeps its first timestamp (the documents do not say)."""
    webhook_breaker: bool = True
    """Whether ten webhooks in a row that failed for good end them all."""
    begins_before_answer: bool = False
    """Jobs begin, and their webhook is delivered, before the submit is answered."""
    has_guides: bool = True
    """Whether prompts can be rewritten for the models (the documents do not say for LTX)."""
    enhanced: object = ...
    """What every prompt is rewritten to, instead of something that fits; no text is JSON, too."""
    enhancement_price_in_data: bool = False
    """Whether that price stands inside `data` like all others (sources disagree)."""
    enhancement_price_wants_image: bool = False
    client_id: int = 42
    app_key: str = "depin-api-prod-key"
    socket_greets: bool = True
    socket_answers_pings: bool = True
    socket_activity_s: int = 30


@dataclass(slots=True)
class _Planned:
    fault: RequestFault
    path: str
    times: int
    exact: bool

    def meets(self, path: str) -> bool:
        """Whether a request to this path is one of them."""
        return path == self.path if self.exact else path.startswith(self.path)


@dataclass(slots=True)
class _PlannedHook:
    fault: HookFault
    event: str
    times: int


@dataclass(slots=True)
class Faults:
    """What goes wrong next: requests by path, webhooks by event, and jobs."""

    requests: list[_Planned] = field(default_factory=list)
    jobs: deque[JobFault] = field(default_factory=deque)
    hooks: list[_PlannedHook] = field(default_factory=list)

    def plan(
        self, fault: RequestFault, *, path: str = "", times: int = 1, exact: bool = False
    ) -> None:
        """The next `times` requests below `path` (such as `videos/`), or to it, meet this fault."""
        self.requests.append(_Planned(fault, path, times, exact))

    def plan_job(self, fault: JobFault, *, times: int = 1) -> None:
        """The next `times` accepted jobs meet this fault."""
        self.jobs.extend([fault] * times)

    def plan_hook(self, fault: HookFault, *, event: str = "", times: int = 1) -> None:
        """The next `times` webhooks of this event (such as `job.failed`) meet this fault."""
        self.hooks.append(_PlannedHook(fault, event, times))

    def take(self, path: str) -> RequestFault | None:
        """The fault this request meets; None where it meets none."""
        for planned in self.requests:
            if planned.meets(path):
                planned.times -= 1
                if not planned.times:
                    self.requests.remove(planned)
                return planned.fault
        return None

    def take_job(self) -> JobFault | None:
        """The fault this job meets; None where it meets none."""
        return self.jobs.popleft() if self.jobs else None

    def take_hook(self, event: str) -> HookFault | None:
        """The fault this webhook meets; None where it meets none."""
        for planned in self.hooks:
            if planned.event in {"", event}:
                planned.times -= 1
                if not planned.times:
                    self.hooks.remove(planned)
                return planned.fault
        return None
