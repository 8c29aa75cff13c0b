import asyncio
import logging
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from bot.errors import SetupError
from bot.web import middleware
from bot.web.app import make_app
from bot.web.keys import Patience
from bot.web.server import serving
from tests.integration.web.conftest import Decider, Readiness

Visitor = aiohttp.ClientSession


async def ask(visitor: Visitor, method: str, path: str) -> tuple[int, str]:
    async with visitor.request(method, path, allow_redirects=False) as answer:
        return answer.status, await answer.text()


async def raw(origin: str, request: bytes) -> bytes:
    """What a connection answers to these very bytes until it ends."""
    parts = urlsplit(origin)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_it_says_that_it_lives(visitor: Visitor, readiness: Readiness) -> None:
    readiness.answer = False
    assert await ask(visitor, "GET", "/live") == (200, '{"status": "live"}')


async def test_it_says_whether_it_is_ready(visitor: Visitor, readiness: Readiness) -> None:
    assert await ask(visitor, "GET", "/ready") == (200, '{"status": "ready"}')
    readiness.answer = False
    assert await ask(visitor, "GET", "/ready") == (503, '{"error": "unavailable"}')


@pytest.mark.parametrize("patience", [Patience(ready_s=0.2)])
async def test_a_question_that_breaks_or_hangs_means_not_ready(
    visitor: Visitor, readiness: Readiness
) -> None:
    readiness.error = RuntimeError("the database file /secret/place is gone")
    assert await ask(visitor, "GET", "/ready") == (503, '{"error": "unavailable"}')
    readiness.error, readiness.is_stuck = None, True
    assert await ask(visitor, "GET", "/ready") == (503, '{"error": "unavailable"}')


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/hooks", "/hooks/deapi/", "/..%2f", "/%00", "//"]
)
async def test_unknown_paths_look_alike(visitor: Visitor, path: str) -> None:
    assert await ask(visitor, "GET", path) == (404, '{"error": "not_found"}')


@pytest.mark.parametrize("path", ["/live", "/nothing", "/ready"])
async def test_every_answer_is_dressed_and_names_no_server(visitor: Visitor, path: str) -> None:
    async with visitor.get(path) as answer:
        assert "Server" not in answer.headers
        assert len(answer.headers["X-Request-Id"]) == 16
        for name, value in middleware.HEADERS.items():
            assert answer.headers[name] == value
        assert answer.content_type == "application/json"


async def test_a_wrong_method_is_told_the_right_one(visitor: Visitor) -> None:
    async with visitor.delete("/live") as answer:
        assert (answer.status, await answer.text()) == (405, '{"error": "wrong_method"}')
        assert answer.headers["Allow"] == "GET,HEAD"


async def test_any_host_is_served_since_a_proxy_stands_before_it(visitor: Visitor) -> None:
    async with visitor.get("/live", headers={"Host": "somewhere.example"}) as answer:
        assert answer.status == 200


async def broken(_: web.Request) -> web.Response:
    raise RuntimeError("details")


async def broken_off(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    await answer.write(b"half")
    raise RuntimeError("details")


async def moved(_: web.Request) -> web.Response:
    raise web.HTTPFound("/live")


async def own(_: web.Request) -> web.Response:
    return web.Response(headers={"Cache-Control": "public, max-age=60", "Server": "x"})


async def test_what_rooms_do_wrong_becomes_one_answer_and_one_log_line(
    decider: Decider, readiness: Readiness, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(ready=readiness, receive=decider)
    app.add_routes([web.get("/broken/{secret}", broken), web.get("/half", broken_off)])
    app.add_routes([web.get("/moved", moved), web.get("/own", own)])
    async with (
        serving(app, host="127.0.0.1", port=0) as origin,
        aiohttp.ClientSession(origin) as visitor,
    ):
        assert await ask(visitor, "GET", "/broken/token") == (500, '{"error": "broken"}')
        (line,) = [one for one in caplog.records if one.message == "request_broke"]
        assert vars(line)["route"] == "/broken/{secret}"
        assert line.exc_info is not None
        assert await ask(visitor, "GET", "/moved") == (302, "302: Found")
        async with visitor.get("/own") as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=60"
            assert "Server" not in answer.headers
        with pytest.raises(aiohttp.ClientError):
            await ask(visitor, "GET", "/half")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /live HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
        b"GET /live HTTP/9.9\r\n\r\n",
        b"POST /live HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /live HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
async def test_what_is_not_http_is_refused_without_filling_the_log(
    origin: str, caplog: pytest.LogCaptureFixture, request_bytes: bytes
) -> None:
    with caplog.at_level(logging.INFO):
        answer = await raw(origin, request_bytes)
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 "))
    assert answer.endswith(b'{"error": "bad_request"}')
    assert b"X-Content-Type-Options: nosniff" in answer
    assert b"aiohttp" not in answer
    assert not any(record.exc_info for record in caplog.records)


async def test_an_odd_expectation_breaks_nothing(origin: str) -> None:
    request = b"POST /live HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n"
    answer = await raw(origin, request)
    assert answer.split(b" ", 2)[1] in {b"405", b"417"}


async def test_a_taken_port_is_told_with_what_to_do(
    origin: str, decider: Decider, readiness: Readiness
) -> None:
    port = urlsplit(origin).port
    assert port is not None
    app = make_app(ready=readiness, receive=decider)
    with pytest.raises(SetupError, match=f"port {port} .*TALKIE_WEB_PORT"):
        async with serving(app, host="127.0.0.1", port=port):
            pytest.fail("it must not start")


async def test_after_the_block_nobody_listens(decider: Decider, readiness: Readiness) -> None:
    async with serving(make_app(ready=readiness, receive=decider), host="::1", port=0) as origin:
        assert origin.startswith("http://[::1]:")
        async with aiohttp.ClientSession(origin) as visitor:
            assert (await ask(visitor, "GET", "/live"))[0] == 200
    async with aiohttp.ClientSession(origin) as visitor:
        with pytest.raises(aiohttp.ClientConnectorError):
            await ask(visitor, "GET", "/live")
