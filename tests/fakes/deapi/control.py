"""The stand-in told from another process: faults, switches, stages and the record."""

from dataclasses import asdict, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.deapi.behaviour import (
    Behaviour,
    Guidance,
    HeaderSet,
    HookFault,
    JobFault,
    PriceBody,
    RequestFault,
    Tier,
)

if TYPE_CHECKING:
    from tests.fakes.deapi.server import StandIn

READERS = {
    "balance": Decimal,
    "tier": Tier,
    "headers": HeaderSet,
    "price_body": PriceBody,
    "guidance": Guidance,
}
SWITCHES = {one.name for one in fields(Behaviour)}


class Control:
    """The handlers below /_control/; they know no key and stand on loopback alone."""

    def __init__(self, stand_in: "StandIn") -> None:
        self._stand_in = stand_in

    def routes(self) -> list[web.RouteDef]:
        """The table of routes."""
        return [
            web.get("/_control/record", self.record),
            web.get("/_control/state", self.state),
            web.post("/_control/faults", self.plan),
            web.post("/_control/behaviour", self.behave),
            web.post("/_control/retire", self.retire),
            web.post("/_control/release", self.release),
            web.post("/_control/jobs/{job}", self.tell),
        ]

    async def record(self, _: web.Request) -> web.Response:
        """Every request so far."""
        return web.json_response([seen.told() for seen in self._stand_in.seen])

    async def state(self, _: web.Request) -> web.Response:
        """The switches, the jobs, the webhooks that were tried and the number of submits."""
        jobs = [
            {"id": job.id, "status": job.status, "path": job.endpoint.path, "looks": job.looks}
            for job in self._stand_in.jobs.by_id.values()
        ]
        standing = {name: str(value) for name, value in asdict(self._stand_in.behaviour).items()}
        tried = [asdict(attempt) for attempt in self._stand_in.deliveries.attempts]
        return web.json_response({
            "behaviour": standing, "jobs": jobs, "webhooks": tried, "posts": self._stand_in.posts,
        })  # fmt: skip

    async def plan(self, request: web.Request) -> web.Response:
        """Plan `{"job": fault}`, `{"request": fault, "path": prefix}` or `{"hook": fault, "event":
        name}`, each with `times`.
        """
        told = await request.json()
        times = told.get("times", 1)
        if "job" in told:
            self._stand_in.faults.plan_job(JobFault(told["job"]), times=times)
        elif "hook" in told:
            event = told.get("event", "")
            self._stand_in.faults.plan_hook(HookFault(told["hook"]), event=event, times=times)
        else:
            path = told.get("path", "")
            self._stand_in.faults.plan(RequestFault(told["request"]), path=path, times=times)
        return web.json_response({})

    async def behave(self, request: web.Request) -> web.Response:
        """Set switches of Behaviour by name."""
        told = await request.json()
        if not SWITCHES.issuperset(told):
            raise web.HTTPBadRequest(text=f"unknown: {sorted(set(told) - SWITCHES)}")
        for name, value in told.items():
            reader = READERS.get(name)
            setattr(self._stand_in.behaviour, name, reader(value) if reader else value)
        return web.json_response({})

    async def retire(self, request: web.Request) -> web.Response:
        """Take the model `slug` away."""
        self._stand_in.retire((await request.json())["slug"])
        return web.json_response({})

    async def release(self, _: web.Request) -> web.Response:
        """Send the webhooks that were held back."""
        self._stand_in.deliveries.release()
        return web.json_response({})

    async def tell(self, request: web.Request) -> web.Response:
        """Make a job `process` or `finish`, or send a `webhook` with its `event`."""
        job = self._stand_in.jobs.by_id[request.match_info["job"]]
        told = await request.json()
        if told["do"] == "process":
            self._stand_in.jobs.process(job, told.get("progress", 50))
        elif told["do"] == "finish":
            self._stand_in.jobs.finish(job)
        elif told["do"] == "webhook":
            answered = await self._stand_in.send_webhook(job.id, told["event"])
            return web.json_response({"status": answered})
        return web.json_response({"status": job.status})
