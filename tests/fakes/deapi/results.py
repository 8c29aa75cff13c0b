"""The host of the results: signed links, no bearer token, and downloads that go wrong."""

import asyncio

from aiohttp import web

from tests.fakes.deapi import clips, voices
from tests.fakes.deapi.behaviour import JobFault
from tests.fakes.deapi.jobs import Job, Jobs
from tests.fakes.moments import Moments

CHUNK = b"\0" * 65_536
DENIED = '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'


def denied() -> web.Response:
    """What a storage host says to a wrong or old link."""
    return web.Response(status=403, text=DENIED, content_type="application/xml")


def application(jobs: Jobs, moments: Moments) -> web.Application:
    """An application that serves the results of these jobs."""

    async def download(request: web.Request) -> web.StreamResponse:
        return await moments.escort(request, request.match_info, lambda: serve(request))

    async def serve(request: web.Request) -> web.StreamResponse:
        if "Authorization" in request.headers:
            return denied()
        job = jobs.open_link(request.query.get("X-Amz-Signature", ""))
        if job is None or request.match_info["job"] != job.file:
            return denied()
        return await _answer(request, job, jobs.behaviour.oversized_bytes)

    app = web.Application()
    app.router.add_get("/1/{job}", download)
    return app


async def _answer(request: web.Request, job: Job, oversized_bytes: int) -> web.StreamResponse:
    is_first = job.downloads == 1
    if job.fault is JobFault.NOT_VIDEO or (job.fault is JobFault.PAGE_FIRST and is_first):
        return web.Response(text="<html>Not here.</html>", content_type="text/html")
    if job.fault is JobFault.OVERSIZED:
        return await _pour(request, oversized_bytes)
    if job.line is not None:
        return await _speak(request, job, job.line)
    width, height, frames = (int(str(job.fields[name])) for name in ("width", "height", "frames"))
    clip = await clips.make(width, height, frames, job.sound)
    content = await asyncio.to_thread(clip.read_bytes)
    if job.fault is JobFault.TRUNCATED:
        return await _break_off(request, content)
    if job.fault is JobFault.HALF_FIRST and is_first:
        content = content[: len(content) // 2]
    return web.Response(body=content, content_type="video/mp4")


async def _speak(request: web.Request, job: Job, line: str) -> web.StreamResponse:
    silent = job.fault is JobFault.SILENT
    voice = await voices.make(line, slowness=5.0 if job.fault is JobFault.DRAWLED else 1.0,
                              silent=silent)  # fmt: skip
    content = await asyncio.to_thread(voice.read_bytes)
    if job.fault is JobFault.TRUNCATED:
        return await _break_off(request, content)
    return web.Response(body=content, content_type="audio/mpeg")


async def _pour(request: web.Request, size: int) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "video/mp4"})
    answer.enable_chunked_encoding()
    await answer.prepare(request)
    for _ in range(0, size, len(CHUNK)):
        await answer.write(CHUNK)
    await answer.write_eof()
    return answer


async def _break_off(request: web.Request, content: bytes) -> web.StreamResponse:
    answer = web.StreamResponse(
        headers={"Content-Type": "video/mp4", "Content-Length": str(len(content))}
    )
    await answer.prepare(request)
    await answer.write(content[: len(content) // 2])
    assert request.transport is not None
    request.transport.close()
    return answer
