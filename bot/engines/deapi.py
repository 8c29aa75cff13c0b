"""The engine that renders through deAPI: money, models and doubt, over the client."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bot.deapi import errors
from bot.deapi.bodies import Clip, Webhook
from bot.deapi.client import PATHS, Client
from bot.deapi.limits import JOBS, RateLimits
from bot.deapi.models import Inference, Job, JobStatus, Model
from bot.engines import base, clips, outcomes, rewriting, speaking
from bot.engines.base import (
    Ask,
    Draft,
    Finding,
    Observer,
    Quote,
    Reason,
    Spec,
    State,
    Task,
    Voice,
)
from storage.records import Mode

T = TypeVar("T")
INFERENCES = {Mode.TEXT: Inference.TEXT, Mode.IMAGE: Inference.IMAGE, Mode.AUDIO: Inference.AUDIO}
_CLIPS = frozenset(PATHS[inference] for inference in INFERENCES.values())
FLOOR_MICRO = 490_000
"""deAPI takes no job from an account that holds less."""
FRESH_S = 300.0
HANDLE = re.compile(r"[A-Za-z0-9_-]{1,200}")
MOST_LINKS = 256
ASKING = "A quiet street at dusk."
"""Prices do not depend on the prompt, but the price endpoint may ask for one."""


class DeapiEngine:
    """Starts one clip at a time; what was started renders in parallel."""

    name = "deapi"
    restart_is_free = False
    speaks = True
    rewrites = rewriting.MODES

    def __init__(
        self,
        client: Client,
        *,
        model: str,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._model = model
        self._clock_s = clock_s
        self._posting = asyncio.Lock()
        self._models: dict[Inference, tuple[float, list[Model]]] = {}
        self._links: dict[str, str] = {}

    def observe(self, observer: Observer) -> None:
        """Tell what the headers say about looks and submits; the rest is hardly limited."""

        def hear(path: str, told: RateLimits) -> None:
            if path == JOBS:
                observer(Ask.LOOK, outcomes.allowance(told))
            elif path in _CLIPS:
                observer(Ask.START, outcomes.allowance(told))

        self._client.observe(hear)

    async def model_for(self, spec: Spec) -> str:
        """The model for a clip; the list of models is asked anew after a few minutes."""
        return (await _reading(self._choose(spec))).slug

    async def quote(self, spec: Spec) -> Quote:
        """Price and model for a clip; each price is a read of the day's allowance."""
        return await _reading(self._quote(spec))

    async def voices(self) -> list[Voice]:
        """Every voice that a model has ready; the list is asked anew after a few minutes."""
        return speaking.voices(await _reading(self._known_models(Inference.SPEECH)))

    async def quote_speech(self, characters: int, voice: Voice) -> Quote:
        """The price of a spoken line; each price is a read of the day's allowance."""
        asked = self._client.price_speech(speaking.sample(characters, voice))
        return Quote(price_micro=await _reading(asked), model=voice.model)

    async def quote_rewriting(self, characters: int, mode: Mode, model: str) -> Quote:
        """The price of rewriting a prompt; each price is a read of the day's allowance."""
        asked = self._client.price_enhancement(rewriting.sample(characters, mode, model))
        return Quote(price_micro=await _reading(asked), model=model)

    async def rewrite(self, draft: Draft) -> str:
        """Send the one paid request of a rewriting."""
        try:
            return await self._client.enhance(rewriting.enhancement(draft))
        except errors.Ambiguous as error:
            raise base.Unsure(Reason.DOWN, str(error)) from error
        except errors.DeapiError as error:
            raise outcomes.not_started(error) from error

    async def balance(self) -> int | None:
        """What the account holds, in micro-dollars."""
        return await _reading(self._client.balance())

    async def start(self, task: Task) -> str:
        """Send the one paid request of a clip or a line; answers deAPI's request id."""
        async with self._posting:
            send = await _reading(self._afford(task))
            try:
                return await send()
            except errors.Ambiguous as error:
                raise base.Unsure(Reason.DOWN, str(error)) from error
            except errors.DeapiError as error:
                if isinstance(error, errors.Invalid) and "model" in error.fields:
                    self._forget_models()
                raise outcomes.not_started(error) from error

    async def look(self, handle: str) -> State:
        """How a job is getting on."""
        if not HANDLE.fullmatch(handle):
            return base.Lost()
        try:
            job = await self._client.job(handle, repeats=False)
        except errors.NotFound:
            return base.Lost()
        except errors.DeapiError as error:
            raise outcomes.unreadable(error) from error
        self._keep_link(handle, job)
        return outcomes.state(job)

    async def fetch(self, handle: str, target: Path) -> None:
        """Download the result by the link of the last look; one too old is asked for anew."""
        try:
            try:
                await self._download(handle, target)
            except errors.LinkExpired:
                await self._download(handle, target)
        except errors.DeapiError as error:
            raise outcomes.unreadable(error) from error

    async def cancel(self, handle: str) -> bool:
        """False: deAPI stops nothing that was started."""
        del handle
        return False

    async def forget(self, handle: str) -> None:
        """DeAPI keeps and deletes results by itself."""

    async def examine(self) -> list[Finding]:
        """The key, the balance and a model for each mode."""
        try:
            balance_micro = await self._client.balance()
        except errors.DeapiError as error:
            return [outcomes.trouble(error)]
        rich = balance_micro >= FLOOR_MICRO
        held = f"the account holds ${balance_micro / 1_000_000:.2f}"
        findings = [
            Finding(subject="deAPI key", ok=True, message="accepted"),
            Finding(
                subject="deAPI balance",
                ok=rich,
                message=held,
                remedy="" if rich else "Add funds: deAPI starts nothing below $0.49.",
            ),
        ]
        return [*findings, *[await self._examine_model(mode) for mode in Mode]]

    async def _quote(self, spec: Spec) -> Quote:
        model = await self._choose(spec)
        clip = clips.clip(spec, model.slug, prompt=ASKING, seed=0, steps=clips.steps(model))
        price_micro = await self._client.price(INFERENCES[spec.mode], clip)
        return Quote(price_micro=price_micro, model=model.slug)

    async def _choose(self, spec: Spec) -> Model:
        """The configured model, or while it is gone another that takes such a clip."""
        models = await self._known_models(INFERENCES[spec.mode])
        for model in models:
            if model.slug == self._model:
                return model
        native_first = sorted(models, key=lambda model: model.status != "standard_model")
        for model in native_first:
            if clips.fits(model, spec):
                return model
        detail = f"no model renders {spec.mode} at {spec.width}x{spec.height}, {spec.frames} frames"
        raise base.NotStarted(Reason.NO_MODEL, detail)

    async def _known_models(self, inference: Inference) -> list[Model]:
        asked_s, models = self._models.get(inference, (0.0, []))
        if not models or self._clock_s() - asked_s > FRESH_S:
            models = await self._client.models(inference)
            self._models[inference] = (self._clock_s(), models)
        return models

    def _forget_models(self) -> None:
        self._models.clear()

    async def _afford(self, task: Task) -> Callable[[], Awaitable[str]]:
        """How a task is sent, once the balance is known to cover it."""
        if task.speech is not None:
            speakers = await self._known_models(Inference.SPEECH)
            line = speaking.line(task, task.speech, speakers)
            await self._refuse_unaffordable(task)
            return lambda: self._client.submit_speech(line)
        clip = await self._clip_of(task)
        await self._refuse_unaffordable(task)
        return lambda: self._submit(task, clip)

    async def _refuse_unaffordable(self, task: Task) -> None:
        balance_micro = await self._client.balance()
        if balance_micro < max(FLOOR_MICRO, task.price_micro):
            detail = f"balance {balance_micro}, price {task.price_micro}"
            raise base.NotStarted(Reason.BROKE, detail)

    async def _clip_of(self, task: Task) -> Clip:
        models = await self._known_models(INFERENCES[task.spec.mode])
        model = next((model for model in models if model.slug == task.model), None)
        if model is None:
            self._forget_models()
            raise base.NotStarted(Reason.NO_MODEL, f"{task.model} is not offered now")
        clip = clips.clip(
            task.spec, model.slug, prompt=task.prompt, seed=task.seed, steps=clips.steps(model)
        )
        if task.report is None:
            return clip
        return replace(clip, webhook=Webhook(url=task.report.url, secret=task.report.secret))

    async def _submit(self, task: Task, clip: Clip) -> str:
        if task.spec.mode is Mode.TEXT:
            return await self._client.submit_text(clip)
        if task.spec.mode is Mode.IMAGE:
            first = _needed(task.first_image, "first image")
            return await self._client.submit_animation(clip, first, task.last_image)
        sound = _needed(task.sound_mp3, "MP3")
        return await self._client.submit_audio_sync(clip, sound, task.first_image, task.last_image)

    async def _download(self, handle: str, target: Path) -> None:
        link = self._links.pop(handle, None)
        if link is None:
            job = await self._client.job(handle)
            if job.status is not JobStatus.DONE or not job.result_url:
                raise base.Unreadable(Reason.MISSING, f"no result: {job.status}")
            link = job.result_url
        await self._client.download(link, target)

    def _keep_link(self, handle: str, job: Job) -> None:
        """The look that found a clip done has its link as well: no second one is needed."""
        if job.status is JobStatus.DONE and job.result_url:
            self._links[handle] = job.result_url
            if len(self._links) > MOST_LINKS:
                self._links.pop(next(iter(self._links)))

    async def _examine_model(self, mode: Mode) -> Finding:
        subject = f"deAPI model for {mode}"
        try:
            models = await self._known_models(INFERENCES[mode])
        except errors.DeapiError as error:
            return Finding(subject=subject, ok=False, message=str(error), remedy="Try again later.")
        slugs = [model.slug for model in models]
        if self._model in slugs:
            return Finding(subject=subject, ok=True, message=self._model)
        offered = ", ".join(slugs) or "none"
        return Finding(
            subject=subject,
            ok=False,
            message=f"{self._model} is not offered for this mode",
            remedy=f"Set TALKIE_DEAPI_MODEL to one of these: {offered}.",
        )


async def _reading(question: Awaitable[T]) -> T:
    """What is asked before a submit: nothing has been started yet, whatever goes wrong."""
    try:
        return await question
    except errors.DeapiError as error:
        raise outcomes.not_started(error) from error


def _needed(path: Path | None, what: str) -> Path:
    if path is None:
        raise base.Refused(Reason.REJECTED, f"the task has no {what}")
    return path
