"""Requests to the stand-in, sent by hand; and one good body for each path."""

import io
from typing import Any

import aiohttp

from tests.fakes import samples
from tests.fakes.deapi import catalog, rules
from tests.fakes.deapi.server import StandIn
from tests.fakes.deapi.uploads import Upload

Answer = tuple[int, dict[str, Any], dict[str, str]]
WEB_HOOK = {"webhook_url": "https://talkie.example/hook", "webhook_secret": "s" * 32}
WRONG_SPEECH: dict[str, list[Any]] = {
    "text": [None, "hm", "a" * 10_002],
    "lang": [None, "xx"],
    "speed": [None, 0.4, 2.5],
    "format": [None, "wav"],
    "sample_rate": [None, 48_000],
    "mode": ["voice_clone"],
    "voice": [None, "af_sky"],
}
PNG = Upload("a.png", "image/png", samples.picture())


async def ask(
    deapi: StandIn,
    method: str,
    path: str,
    fields: dict[str, Any] | None = None,
    *,
    body: str = rules.JSON,
    headers: dict[str, str] | None = None,
) -> Answer:
    usual = {
        "Authorization": f"Bearer {deapi.behaviour.key}",
        "Accept": "application/json",
        "User-Agent": "Talkie/0 (tests)",
    }
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            method,
            f"{deapi.url}/api/v2/{path}",
            headers=usual | (headers or {}),
            allow_redirects=False,
            **({} if fields is None else _sent(fields, body)),
        ) as answer,
    ):
        is_json = answer.content_type == "application/json"
        told = await answer.json() if is_json else {"html": await answer.text()}
        return answer.status, told, dict(answer.headers)


def _sent(fields: dict[str, Any], body: str) -> dict[str, Any]:
    if body == rules.JSON:
        return {"json": fields}
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        if isinstance(value, Upload):
            form.add_field(
                name,
                io.BytesIO(value.content),
                filename=value.filename,
                content_type=value.content_type,
            )
        else:
            form.add_field(name, str(value))
    return {"data": form}


def good(path: str) -> dict[str, Any]:
    endpoint = rules.ENDPOINTS[path]
    every: dict[str, Any] = {
        "prompt": "a cat",
        "model": catalog.LTX.slug,
        "width": 768,
        "height": 512,
        "frames": 121,
        "fps": 24,
        "steps": 8,
        "guidance": 1.0,
        "seed": 7,
        "negative_prompt": "rain",
        "enhance_prompt": 0,
        "first_frame_image": PNG,
        "last_frame_image": PNG,
        "audio": Upload("a.mp3", "audio/mpeg", samples.sound(2)),
        **WEB_HOOK,
    }
    if endpoint.inference == rules.SPEECH.inference:
        every |= {
            "model": catalog.SPEAKER.slug,
            "text": "Good morning.",
            "lang": "it",
            "speed": 1,
            "format": "mp3",
            "sample_rate": 24_000,
            "mode": "custom_voice",
            "voice": "if_sara",
        }
    return {name: every[name] for name in endpoint.fields}
