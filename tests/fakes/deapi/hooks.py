"""Webhooks: the exact body, headers and signature, sent when a test says so."""

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


async def send(
    job: Job, event: str, *, now_s: int, result_url: str = "", origin: str | None = None
) -> int:
    """Deliver one event to the job's own webhook and answer the HTTP status.

    `origin` replaces scheme, host and port, so that an https address of the public internet can
    lead to a server on this machine.
    """
    url = str(job.fields["webhook_url"])
    if origin:
        parts = urlsplit(url)
        url = origin + parts.path + (f"?{parts.query}" if parts.query else "")
    delivery_id = str(uuid.uuid4())
    body = compose(job, event, result_url, delivery_id, now_s)
    headers = {
        "X-DeAPI-Signature": sign(str(job.fields.get("webhook_secret", "")), str(now_s), body),
        "X-DeAPI-Timestamp": str(now_s),
        "X-DeAPI-Event": event,
        "X-DeAPI-Delivery-Id": delivery_id,
        "Content-Type": "application/json",
        "User-Agent": "DeAPI-Webhook/1.0",
    }
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S)) as session,
        session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
    ):
        return answer.status
