"""The calls of deAPI that make clips and speech; reads repeat themselves, submits never do."""

import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Self, TypeVar

import aiohttp
from yarl import URL

from bot.deapi import enhancement
from bot.deapi.answers import decode
from bot.deapi.bodies import Body, Clip, placeholders
from bot.deapi.enhancement import Enhancement
from bot.deapi.errors import Ambiguous, BadResponse, Invalid, NotFound, OutOfFunds
from bot.deapi.limits import RateLimits
from bot.deapi.models import (
    Accepted,
    Balance,
    Enhanced,
    Inference,
    Job,
    Model,
    ModelList,
    Price,
)
from bot.deapi.results import Downloader, is_loopback
from bot.deapi.retry import Policy, Repeater, Timing
from bot.deapi.speech import Speech
from bot.deapi.wire import Wire

T = TypeVar("T")
BASE_URL = "https://api.deapi.ai"
LARGEST_RESULT = 100 * 1024 * 1024
LARGEST_PAGE = 50
MOST_PAGES = 20
HANDLE = re.compile(r"[A-Za-z0-9_-]{1,200}")
PATHS = {
    Inference.TEXT: "api/v2/videos/generations",
    Inference.IMAGE: "api/v2/videos/animations",
    Inference.AUDIO: "api/v2/videos/audio-syncs",
    Inference.SPEECH: "api/v2/audio/speech",
}
GUIDANCES: tuple[float | None, ...] = (1.0, 0, None)
"""What is tried in turn for text and image: sources disagree on what a model without guidance
takes, and a 422 has started nothing."""


class Client:
    """`async with Client(key, user_agent=...) as deapi:`; every call raises DeapiError.

    A session that is handed in serves the reads and stays open; submits and downloads have
    connections of their own.
    """

    def __init__(
        self,
        key: str,
        *,
        user_agent: str,
        base_url: str = BASE_URL,
        session: aiohttp.ClientSession | None = None,
        policy: Policy | None = None,
        timing: Timing | None = None,
    ) -> None:
        if not key.isascii() or not key.isprintable() or not key or " " in key:
            raise ValueError("A deAPI key is one word of plain characters.")
        if URL(base_url).scheme != "https" and not is_loopback(base_url):
            raise ValueError("deAPI is spoken to over https alone.")
        timing = timing or Timing()
        headers = {"Authorization": f"Bearer {key}", "User-Agent": user_agent}
        self._wire = Wire(base_url, headers, timing, session)
        self._repeater = Repeater(policy=policy or Policy(), timing=timing)
        self._downloader = Downloader(user_agent=user_agent, allow_local=is_loopback(base_url))
        self._guidance: dict[tuple[Inference, str], int] = {}
        self._mirrored: set[Inference] = set()
        self._enhances_mirrored = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    @property
    def last_limits(self) -> Mapping[str, RateLimits]:
        """The allowance each path told of last: `jobs`, or such as `api/v2/videos/generations`."""
        return self._wire.limits

    async def submit_text(self, clip: Clip) -> str:
        """Start a clip from its prompt alone; answers the request id."""
        return await self._submit(Inference.TEXT, clip, {})

    async def submit_animation(self, clip: Clip, first: Path, last: Path | None = None) -> str:
        """Start a clip that begins with one picture and may end with another."""
        return await self._submit(Inference.IMAGE, clip, _files(first=first, last=last))

    async def submit_audio_sync(
        self, clip: Clip, audio: Path, first: Path | None = None, last: Path | None = None
    ) -> str:
        """Start a clip that is driven by a sound (MP3 or OGG, 1 to 11 s)."""
        return await self._submit(
            Inference.AUDIO, clip, _files(audio=audio, first=first, last=last)
        )

    async def submit_speech(self, speech: Speech) -> str:
        """Start speaking a line; answers the request id."""
        return await self._send(Inference.SPEECH, _body(Inference.SPEECH, speech.fields(), {}))

    def observe(self, observer: Callable[[str, RateLimits], None]) -> None:
        """Tell this one of every allowance as it comes, by the names of `last_limits`."""
        self._wire.observers.append(observer)

    async def job(self, request_id: str, *, repeats: bool = True) -> Job:
        """Look at a job; its result link is a fresh one.

        A caller that counts its looks takes one without repetition.
        """
        if not HANDLE.fullmatch(request_id):
            raise NotFound("no request id looks like this")
        path = f"api/v2/jobs/{request_id}"
        if repeats:
            answer = await self._repeater.read(lambda: self._wire.read("GET", path))
        else:
            answer = await self._wire.read("GET", path)
        return decode(answer, Job, inside="data")

    async def models(self, inference: Inference | None = None) -> list[Model]:
        """Every model of the account that can do this."""
        found: list[Model] = []
        for number in range(1, MOST_PAGES + 1):
            page = await self._models_page(inference, number)
            found += page.data
            if number >= (page.meta.last_page or 1):
                break
        return [model for model in found if not inference or inference in model.inference_types]

    async def balance(self) -> int:
        """What the account holds, in micro-dollars."""
        answer = await self._repeater.read(lambda: self._wire.read("GET", "api/v2/account/balance"))
        return decode(answer, Balance, inside="data").micro

    async def price(self, inference: Inference, clip: Clip) -> int:
        """What a clip would cost, in micro-dollars; nothing is reserved.

        The documents say that prices are asked for in JSON, deAPI's own tester says that the body
        is that of the submit, files included. So the second is tried where the first is refused.
        """
        price = await self._plain_price(inference, clip.fields(inference))
        if price is not None:
            return price
        files = placeholders(inference, clip.frames, clip.fps)
        price = await self._guided(
            inference, clip, lambda fields: self._price(inference, _body(inference, fields, files))
        )
        self._mirrored.add(inference)
        return price

    async def price_speech(self, speech: Speech) -> int:
        """What a spoken line would cost, in micro-dollars; asked as for a clip."""
        price = await self._plain_price(Inference.SPEECH, speech.fields())
        if price is not None:
            return price
        mirrored = _body(Inference.SPEECH, speech.fields(), {})
        price = await self._price(Inference.SPEECH, mirrored)
        self._mirrored.add(Inference.SPEECH)
        return price

    async def enhance(self, asked: Enhancement) -> str:
        """A prompt in better words; it is paid for, answered at once, and never asked twice."""
        answer = await self._wire.submit(enhancement.PATH, asked.body())
        try:
            return decode(answer, Enhanced, inside="data").prompt
        except BadResponse as error:
            raise Ambiguous(str(error)) from error

    async def price_enhancement(self, asked: Enhancement) -> int:
        """What rewriting a prompt would cost, in micro-dollars; Invalid where it is not offered.

        The price needs no picture by the documents; it is asked again with one where it does.
        """
        if self._enhances_mirrored and asked.inference is Inference.IMAGE:
            return await self._enhancement_price(asked.mirrored())
        try:
            return await self._enhancement_price(asked.price_body())
        except Invalid as error:
            if "image" not in error.fields:
                raise
        price = await self._enhancement_price(asked.mirrored())
        self._enhances_mirrored = True
        return price

    async def download(self, url: str, target: Path, *, max_bytes: int = LARGEST_RESULT) -> int:
        """Write a result to `target` and answer its size; a target that exists is replaced."""
        return await self._repeater.read(
            lambda: self._downloader.fetch(url, target, max_bytes=max_bytes)
        )

    async def _models_page(self, inference: Inference | None, number: int) -> ModelList:
        query = {"limit": str(LARGEST_PAGE), "page": str(number)}
        if inference:
            query["filter[inference_types]"] = inference.value
        answer = await self._repeater.read(
            lambda: self._wire.read("GET", "api/v2/models", query=query)
        )
        return decode(answer, ModelList)

    async def _plain_price(self, inference: Inference, fields: dict[str, object]) -> int | None:
        """The price as the documents say it is asked for; None where that is refused."""
        if inference in self._mirrored:
            return None
        try:
            return await self._price(inference, Body(fields=fields))
        except OutOfFunds:
            raise
        except Invalid as error:
            if set(error.fields) == {"model"}:
                raise
            return None

    async def _price(self, inference: Inference, body: Body) -> int:
        path = f"{PATHS[inference]}/price"
        answer = await self._repeater.read(lambda: self._wire.read("POST", path, body=body))
        return decode(answer, Price, inside="data").micro

    async def _enhancement_price(self, body: Body) -> int:
        path = f"{enhancement.PATH}/price"
        answer = await self._repeater.read(lambda: self._wire.read("POST", path, body=body))
        # Unlike all the others it is documented without `data` around it; both are read.
        return decode(answer, Price, inside="data").micro

    async def _submit(
        self, inference: Inference, clip: Clip, files: dict[str, Path | bytes]
    ) -> str:
        async def once(fields: dict[str, object]) -> str:
            return await self._send(inference, _body(inference, fields, files))

        return await self._guided(inference, clip, once)

    async def _send(self, inference: Inference, body: Body) -> str:
        """The one request that is paid for; never repeated."""
        answer = await self._wire.submit(PATHS[inference], body)
        try:
            return decode(answer, Accepted, inside="data").request_id
        except BadResponse as error:
            raise Ambiguous(str(error)) from error

    async def _guided(
        self, inference: Inference, clip: Clip, send: Callable[[dict[str, object]], Awaitable[T]]
    ) -> T:
        """Send with the guidance this model is known to take, else with each in turn."""
        fields = clip.fields(inference)
        if inference is Inference.AUDIO:
            return await send(fields)
        known = (inference, clip.model)
        while True:
            step = self._guidance.get(known, 0)
            guidance = GUIDANCES[step]
            extra = {} if guidance is None else {"guidance": guidance}
            try:
                return await send({**fields, **extra})
            except Invalid as error:
                if "guidance" not in error.fields or step + 1 == len(GUIDANCES):
                    self._guidance.pop(known, None)
                    raise
                self._guidance[known] = step + 1


def _body(inference: Inference, fields: dict[str, object], files: dict[str, Path | bytes]) -> Body:
    return Body(fields=fields, files=files, is_form=inference is not Inference.TEXT)


def _files(
    *, audio: Path | None = None, first: Path | None = None, last: Path | None = None
) -> dict[str, Path | bytes]:
    named = {"audio": audio, "first_frame_image": first, "last_frame_image": last}
    return {name: path for name, path in named.items() if path}
