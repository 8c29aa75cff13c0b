"""The deAPI stand-in: a real server on loopback that answers as deAPI is documented to."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Self

from aiohttp import web

from tests.fakes.deapi import catalog, hooks, prompts, results, rules, trouble
from tests.fakes.deapi.behaviour import Behaviour, Faults, Guidance, PriceBody
from tests.fakes.deapi.buckets import Buckets
from tests.fakes.deapi.control import Control
from tests.fakes.deapi.deliveries import Deliveries
from tests.fakes.deapi.jobs import Job, Jobs
from tests.fakes.deapi.record import Seen, read_fields
from tests.fakes.deapi.sockets import Sockets
from tests.fakes.deapi.trouble import refuse
from tests.fakes.moments import Moments

PREFIX = "/api/v2/"
LARGEST_BODY = 75 * 1024 * 1024
GONE = 499
"""Whoever asked died before the request had arrived as a whole."""
LEAST_BALANCE = Decimal("0.49")
TICKS = 8
SHORTEST_TICK_S = 0.02
RATE = web.RequestKey("RATE", dict[str, str])


class StandIn:
    """`async with StandIn() as deapi:` serves at `deapi.url` until the block ends."""

    def __init__(
        self,
        behaviour: Behaviour | None = None,
        *,
        port: int = 0,
        now_s: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.behaviour = behaviour or Behaviour()
        self.faults = Faults()
        self.models = catalog.standard()
        self.jobs = Jobs(self.behaviour, now_s)
        self.seen: list[Seen] = []
        self.moments = Moments()
        self.url = ""
        self.results_url = ""
        self.held = asyncio.Event()
        """Set once a slow answer is being held back; `release` lets it go."""
        self.release = asyncio.Event()
        self.deliveries = Deliveries(
            self.behaviour, self.faults, now_s=now_s, sleep=sleep, link=self._link
        )
        self.sockets = Sockets(self.behaviour, self.faults, self._link)
        self.jobs.watchers += [self.deliveries.tell, self.sockets.tell]
        self._buckets = Buckets(self.behaviour, now_s)
        self._now_s = now_s
        self._ticking: set[asyncio.Task[None]] = set()
        self._port = port
        self._runners: list[web.AppRunner] = []

    async def __aenter__(self) -> Self:
        self.results_url = await self._serve(results.application(self.jobs, self.moments), 0)
        app = web.Application(client_max_size=LARGEST_BODY)
        app.add_routes(Control(self).routes())
        app.add_routes(self.sockets.routes())
        app.router.add_route("*", "/{path:.*}", self._answer)
        self.url = await self._serve(app, self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.release.set()
        for task in self._ticking:
            task.cancel()
        await asyncio.gather(*self._ticking, return_exceptions=True)
        await self.deliveries.close()
        self.sockets.drop()
        for runner in self._runners:
            await runner.cleanup()

    @property
    def socket_url(self) -> str:
        """For TALKIE_DEAPI_SOCKET_URL."""
        return f"{self.url.replace('http', 'ws', 1)}/app/{self.behaviour.app_key}"

    @property
    def posts(self) -> int:
        """How many submits arrived whole, accepted or not."""
        paths = {PREFIX + submit.path for submit in rules.SUBMITS}
        return sum(seen.method == "POST" and seen.path in paths for seen in self.seen)

    @property
    def price_reads(self) -> int:
        """How many prices were asked for, answered or not."""
        return sum(seen.path.endswith("/price") for seen in self.seen)

    @property
    def rewritings(self) -> list[Seen]:
        """The prompts that were to be rewritten, accepted or not; no prices."""
        return [seen for seen in self.seen if seen.path == PREFIX + prompts.PATH]

    def asked(self, path: str) -> list[Seen]:
        """The requests below a path such as `videos/`, in order."""
        return [seen for seen in self.seen if seen.path.startswith(PREFIX + path)]

    def retire(self, slug: str) -> None:
        """Take a model away, as deAPI does without notice."""
        self.models = [model for model in self.models if model.slug != slug]

    def expire_links(self) -> None:
        """Make every result link handed out so far too old."""
        self.jobs.links.clear()

    async def send_webhook(self, job_id: str, event: str) -> int:
        """Deliver an event such as `job.completed` once and out of turn; answers the status."""
        job = self.jobs.by_id[job_id]
        return await hooks.send(
            job,
            event,
            now_s=int(self._now_s()),
            result_url=self._link(job),
            origin=self.behaviour.webhook_origin,
        )

    def _link(self, job: Job) -> str:
        return self.results_url + self.jobs.link(job)

    def _tick(self, job: Job, seconds: float) -> None:
        """Let a job advance by the clock although nobody looks at it."""

        async def tick() -> None:
            while not job.has_ended:
                await asyncio.sleep(max(seconds / TICKS, SHORTEST_TICK_S))
                self.jobs.advance(job)

        task = asyncio.create_task(tick())
        self._ticking.add(task)
        task.add_done_callback(self._ticking.discard)

    async def _serve(self, app: web.Application, port: int) -> str:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        self._runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", port).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(PREFIX)
        try:
            fields = await read_fields(request)
        except ConnectionError:
            return web.Response(status=GONE)
        self.seen.append(
            Seen(
                method=request.method, path=request.path, headers=dict(request.headers),
                fields=fields,
            )
        )  # fmt: skip
        return await self.moments.escort(
            request, fields, lambda: self._answer_read(request, path, fields)
        )

    async def _answer_read(
        self, request: web.Request, path: str, fields: dict[str, object]
    ) -> web.StreamResponse:
        planned = self.faults.take(path) if request.path.startswith(PREFIX) else None
        if planned and (early := trouble.before(planned, request)):
            return early
        answer = self._gate(request, path, fields) or await self._route(request, path, fields)
        if planned:
            return await trouble.after(
                planned,
                request,
                answer,
                held=self.held,
                release=self.release,
                slow_s=self.behaviour.slow_s,
            )
        return answer

    def _gate(
        self, request: web.Request, path: str, fields: dict[str, object]
    ) -> web.Response | None:
        agent = request.headers.get("User-Agent", "")
        if not agent or agent.startswith("Python"):
            return trouble.cloudflare()
        if not self._knows(request, path):
            return refuse(404, f"The route {request.path[1:]} could not be found.")
        if request.headers.get("Authorization") != f"Bearer {self.behaviour.key}":
            return refuse(401, "Unauthenticated.")
        family, bucket = _bucket(path, fields)
        verdict = self._buckets.take(family, bucket)
        request[RATE] = verdict.headers
        return None if verdict.passes else refuse(429, "Too Many Attempts.", verdict.headers)

    def _knows(self, request: web.Request, path: str) -> bool:
        if not request.path.startswith(PREFIX):
            return False
        if request.method == "POST":
            return path in rules.ENDPOINTS or path in prompts.PATHS
        return request.method == "GET" and (
            path in {"account/balance", "models"}
            or (path.startswith("jobs/") and path.count("/") == 1)
        )

    async def _route(
        self, request: web.Request, path: str, fields: dict[str, object]
    ) -> web.Response:
        if path in rules.ENDPOINTS:
            return await self._post(request, rules.ENDPOINTS[path], fields)
        if path in prompts.PATHS:
            return prompts.answer(self.behaviour, self.models, path, request, fields)
        if path == "models":
            return web.json_response(
                catalog.page(self.models, request.query, self.url + request.path),
                headers=request[RATE],
            )
        if path == "account/balance":
            shown: dict[str, object] = {"balance": float(self.behaviour.balance)}
        else:
            job = self.jobs.by_id.get(path.removeprefix("jobs/"))
            if job is None:
                return refuse(404, "No query results for the requested resource.", request[RATE])
            self.jobs.look(job)
            shown = self.jobs.show(job, self.results_url)
        return web.json_response({"data": shown}, headers=request[RATE])

    async def _post(
        self, request: web.Request, endpoint: rules.Endpoint, fields: dict[str, object]
    ) -> web.Response:
        rate = request[RATE]
        errors = await self._errors(request, endpoint, fields)
        if errors and "application/json" not in request.headers.get("Accept", ""):
            return web.Response(status=302, headers={**rate, "Location": "/"})
        if errors:
            return web.json_response(rules.envelope(errors), status=422, headers=rate)
        if endpoint.inference == rules.SPEECH.inference:
            price = catalog.speech_price(len(str(fields["text"])))
        else:
            sizes = (int(str(fields[name])) for name in ("width", "height", "frames"))
            price = catalog.price(*sizes)
        if endpoint.is_price:
            return web.json_response({"data": {"price": float(price)}}, headers=rate)
        if self.behaviour.balance < max(LEAST_BALANCE, price):
            poor = rules.envelope({"balance": ["Your balance is too low for this job."]})
            return web.json_response(poor, status=422, headers=rate)
        job = self.jobs.accept(endpoint, fields, price, self.faults.take_job())
        if self.behaviour.seconds_to_done is not None:
            self._tick(job, self.behaviour.seconds_to_done)
        if self.behaviour.begins_before_answer:
            self.jobs.process(job, 0)
            await self.deliveries.until_tried(job)
        return web.json_response({"data": {"request_id": job.id}}, headers=rate)

    async def _errors(
        self, request: web.Request, endpoint: rules.Endpoint, fields: dict[str, object]
    ) -> dict[str, list[str]]:
        submit = rules.ENDPOINTS[endpoint.path.removesuffix("/price")]
        mirrored = endpoint.is_price and request.content_type == rules.MULTIPART
        wants_mirror = endpoint.is_price and submit.body == rules.MULTIPART
        if mirrored and self.behaviour.price_body is PriceBody.JSON:
            return {"model": ["The model field is required."]}
        if mirrored or (wants_mirror and self.behaviour.price_body is PriceBody.MIRROR):
            return await rules.check(submit, fields, self.models)
        errors = await rules.check(endpoint, fields, self.models)
        given = fields.get("guidance")
        if self.behaviour.guidance is Guidance.ABSENT and given is None:
            errors.pop("guidance", None)
        is_clip = endpoint.inference != rules.SPEECH.inference
        if (
            is_clip
            and not endpoint.is_price
            and (found := rules.guidance_faults(self.behaviour.guidance, given))
        ):
            errors["guidance"] = found
        return errors


def _bucket(path: str, fields: dict[str, object]) -> tuple[str, str]:
    if path.endswith("/price"):
        return "price", "price"
    if path == rules.SPEECH.path:
        return "speech", "speech"
    family = path.split("/", maxsplit=1)[0]
    return family, f"{path}:{fields.get('model')}" if family == "videos" else family
