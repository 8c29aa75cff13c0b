import asyncio
import functools
import io
import sys
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from tests.fakes import samples
from tests.fakes.deapi import catalog, hooks, rules
from tests.fakes.deapi.behaviour import Behaviour, HeaderSet, PriceBody, Tier
from tests.fakes.deapi.server import StandIn
from tests.fakes.deapi.uploads import Upload
from tests.integration.deapi.asking import PNG, WRONG_SPEECH, ask, good


@pytest.fixture
async def deapi() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@functools.cache
def wrong_values() -> dict[str, list[Any]]:
    pictures = [
        "a.png",
        Upload("a.svg", "image/svg+xml", b"<svg/>"),
        Upload("a.tiff", "image/tiff", samples.picture(kind="TIFF")),
        Upload("a.png", "image/png", samples.picture(63, 640)),
        Upload("a.png", "image/png", samples.picture(64, 5001)),
        Upload("a.bmp", "image/bmp", samples.picture(1900, 1900, "BMP")),
    ]
    return {
        "prompt": [None],
        "model": [None, "No_Such_Model", catalog.PICTURES[0].slug],
        "width": [None, 511, 1025, "wide"],
        "height": [None, 416, 1025, "high"],
        "frames": [None, 48, 242, "many"],
        "fps": [None, 23, 25, "fast"],
        "steps": [7, "some"],
        "guidance": [-1, "a lot"],
        "seed": [None, -2, 2**32, "lucky"],
        "negative_prompt": [PNG],
        "enhance_prompt": ["true", 1],
        "first_frame_image": pictures,
        "last_frame_image": pictures,
        "audio": [
            None,
            "a.mp3",
            Upload("a.mp3", "audio/mpeg", samples.sound(2, "wav")),
            Upload("a.mp3", "audio/mpeg", samples.sound(0.5)),
            Upload("a.mp3", "audio/mpeg", samples.sound(11.5)),
            Upload("a.mp3", "audio/mpeg", b"\xff\xfb" + bytes(20 * 1024 * 1024)),
        ],
        **WRONG_SPEECH,
        "webhook_url": ["no link", "http://talkie.example/", "https://t.example/" + "x" * 2048],
        "webhook_secret": ["s" * 31, "s" * 256],
    }


@pytest.mark.parametrize("path", sorted(rules.ENDPOINTS))
async def test_one_wrong_value_in_any_field_is_refused_by_that_field_s_name(
    deapi: StandIn, path: str
) -> None:
    deapi.behaviour.tier = Tier.UNLIMITED
    endpoint = rules.ENDPOINTS[path]
    assert (await ask(deapi, "POST", path, good(path), body=endpoint.body))[0] == 200
    for name in endpoint.fields:
        for wrong in wrong_values()[name]:
            value = ["not text"] if wrong is PNG and endpoint.body == rules.JSON else wrong
            fields = good(path) | {name: value}
            if value is None:
                del fields[name]
            status, told, _ = await ask(deapi, "POST", path, fields, body=endpoint.body)
            assert (status, list(told["errors"])) == (422, [name]), (name, wrong)
            assert name.replace("_", " ") in told["message"] or name in {"model", "enhance_prompt"}
    assert sum(job.endpoint.path == path for job in deapi.jobs.by_id.values()) == (
        0 if endpoint.is_price else 1
    )


@pytest.mark.parametrize("path", sorted(rules.ENDPOINTS))
async def test_every_field_called_required_is_missed(deapi: StandIn, path: str) -> None:
    endpoint = rules.ENDPOINTS[path]
    for name in (name for name, rule in endpoint.fields.items() if rule.required):
        fields = good(path)
        del fields[name]
        status, told, _ = await ask(deapi, "POST", path, fields, body=endpoint.body)
        label = name.replace("_", " ")
        assert status == 422
        assert told["errors"] == {name: [f"The {label} field is required."]}


async def test_a_secret_needs_a_webhook(deapi: StandIn) -> None:
    fields = good("videos/generations")
    del fields["webhook_url"]
    _, told, _ = await ask(deapi, "POST", "videos/generations", fields)
    assert list(told["errors"]) == ["webhook_secret"]


async def test_several_faults_are_counted_as_laravel_counts_them(deapi: StandIn) -> None:
    two = good("videos/generations") | {"width": 1, "height": 1}
    three = two | {"steps": 1}
    assert (await ask(deapi, "POST", "videos/generations", two))[1]["message"] == (
        "The width field must be at least 512. (and 1 more error)"
    )
    assert (await ask(deapi, "POST", "videos/generations", three))[1]["message"] == (
        "The width field must be at least 512. (and 2 more errors)"
    )


async def test_strangers_and_unknown_roads_are_turned_away(deapi: StandIn) -> None:
    wrong = {"Authorization": "Bearer 1|no"}
    assert (await ask(deapi, "GET", "account/balance", headers=wrong))[:2] == (
        401,
        {"message": "Unauthenticated."},
    )
    assert (await ask(deapi, "GET", "utilities/jobs"))[:2] == (
        404,
        {"message": "The route api/v2/utilities/jobs could not be found."},
    )
    assert (await ask(deapi, "GET", "jobs/nothing"))[:2] == (
        404,
        {"message": "No query results for the requested resource."},
    )
    status, told, _ = await ask(deapi, "GET", "models", headers={"User-Agent": "Python-urllib/3"})
    assert status == 403
    assert "1010" in told["html"]


async def test_a_body_above_75_megabytes_is_too_large(deapi: StandIn) -> None:
    async with (
        aiohttp.ClientSession(headers={"User-Agent": "Talkie/0 (tests)"}) as session,
        session.post(
            f"{deapi.url}/api/v2/videos/generations",
            data=io.BytesIO(bytes(75 * 1024 * 1024 + 1)),
            headers={"Content-Type": "application/json"},
        ) as answer,
    ):
        assert answer.status == 413


async def test_models_come_in_pages_and_per_page_is_ignored(deapi: StandIn) -> None:
    _, first, _ = await ask(deapi, "GET", "models?per_page=50")
    assert (len(first["data"]), first["meta"]["last_page"]) == (25, 2)
    assert catalog.LTX.slug not in {item["slug"] for item in first["data"]}
    _, whole, _ = await ask(deapi, "GET", "models?limit=500")
    assert (len(whole["data"]), whole["meta"]["per_page"]) == (28, 50)
    assert any(item["info"] == [] for item in whole["data"])
    _, none, _ = await ask(deapi, "GET", "models?filter[inference_types]=txt2opera")
    assert none["data"] == []


async def test_the_fit_meets_the_quoted_prices() -> None:
    quoted = {
        (1024, 576, 49): "0.0422",
        (1024, 576, 121): "0.0470",
        (1024, 576, 241): "0.0553",
        (1024, 1024, 241): "0.0611",
    }
    for size, price in quoted.items():
        assert abs(catalog.price(*size) - Decimal(price)) < Decimal("0.0001")


async def test_a_job_is_paid_at_once_and_its_money_comes_back_when_it_fails(deapi: StandIn) -> None:
    before = deapi.behaviour.balance
    _, told, _ = await ask(deapi, "POST", "videos/generations", good("videos/generations"))
    assert deapi.behaviour.balance == before - catalog.price(768, 512, 121)
    job = deapi.jobs.by_id[told["data"]["request_id"]]
    looks = [(await ask(deapi, "GET", f"jobs/{job.id}"))[1]["data"] for _ in range(4)]
    assert [look["status"] for look in looks] == ["pending", "processing", "done", "done"]
    assert looks[2]["result_url"] != looks[3]["result_url"]
    assert deapi.behaviour.balance == before - job.price


async def test_below_49_cents_nothing_is_taken(deapi: StandIn) -> None:
    deapi.behaviour.balance = Decimal("0.48")
    status, told, _ = await ask(deapi, "POST", "videos/generations", good("videos/generations"))
    assert (status, list(told["errors"])) == (422, ["balance"])


async def test_basic_allows_one_video_a_minute_and_fifteen_a_day() -> None:
    told_s = [86_400 * 20_000.0]
    behaviour = Behaviour(tier=Tier.BASIC, headers=HeaderSet.BOTH)
    async with StandIn(behaviour, now_s=lambda: told_s[0]) as deapi:
        path = "videos/generations"
        statuses = []
        for _ in range(16):
            statuses.append((await ask(deapi, "POST", path, good(path)))[0])
            assert (await ask(deapi, "POST", path, good(path)))[0] == 429
            told_s[0] += 60
        assert statuses == [200] * 15 + [429]
        told_s[0] -= 60
        again = await ask(deapi, "POST", path, good(path))
        assert again[2]["X-RateLimit-Type"] == "daily"
        assert int(again[2]["Retry-After"]) == 86_400 - 15 * 60
        other = "videos/animations"
        assert (await ask(deapi, "POST", other, good(other), body=rules.MULTIPART))[0] == 200


async def test_a_mirrored_price_asks_for_the_files_of_the_submit(deapi: StandIn) -> None:
    deapi.behaviour.price_body = PriceBody.MIRROR
    path = "videos/animations/price"
    status, told, _ = await ask(deapi, "POST", path, good(path))
    assert status == 422
    assert "first_frame_image" in told["errors"]
    mirrored = good("videos/animations")
    assert (await ask(deapi, "POST", path, mirrored, body=rules.MULTIPART))[0] == 200


async def test_a_result_link_ages_and_takes_no_bearer_token(deapi: StandIn) -> None:
    deapi.behaviour.looks_until_done = 0
    _, told, _ = await ask(deapi, "POST", "videos/generations", good("videos/generations"))
    path = f"jobs/{told['data']['request_id']}"
    url = (await ask(deapi, "GET", path))[1]["data"]["result_url"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Authorization": "Bearer x"}) as answer:
            assert answer.status == 403
        async with session.get(url) as answer:
            assert (await answer.read())[4:8] == b"ftyp"
        deapi.expire_links()
        async with session.get(url) as answer:
            assert answer.status == 403


def test_the_signature_is_the_documented_one() -> None:
    body = (
        rb'{"event":"job.completed","delivery_id":"c4d543d8-b52b-4f62-a6c1-5605111dd830",'
        rb'"timestamp":"2026-08-07T11:43:26+00:00","data":{"job_request_id":'
        rb'"868543c4-9429-4434-972a-db27769c8a34","status":"done","previous_status":"processing",'
        rb'"job_type":"txt2video","completed_at":"2026-08-07T11:43:26+00:00","result_url":'
        rb'"https:\/\/results.deapi.ai\/1\/a.mp4?X-Amz-Signature=abc","processing_time_ms":12000}}'
    )
    secret = "a1b2c3d4e5f60708091a2b3c4d5e6f7081920a1b2c3d4e5f60708091a2b3c4d5"
    assert hooks.sign(secret, "1786103006", body) == (
        "sha256=3d5b18bde1001e4c01735dad47164629a08a6e4b1ac9da8a0a73f102b9a79064"
    )


async def test_a_webhook_reaches_its_path_with_a_signature_over_the_raw_body(
    deapi: StandIn,
) -> None:
    async with StandIn() as receiver:
        deapi.behaviour.webhook_origin = receiver.url
        _, told, _ = await ask(deapi, "POST", "videos/generations", good("videos/generations"))
        job_id = told["data"]["request_id"]
        assert await deapi.send_webhook(job_id, "job.processing") == 404
        assert await deapi.send_webhook(job_id, "job.completed") == 404
    first, second = receiver.seen
    assert (first.path, first.headers["X-DeAPI-Event"]) == ("/hook", "job.processing")
    assert first.fields["data"]["job_request_id"] == job_id  # type: ignore[index]  # an object
    assert second.headers["X-DeAPI-Signature"].startswith("sha256=")


async def test_it_can_be_told_from_another_process(deapi: StandIn) -> None:
    async with aiohttp.ClientSession(deapi.url) as session:
        plan = {"request": "unauthorized", "path": "models"}
        await session.post("/_control/faults", json=plan)
        await session.post("/_control/behaviour", json={"balance": "1.5", "looks_until_done": None})
        assert (await ask(deapi, "GET", "models"))[0] == 401
        assert (await ask(deapi, "GET", "account/balance"))[1] == {"data": {"balance": 1.5}}
        _, told, _ = await ask(deapi, "POST", "videos/generations", good("videos/generations"))
        job_id = told["data"]["request_id"]
        await session.post(f"/_control/jobs/{job_id}", json={"do": "finish"})
        async with session.get("/_control/state") as answer:
            state = await answer.json()
        assert (state["posts"], state["jobs"][0]["status"]) == (1, "done")
        async with session.get("/_control/record") as answer:
            record = await answer.json()
        assert [seen["path"] for seen in record] == [
            "/api/v2/models", "/api/v2/account/balance", "/api/v2/videos/generations",
        ]  # fmt: skip


async def test_it_runs_by_itself_and_advances_by_the_clock_then() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.deapi", "--seconds-to-done", "0",
        "--tier", "basic", "--key", "9|other",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    headers = {"Authorization": "Bearer 9|other", "User-Agent": "Talkie/0 (tests)"}
    async with aiohttp.ClientSession(url, headers=headers) as session:
        path = "/api/v2/videos/generations"
        async with session.post(path, json=good("videos/generations")) as answer:
            job_id = (await answer.json())["data"]["request_id"]
        async with session.get(f"/api/v2/jobs/{job_id}") as answer:
            assert (await answer.json())["data"]["status"] == "done"
        async with session.post(path, json=good("videos/generations")) as answer:
            assert answer.status == 429
    process.terminate()
    assert await process.wait() == 0
