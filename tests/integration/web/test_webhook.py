import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.deapi import webhook
from bot.deapi.bodies import Clip, Webhook
from bot.deapi.client import Client
from bot.deapi.webhook import Event, Refusal
from bot.services.hooks import Outcome
from bot.web.app import make_app
from bot.web.keys import Patience
from bot.web.server import serving
from tests.fakes.deapi import catalog
from tests.fakes.deapi.behaviour import Behaviour, HookFault
from tests.fakes.deapi.jobs import Job
from tests.fakes.deapi.server import StandIn
from tests.integration.web.conftest import LONG_S, Decider

Visitor = aiohttp.ClientSession
TOKEN = "k3J9sQ_7-abcdefghijklmnop"
PATH = f"/hooks/deapi/{TOKEN}"
SECRET = "0123456789abcdef" * 4
NOT_FOUND = (404, b'{"error": "not_found"}')


async def post(visitor: Visitor, path: str, body: bytes = b"{}") -> tuple[int, bytes]:
    async with visitor.post(path, data=body) as answer:
        return answer.status, await answer.read()


async def test_a_delivery_reaches_the_one_who_decides_as_it_came(
    visitor: Visitor, decider: Decider
) -> None:
    headers = {"X-DeAPI-Signature": "sha256=00", "X-DeAPI-Timestamp": "7"}
    async with visitor.post(PATH, data=b'{"a":"\\/"}', headers=headers) as answer:
        assert (answer.status, await answer.read()) == (204, b"")
    ((token, told, body),) = decider.asked
    assert (token, body) == (TOKEN, b'{"a":"\\/"}')
    assert told["x-deapi-signature"] == "sha256=00"


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.STALE])
async def test_what_is_genuine_is_answered_alike(
    visitor: Visitor, decider: Decider, outcome: Outcome
) -> None:
    decider.outcome = outcome
    assert await post(visitor, PATH) == (204, b"")


async def test_what_is_refused_looks_like_a_path_that_does_not_exist(
    visitor: Visitor, decider: Decider
) -> None:
    decider.outcome = Outcome.REFUSED
    async with visitor.post(PATH, data=b"{}") as refused, visitor.get("/nothing") as nothing:
        assert (refused.status, await refused.read()) == NOT_FOUND
        assert (nothing.status, await nothing.read()) == NOT_FOUND
        assert set(refused.headers) == set(nothing.headers)


@pytest.mark.parametrize("token", ["short", "a" * 201, "with.dots.in.the.middle", "%C3%A9" * 20])
async def test_what_cannot_be_a_token_is_refused_without_asking(
    visitor: Visitor, decider: Decider, token: str
) -> None:
    assert await post(visitor, f"/hooks/deapi/{token}") == NOT_FOUND
    assert decider.asked == []


async def test_the_largest_body_passes_and_one_byte_more_does_not(
    visitor: Visitor, decider: Decider
) -> None:
    assert (await post(visitor, PATH, bytes(64 * 1024)))[0] == 204
    assert await post(visitor, PATH, bytes(64 * 1024 + 1)) == (413, b'{"error": "too_large"}')
    assert len(decider.asked) == 1


async def test_a_large_body_without_a_length_is_cut_off(visitor: Visitor, decider: Decider) -> None:
    async def pour() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield bytes(16 * 1024)

    async with visitor.post(PATH, data=pour()) as answer:
        assert answer.status == 413
    assert decider.asked == []


@pytest.mark.parametrize("patience", [Patience(body_s=0.2)])
async def test_a_body_that_trickles_is_not_waited_for(origin: str, decider: Decider) -> None:
    parts = urlsplit(origin)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{{".encode())
    answer = await reader.readuntil(b"}")
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"Connection: close" in answer
    writer.close()
    await writer.wait_closed()
    assert decider.asked == []


async def test_a_visitor_who_leaves_in_the_middle_changes_nothing(
    origin: str, visitor: Visitor, decider: Decider, caplog: pytest.LogCaptureFixture
) -> None:
    parts = urlsplit(origin)
    _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{{".encode())
    await writer.drain()
    writer.transport.abort()
    assert (await post(visitor, PATH))[0] == 204
    assert len(decider.asked) == 1
    assert not caplog.records


async def test_a_body_is_never_unpacked(visitor: Visitor, decider: Decider) -> None:
    headers = {"Content-Encoding": "gzip"}
    packed = gzip.compress(bytes(1024 * 1024))
    async with visitor.post(PATH, data=packed, headers=headers) as answer:
        assert answer.status == 204
    assert decider.asked[0][2] == packed


async def test_a_body_that_breaks_its_own_form_is_refused_in_one_line_of_log(
    origin: str, decider: Decider, caplog: pytest.LogCaptureFixture
) -> None:
    parts = urlsplit(origin)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
    await writer.drain()
    writer.write(b"2\r\nab\r\nnot a number\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 "))
    assert decider.asked == []
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_only_post_is_taken(visitor: Visitor, decider: Decider, method: str) -> None:
    async with visitor.request(method, PATH) as answer:
        assert answer.status == 405
    assert decider.asked == []


@pytest.mark.parametrize("patience", [Patience(body_s=LONG_S, webhook_s=0.2)])
async def test_trouble_inside_makes_deapi_come_back(visitor: Visitor, decider: Decider) -> None:
    decider.error = RuntimeError("the disk is full")
    assert await post(visitor, PATH) == (500, b'{"error": "broken"}')
    decider.error, decider.is_stuck = None, True
    assert await post(visitor, PATH) == (503, b'{"error": "unavailable"}')


class Desk:
    """A small decider of the real kind: one token, its secret, and what it has seen."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, Event]] = set()
        self.outcomes: list[Outcome] = []
        self.ahead_s = 0.0

    async def __call__(self, token: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        self.outcomes.append(self._decide(token, headers, body))
        return self.outcomes[-1]

    def _decide(self, token: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        now_s = time.time() + self.ahead_s
        found = webhook.verify(headers, body, secret=SECRET, now_s=now_s)
        if isinstance(found, Refusal) or token != TOKEN:
            return Outcome.REFUSED
        if found.stale:
            return Outcome.STALE
        if (found.request_id, found.event) in self.seen:
            return Outcome.DUPLICATE
        self.seen.add((found.request_id, found.event))
        return Outcome.ACCEPTED


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def deapi(desk: Desk, patience: Patience) -> AsyncIterator[StandIn]:
    async def always() -> bool:
        return True

    app = make_app(ready=always, receive=desk, patience=patience)
    async with (
        serving(app, host="127.0.0.1", port=0) as origin,
        StandIn(Behaviour(webhook_origin=origin, webhook_scale=0)) as running,
    ):
        yield running


async def a_job(deapi: StandIn, token: str = TOKEN) -> Job:
    clip = Clip(
        model=catalog.LTX.slug,
        prompt="Rain.",
        width=512,
        height=512,
        frames=49,
        seed=1,
        webhook=Webhook(url=f"https://talkie.example/hooks/deapi/{token}", secret=SECRET),
    )
    key = deapi.behaviour.key
    async with Client(key, user_agent="Talkie/0 (tests)", base_url=deapi.url) as client:
        return deapi.jobs.by_id[await client.submit_text(clip)]


async def test_deapi_s_own_deliveries_are_taken_in_order(deapi: StandIn, desk: Desk) -> None:
    deapi.jobs.finish(await a_job(deapi))
    await deapi.deliveries.settle()
    assert desk.outcomes == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert {one.status for one in deapi.deliveries.attempts} == {204}


async def test_a_duplicate_and_a_reordered_pair_are_answered_with_a_smile(
    deapi: StandIn, desk: Desk
) -> None:
    deapi.faults.plan_hook(HookFault.OVERTAKEN, event="job.processing")
    deapi.faults.plan_hook(HookFault.DUPLICATE, event="job.completed")
    job = await a_job(deapi)
    deapi.jobs.finish(job)
    await deapi.deliveries.settle()
    assert desk.outcomes == [Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.ACCEPTED]
    assert {one.status for one in deapi.deliveries.attempts} == {204}


async def test_forged_unsigned_and_foreign_deliveries_change_nothing(
    deapi: StandIn, desk: Desk
) -> None:
    deapi.faults.plan_hook(HookFault.FORGED)
    deapi.jobs.process(await a_job(deapi), 1)
    deapi.faults.plan_hook(HookFault.UNSIGNED)
    deapi.jobs.process(await a_job(deapi), 1)
    deapi.jobs.process(await a_job(deapi, token="another-path-of-right-length"), 1)
    await deapi.deliveries.settle()
    assert set(desk.outcomes) == {Outcome.REFUSED}
    assert desk.seen == set()
    assert [one.status for one in deapi.deliveries.attempts] == [404] * 30


async def test_an_old_delivery_is_taken_but_stale(deapi: StandIn, desk: Desk) -> None:
    desk.ahead_s = 400
    deapi.jobs.process(await a_job(deapi), 1)
    await deapi.deliveries.settle()
    assert desk.outcomes == [Outcome.STALE]
    assert [one.status for one in deapi.deliveries.attempts] == [204]


async def test_many_deliveries_at_once_are_all_answered(visitor: Visitor, decider: Decider) -> None:
    answers = await asyncio.gather(*(post(visitor, PATH) for _ in range(100)))
    assert [status for status, _ in answers] == [204] * 100
    assert len(decider.asked) == 100
