import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.deapi import webhook
from bot.deapi.webhook import Completed, Event, Failed, Processing, Refusal, Verified, Why

SECRET = "a1b2c3d4e5f60708091a2b3c4d5e6f7081920a1b2c3d4e5f60708091a2b3c4d5"
SIGNED_S = 1_786_103_006
DOCUMENTED = (
    rb'{"event":"job.completed","delivery_id":"c4d543d8-b52b-4f62-a6c1-5605111dd830",'
    rb'"timestamp":"2026-08-07T11:43:26+00:00","data":{"job_request_id":'
    rb'"868543c4-9429-4434-972a-db27769c8a34","status":"done","previous_status":"processing",'
    rb'"job_type":"txt2video","completed_at":"2026-08-07T11:43:26+00:00","result_url":'
    rb'"https:\/\/results.deapi.ai\/1\/a.mp4?X-Amz-Signature=abc","processing_time_ms":12000}}'
)
SIGNATURE = "sha256=3d5b18bde1001e4c01735dad47164629a08a6e4b1ac9da8a0a73f102b9a79064"

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


def headers_for(body: bytes, *, secret: str = SECRET, signed_s: int = SIGNED_S) -> dict[str, str]:
    return {
        "X-DeAPI-Signature": webhook.sign(secret, str(signed_s), body),
        "X-DeAPI-Timestamp": str(signed_s),
    }


def read(body: bytes, headers: dict[str, str] | None = None) -> Verified | Refusal:
    given_headers = headers_for(body) if headers is None else headers
    return webhook.verify(given_headers, body, secret=SECRET, now_s=SIGNED_S + 1)


def delivery(event: str, **data: object) -> bytes:
    whole = {"event": event, "delivery_id": "d-1", "data": {"job_request_id": "r-1", **data}}
    return json.dumps(whole).encode()


def test_the_documented_delivery_is_believed_and_read() -> None:
    headers = {"X-DeAPI-Signature": SIGNATURE, "X-DeAPI-Timestamp": str(SIGNED_S)}
    assert webhook.verify(headers, DOCUMENTED, secret=SECRET, now_s=SIGNED_S + 2.5) == Verified(
        event=Event.COMPLETED,
        delivery_id="c4d543d8-b52b-4f62-a6c1-5605111dd830",
        request_id="868543c4-9429-4434-972a-db27769c8a34",
        stale=False,
        age_s=2.5,
        data=Completed(
            job_request_id="868543c4-9429-4434-972a-db27769c8a34",
            job_type="txt2video",
            completed_at="2026-08-07T11:43:26+00:00",
            result_url="https://results.deapi.ai/1/a.mp4?X-Amz-Signature=abc",
            processing_time_ms=12_000,
        ),
    )


def test_each_event_carries_its_own_data() -> None:
    begun = read(delivery("job.processing", started_at="2026-08-07T11:43:14+00:00"))
    assert isinstance(begun, Verified)
    assert isinstance(begun.data, Processing)
    broken = read(delivery("job.failed", error_code="WORKER_TIMEOUT", retryable=True, refunded=1))
    assert isinstance(broken, Verified)
    assert isinstance(broken.data, Failed)
    assert (broken.event, broken.data.retryable, broken.data.refunded) == (Event.FAILED, True, True)


def test_the_link_is_kept_out_of_what_is_printed() -> None:
    assert "X-Amz-Signature" not in repr(read(DOCUMENTED))


@pytest.mark.parametrize(
    ("now_s", "stale"),
    [(SIGNED_S + 300, False), (SIGNED_S + 300.5, True), (SIGNED_S - 301, True), (0, True)],
)
def test_five_minutes_make_a_delivery_stale_in_either_direction(now_s: float, stale: bool) -> None:
    found = webhook.verify(headers_for(DOCUMENTED), DOCUMENTED, secret=SECRET, now_s=now_s)
    assert isinstance(found, Verified)
    assert found.stale is stale


def test_the_names_of_the_headers_may_be_spelled_in_any_case() -> None:
    lower = {name.lower(): value for name, value in headers_for(DOCUMENTED).items()}
    assert isinstance(read(DOCUMENTED, lower), Verified)
    assert isinstance(read(DOCUMENTED, CIMultiDict(lower)), Verified)  # type: ignore[arg-type]  # a mapping to us


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"X-DeAPI-Signature": ""}, Why.UNSIGNED),
        ({"X-DeAPI-Signature": SIGNATURE.removeprefix("sha256=")}, Why.BAD_HEADERS),
        ({"X-DeAPI-Signature": SIGNATURE + "\n"}, Why.BAD_HEADERS),
        ({"X-DeAPI-Signature": "sha256=" + "é" * 64}, Why.BAD_HEADERS),
        ({"x-deapi-signature": SIGNATURE}, Why.BAD_HEADERS),
        ({"X-DeAPI-Timestamp": ""}, Why.BAD_HEADERS),
        ({"X-DeAPI-Timestamp": f" {SIGNED_S}"}, Why.BAD_HEADERS),
        ({"X-DeAPI-Timestamp": "１７８６１０３００６"}, Why.BAD_HEADERS),  # noqa: RUF001 - digits, but not ASCII
        ({"X-DeAPI-Timestamp": "9" * 5_000}, Why.BAD_HEADERS),
        ({"X-DeAPI-Timestamp": str(SIGNED_S + 1)}, Why.FORGED),
        ({"X-DeAPI-Signature": "sha256=" + "0" * 64}, Why.FORGED),
    ],
)
def test_headers_that_do_not_prove_it_are_refused(changes: dict[str, str], why: Why) -> None:
    assert read(DOCUMENTED, headers_for(DOCUMENTED) | changes) == Refusal(why)


def test_no_headers_at_all_is_unsigned() -> None:
    assert read(DOCUMENTED, {}) == Refusal(Why.UNSIGNED)


def test_another_secret_or_one_changed_byte_is_a_forgery() -> None:
    assert read(DOCUMENTED, headers_for(DOCUMENTED, secret="x" * 40)) == Refusal(Why.FORGED)
    assert read(DOCUMENTED + b" ", headers_for(DOCUMENTED)) == Refusal(Why.FORGED)


def test_a_large_body_is_refused_before_it_is_hashed() -> None:
    assert read(bytes(64 * 1024 + 1), {}) == Refusal(Why.TOO_LARGE)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b"\xff\xfe",
        b"9" * 60_000,
        b'{"event":"job.completed"}',
        b'{"event":"job.completed","delivery_id":"d","data":{}}',
        b'{"event":"job.completed","delivery_id":"d","data":{"job_request_id":"../balance"}}',
        b'{"event":"job.completed","delivery_id":"d","data":{"job_request_id":"r\\n"}}',
        b'{"event":"job.completed","delivery_id":"\\ud800","data":{"job_request_id":"r"}}',
        b'{"event":"job.completed","delivery_id":7,"data":{"job_request_id":"r"}}',
    ],
)
def test_signed_nonsense_is_malformed(body: bytes) -> None:
    assert read(body) == Refusal(Why.MALFORMED)


def test_a_signed_event_of_tomorrow_is_told_apart_from_nonsense() -> None:
    assert read(delivery("job.paused")) == Refusal(Why.UNKNOWN_EVENT)


def test_a_short_secret_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="32"):
        webhook.verify({}, b"", secret="", now_s=0)


@given(
    body=st.binary(max_size=300),
    headers=st.dictionaries(
        st.sampled_from(["X-DeAPI-Signature", "X-DeAPI-Timestamp", "Other"]), st.text(max_size=80)
    ),
)
def test_hostile_bytes_and_headers_never_raise(body: bytes, headers: dict[str, str]) -> None:
    assert isinstance(read(body, headers), Refusal)


@given(body=st.binary(max_size=300) | documents.map(lambda one: json.dumps(one).encode()))
def test_whatever_was_signed_never_raises(body: bytes) -> None:
    assert isinstance(read(body), Refusal)


@given(
    event=st.sampled_from([*Event, "job.other"]),
    data=st.dictionaries(
        st.sampled_from([
            "job_type", "result_url", "processing_time_ms", "error_code", "retryable", "refunded",
            "failed_at", "started_at",
        ]),
        documents,
    ),
)  # fmt: skip
def test_odd_types_in_the_minor_fields_lose_no_event(event: str, data: dict[str, Any]) -> None:
    found = read(delivery(event, **data))
    if event == "job.other":
        assert found == Refusal(Why.UNKNOWN_EVENT)
    else:
        assert isinstance(found, Verified)
        assert found.request_id == "r-1"
