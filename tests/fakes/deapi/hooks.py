"""Webhooks: the exact body, headers and signature of one delivery, and its way."""

import hashlib
import hmac
import json
import uuid
from datetime import UTC, datetime
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.deapi.jobs import DONE, ERROR, PENDING, PROCESSING, Job, failure

ANSWER_S = 10
STATES = {
    "job.processing": (PROCESSING, PENDING),
    "job.completed": (DONE, PROCESSING),
    "job.failed": (ERROR, PROCESSING),
}


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of X-DeAPI-Signature; empty where there is no secret."""
    if not secret:
        return ""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def compose(job: Job, event: str, result_url: str, delivery_id: str, now_s: int) -> bytes:
    """The raw body of one delivery, its slashes escaped as PHP does."""
    moment = datetime.fromtimestamp(now_s, UTC).isoformat(timespec="seconds")
    status, previous = STATES[event]
    data: dict[str, object] = {
        "job_request_id": job.id,
        "status": status,
        "previous_status": previous,
        "job_type": job.endpoint.inference,
    }
    if event == "job.processing":
        data["started_at"] = moment
    elif event == "job.completed":
        data |= {"completed_at": moment, "result_url": result_url, "processing_time_ms": 12_000}
    else:
        data |= failure(job)
    whole = {"event": event, "delivery_id": delivery_id, "timestamp": moment, "data": data}
    return json.dumps(whole, separators=(",", ":")).replace("/", "\\/").encode()


def envelope(job: Job, event: str, *, body: bytes, delivery_id: str, now_s: int) -> dict[str, str]:
    """The headers of one delivery."""
    return {
        "X-DeAPI-Signature": sign(str(job.fields.get("webhook_secret", "")), str(now_s), body),
        "X-DeAPI-Timestamp": str(now_s),
        "X-DeAPI-Event": event,
        "X-DeAPI-Delivery-Id": delivery_id,
        "Content-Type": "application/json",
        "User-Agent": "DeAPI-Webhook/1.0",
    }


def address(job: Job, origin: str | None) -> str:
    """Where a job's webhooks go.

    `origin` replaces scheme, host and port, so that an https address of the public internet can
    lead to a server on this machine.
    """
    url = str(job.fields["webhook_url"])
    if not origin:
        return url
    parts = urlsplit(url)
    return origin + parts.path + (f"?{parts.query}" if parts.query else "")


async def post(url: str, body: bytes, headers: dict[str, str], answer_s: float = ANSWER_S) -> int:
    """The HTTP status one delivery was answered with; 0 where no answer came."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=answer_s)) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status
    except (aiohttp.ClientError, TimeoutError):
        return 0


async def send(
    job: Job, event: str, *, now_s: int, result_url: str = "", origin: str | None = None
) -> int:
    """Deliver one event to the job's own webhook, once, and answer the HTTP status."""
    delivery_id = str(uuid.uuid4())
    body = compose(job, event, result_url, delivery_id, now_s)
    headers = envelope(job, event, body=body, delivery_id=delivery_id, now_s=now_s)
    return await post(address(job, origin), body, headers)
