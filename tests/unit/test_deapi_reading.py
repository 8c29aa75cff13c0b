import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deapi import answers, errors, limits
from bot.deapi.answers import Answer
from bot.deapi.models import Accepted, Balance, Inference, Job, JobStatus, Model, ModelList, Price
from bot.deapi.retry import Policy, delay_s

NOON_S = 86_400 * 20_000 + 43_200.0
POLICY = Policy(attempts=4, first_delay_s=1, longest_delay_s=10, total_s=30)


def answer(status: int, body: object = "", **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers=named, body=raw)


def meaning(given: Answer, *, is_submit: bool = False) -> errors.DeapiError:
    with pytest.raises(errors.DeapiError) as caught:
        answers.check(given, is_submit=is_submit, now_s=NOON_S)
    return caught.value


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"message": "Bad"}, errors.Invalid),
        (401, {"message": "Unauthenticated."}, errors.BadKey),
        (402, {}, errors.OutOfFunds),
        (403, {"message": "Your account has been suspended."}, errors.Suspended),
        (403, b"<html>error 1010</html>", errors.Blocked),
        (404, {"message": "No query results."}, errors.NotFound),
        (410, {"message": "Gone"}, errors.Invalid),
        (413, b"<html>", errors.TooLarge),
        (422, {"message": "m", "errors": {"width": ["w"]}}, errors.Invalid),
        (422, {"message": "m", "errors": [{"field": "width"}]}, errors.Invalid),
        (422, {"message": "m", "errors": {"balance": ["b"]}}, errors.OutOfFunds),
        (422, {"message": "Insufficient balance."}, errors.OutOfFunds),
    ],
)
def test_a_definite_status_means_the_same_after_a_read_and_after_a_submit(
    status: int, body: object, error: type[errors.DeapiError]
) -> None:
    for is_submit in (False, True):
        assert type(meaning(answer(status, body), is_submit=is_submit)) is error


def test_a_gateway_s_page_says_nothing_about_a_job() -> None:
    page = answer(404, b"<html>Not Found</html>")
    assert type(meaning(page, is_submit=False)) is errors.BadResponse
    assert type(meaning(page, is_submit=True)) is errors.Ambiguous


@pytest.mark.parametrize("status", [301, 307, 408, 500, 502, 503, 520, 524])
def test_an_uncertain_status_after_a_submit_is_ambiguous(status: int) -> None:
    assert type(meaning(answer(status), is_submit=True)) is errors.Ambiguous
    assert type(meaning(answer(status))) is (
        errors.BadResponse if status < 400 else errors.ServerError
    )


def test_messages_are_short_and_on_one_line() -> None:
    error = meaning(answer(422, {"message": "a\n\x1b[31m" + "x" * 5000}))
    assert "\n" not in str(error)
    assert "\x1b" not in str(error)
    assert len(str(error)) <= 300


@pytest.mark.parametrize(
    ("headers", "wait_s", "daily"),
    [
        ({"Retry_After": "7"}, 7, False),
        ({"Retry_After": "999999999"}, 43_200, False),
        ({"Retry_After": "999999999", "X_RateLimit_Type": "minute"}, 60, False),
        ({"Retry_After": "Thu, 01 Jan 1970 00:00:00 +99999999999999999999"}, 60, False),
        ({"Retry_After": "-5"}, 60, False),
        ({"Retry_After": "soon"}, 60, False),
        ({"Retry_After": "nan"}, 60, False),
        ({"Retry_After": "9" * 5000}, 60, False),
        ({"Retry_After": "Tue, 04 Oct 2024 12:00:30 GMT"}, 30, False),
        ({}, 60, False),
        ({"X_RateLimit_Type": "daily"}, 43_200, True),
        ({"X_RateLimit_Type": "daily", "Retry_After": "100"}, 100, True),
        ({"X_RateLimit_Daily_Remaining": "0"}, 43_200, True),
        ({"X_RateLimit_Daily_Remaining": "0", "X_RateLimit_Type": "minute"}, 60, False),
        ({"X_RateLimit_Daily_Remaining": "0", "X_RateLimit_Daily_Limit": "0"}, 60, False),
    ],
)
def test_a_429_is_waited_out(headers: dict[str, str], wait_s: float, daily: bool) -> None:
    error = meaning(answer(429, **headers))
    assert isinstance(error, errors.RateLimited)
    assert error.daily == daily
    assert error.retry_after_s == wait_s


def test_an_answer_without_limits_tells_of_none() -> None:
    assert limits.read({}) is None
    assert limits.read({"X-RateLimit-Limit": "many"}) is None


def test_a_limit_of_nothing_is_none() -> None:
    nothing = {"X-RateLimit-Daily-Limit": "0", "X-RateLimit-Daily-Remaining": "0"}
    assert limits.read(nothing) is None
    told = limits.read({"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "7", **nothing})
    assert told is not None
    assert (told.limit, told.remaining) == (300, 7)
    assert (told.daily_limit, told.daily_remaining) == (None, None)


def test_delays_double_up_to_the_cap_and_end() -> None:
    def after(attempt: int, *, chance: float = 1, elapsed_s: float = 0) -> float | None:
        return delay_s(
            POLICY,
            attempt=attempt,
            elapsed_s=elapsed_s,
            error=errors.ServerError(),
            chance=chance,
        )

    assert [after(attempt) for attempt in (1, 2, 3, 4)] == [1, 2, 4, None]
    assert after(1, chance=0) == 0.5
    assert after(3, elapsed_s=26) == 4
    assert after(3, elapsed_s=26.1) is None


def test_a_retry_after_is_honoured_up_to_the_cap() -> None:
    def after(wait_s: float, *, daily: bool = False) -> float | None:
        error = errors.RateLimited(wait_s, daily=daily)
        return delay_s(POLICY, attempt=1, elapsed_s=0, error=error, chance=0)

    assert after(10) == 10
    assert after(10.1) is None
    assert after(1, daily=True) is None


@given(st.decimals(min_value=0, max_value=1000, places=9))
def test_prices_are_rounded_up_and_balances_down(dollars: Decimal) -> None:
    exact = dollars * 1_000_000
    price = Price.model_validate({"price": str(dollars)}).micro
    balance = Balance.model_validate({"balance": str(dollars)}).micro
    assert price - 1 < exact <= price
    assert balance <= exact < balance + 1


def test_money_is_read_from_json_without_a_float_in_between() -> None:
    body = b'{"data":{"price":0.1234560000000000000001}}'
    assert answers.decode(answer(200, body), Price, inside="data").micro == 123_457
    assert answers.decode(answer(200, b'{"price":"0.15"}'), Price, inside="data").micro == 150_000


@pytest.mark.parametrize("price", ["NaN", "Infinity", "-0.1", "1e99", '"x"', "true", "null", "[]"])
def test_what_is_no_price_is_a_bad_response(price: str) -> None:
    with pytest.raises(errors.BadResponse):
        answers.decode(answer(200, f'{{"price":{price}}}'.encode()), Price)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b"[" * 100_000, b'{"data":{"request_id":""}}', b"\xff"]
)
def test_what_is_no_answer_is_a_bad_response(body: bytes) -> None:
    for shape in (Accepted, Job, ModelList):
        with pytest.raises(errors.BadResponse):
            answers.decode(answer(200, body), shape, inside="data")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("pending", JobStatus.PENDING),
        ("DONE", JobStatus.DONE),
        ("error", JobStatus.ERROR),
        ("in_queue", JobStatus.PROCESSING),
        ("waiting", JobStatus.PROCESSING),
        (None, JobStatus.PROCESSING),
    ],
)
def test_a_status_nobody_documented_counts_as_running(word: object, status: JobStatus) -> None:
    assert Job.model_validate({"status": word}).status is status


@pytest.mark.parametrize(
    ("told", "progress"),
    [("45.50", 45.5), (7, 7), (None, None), ("half", None), (250, 100), (-1, 0), ("nan", None)],
)
def test_progress_is_a_number_of_per_cent_or_unknown(told: object, progress: float | None) -> None:
    assert Job.model_validate({"status": "processing", "progress": told}).progress == progress


def test_the_flags_of_a_failed_job_may_have_any_type() -> None:
    job = Job.model_validate(
        {"status": "error", "retryable": "1", "refunded": 0, "price": {"amount": 0}, "new": []}
    )
    assert (job.retryable, job.refunded, job.price_micro) == (True, False, 0)


def test_a_list_of_models_survives_odd_items() -> None:
    body: dict[str, Any] = {
        "data": [
            {"slug": "a", "inference_types": ["txt2video", 3], "info": []},
            {"slug": "b", "inference_types": {"x": 1}, "info": {"limits": [], "features": None}},
            {
                "slug": "c",
                "info": {"limits": {"max_width": "768"}, "features": {"supports_last_frame": "1"}},
            },
            {"name": "no slug"},
            "nonsense",
        ],
        "meta": [],
    }
    listed = ModelList.model_validate(body).data
    assert [model.slug for model in listed] == ["a", "b", "c"]
    assert listed[0].inference_types == (Inference.TEXT,)
    assert listed[2].info.limits.max_width == 768
    assert listed[2].info.features.supports_last_frame


def test_a_model_without_limits_takes_anything_and_limits_are_inclusive() -> None:
    bare = Model.model_validate({"slug": "a", "info": []})
    assert bare.takes(width=9999, height=1, frames=1, fps=1, steps=99)
    tight = Model.model_validate(
        {
            "slug": "b",
            "info": {"limits": {"min_width": 512, "max_width": 1024, "min_steps": 1}},
        }
    )
    for width, fits in ((511, False), (512, True), (1024, True), (1025, False)):
        assert tight.takes(width=width, height=1, frames=1, fps=1, steps=1) == fits
    assert not tight.takes(width=512, height=1, frames=1, fps=1, steps=-1)
