"""Sending an open file: parts of it, conditions on it, and nothing of it for HEAD."""

import asyncio
import os
from collections.abc import Callable
from datetime import datetime
from email.utils import formatdate, parsedate_to_datetime
from typing import IO

from aiohttp import ETag, web

from bot.web import ranges
from bot.web.ranges import Span

SLOWEST_BYTES_S = 8 * 1024
"""Whoever takes less than this in a second loses the connection, after a time of grace."""
GRACE_S = 30.0
SMALL_BYTES = 128 * 1024
"""What leaves in one write with its headers: posters, and the parts that players ask for."""


async def send(
    request: web.Request, file: IO[bytes], headers: dict[str, str]
) -> web.StreamResponse:
    """Answer a GET or HEAD with a file as its conditions and its range want it.

    It is sent before this returns. The validators are those of the open file.
    """
    status = os.fstat(file.fileno())
    etag, modified_s = f"{status.st_mtime_ns:x}-{status.st_size:x}", int(status.st_mtime)
    headers = {
        **headers,
        "ETag": f'"{etag}"',
        "Last-Modified": formatdate(modified_s, usegmt=True),
        "Accept-Ranges": "bytes",
    }
    if not _still_meant(request, etag, modified_s):
        return await _bare(request, 412, headers)
    if _known(request, etag, modified_s):
        return await _bare(request, 304, headers)
    span = None
    if request.method == "GET" and _same_for_range(request, etag, headers["Last-Modified"]):
        try:
            span = ranges.asked_for(_single(request, "Range"), status.st_size)
        except ranges.Unsatisfiable:
            headers["Content-Range"] = f"bytes */{status.st_size}"
            return await _bare(request, 416, headers)
    return await _body(request, file, headers, span, status.st_size)


async def _bare(request: web.Request, status: int, headers: dict[str, str]) -> web.StreamResponse:
    answer = web.Response(status=status, headers=headers)
    if status == 304:
        answer.headers.popall("Content-Type", None)
    await answer.prepare(request)
    await answer.write_eof()
    return answer


async def _body(
    request: web.Request, file: IO[bytes], headers: dict[str, str], span: Span | None, size: int
) -> web.StreamResponse:
    status, wanted = (200, Span(0, size)) if span is None else (206, span)
    if span is not None:
        headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{size}"
    count = wanted.stop - wanted.start
    if request.method == "GET" and 0 < count <= SMALL_BYTES:
        part = os.pread(file.fileno(), count, wanted.start)
        if len(part) == count:
            return await _at_once(request, web.Response(status=status, headers=headers, body=part))
    answer = web.StreamResponse(status=status, headers=headers)
    answer.content_length = count
    await answer.prepare(request)
    if request.method == "GET" and count and not await _poured(request, file, wanted):
        return answer
    await answer.write_eof()
    return answer


async def _at_once(request: web.Request, answer: web.Response) -> web.Response:
    """Send an answer that is small; whoever does not even take that loses the connection."""
    try:
        async with asyncio.timeout(GRACE_S):
            await answer.prepare(request)
            await answer.write_eof()
    except (ConnectionError, TimeoutError):
        if request.transport is not None:
            request.transport.abort()
    return answer


async def _poured(request: web.Request, file: IO[bytes], span: Span) -> bool:
    """Send a part of a file by the system's own means; False if the visitor left or dawdled."""
    loop, transport, count = asyncio.get_running_loop(), request.transport, span.stop - span.start
    if transport is None or transport.is_closing():
        return False
    try:
        async with asyncio.timeout(GRACE_S + count / SLOWEST_BYTES_S):
            await loop.sendfile(transport, file, span.start, count)
    except (ConnectionError, TimeoutError):
        # Players leave in the middle all the time: they seek.
        transport.abort()
        return False
    return True


def _still_meant(request: web.Request, etag: str, modified_s: int) -> bool:
    """Whether If-Match and If-Unmodified-Since let the request through."""
    if (tags := request.if_match) is not None:
        return any(tag.value in {etag, "*"} and not tag.is_weak for tag in tags)
    since = _date(lambda: request.if_unmodified_since)
    return since is None or modified_s <= since.timestamp()


def _known(request: web.Request, etag: str, modified_s: int) -> bool:
    """Whether If-None-Match and If-Modified-Since say that the visitor has it already."""
    if (tags := request.if_none_match) is not None:
        return has(tags, etag)
    since = _date(lambda: request.if_modified_since)
    return since is not None and modified_s <= since.timestamp()


def _date(read: Callable[[], datetime | None]) -> datetime | None:
    """A date of a header; None for one that no calendar has."""
    try:
        return read()
    except OverflowError:
        return None


def has(tags: tuple[ETag, ...], etag: str) -> bool:
    """Whether one of the tags of an If-None-Match is this one; weak ones count as well."""
    return any(tag.value in {etag, "*"} for tag in tags)


def _same_for_range(request: web.Request, etag: str, modified: str) -> bool:
    """Whether If-Range, if there is one, names exactly what would be sent a part of."""
    wanted = _single(request, "If-Range")
    if wanted is None or wanted == f'"{etag}"':
        return True
    try:
        return parsedate_to_datetime(wanted) == parsedate_to_datetime(modified)
    except (ValueError, OverflowError):
        return False


def _single(request: web.Request, name: str) -> str | None:
    """The value of a header; one that comes twice means what its values mean in a list."""
    values = request.headers.getall(name, [])
    return ", ".join(values) if values else None
