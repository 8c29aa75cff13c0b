"""The socket side of the stand-in: a Pusher server with one private channel per client id."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.deapi import trouble
from tests.fakes.deapi.behaviour import Behaviour, Faults
from tests.fakes.deapi.jobs import DONE, Change, Job
from tests.fakes.deapi.trouble import refuse

APP_SECRET = "the app's own secret"
UNKNOWN_APP, BAD_PROTOCOL = 4001, 4007


class _Connection:
    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        numbers = (str(secrets.randbelow(10**9)) for _ in range(2))
        self.id = ".".join(numbers)
        self.is_member = False
        self.outbox: asyncio.Queue[str | int] = asyncio.Queue()
        self._socket = socket
        self._request = request

    def say(self, event: str, data: object, channel: str | None = None) -> None:
        """Queue a frame; its data is JSON inside JSON, as Pusher has it."""
        frame = {"event": event, "data": json.dumps(data)}
        self.outbox.put_nowait(json.dumps(frame | ({"channel": channel} if channel else {})))

    def abort(self) -> None:
        """Cut the wire without a goodbye."""
        self.is_member = False
        if self._request.transport is not None:
            self._request.transport.abort()

    async def write(self) -> None:
        """Send what is queued; a number closes the socket with that code."""
        while not self._socket.closed:
            frame = await self.outbox.get()
            if isinstance(frame, int):
                await self._socket.close(code=frame)
                return
            with contextlib.suppress(ConnectionResetError):
                await self._socket.send_str(frame)


class Sockets:
    """Everybody who listens, what they said, and what they are told."""

    def __init__(self, behaviour: Behaviour, faults: Faults, link: Callable[[Job], str]) -> None:
        self.heard: list[dict[str, Any]] = []
        self.auths = 0
        self.connects = 0
        self._behaviour = behaviour
        self._faults = faults
        self._link = link
        self._connections: set[_Connection] = set()
        self._news = asyncio.Condition()

    @property
    def channel(self) -> str:
        """The one channel the key may join."""
        return f"private-client.{self._behaviour.client_id}"

    def routes(self) -> list[web.RouteDef]:
        """The socket itself and the question who may join."""
        return [
            web.get("/app/{key}", self.serve),
            web.post("/broadcasting/auth", self.permit),
        ]

    def tell(self, job: Job, change: Change) -> None:
        """Tell the members of a job's progress; of failures nothing is said."""
        if change is Change.FAILED:
            return
        words = {Change.BEGUN: "processing", Change.MOVED: "in_progress", Change.DONE: "done"}
        update = {
            "request_id": job.id,
            "status": words[change],
            "preview": None,
            "result_url": self._link(job) if job.status == DONE else None,
            "progress": f"{job.progress:.2f}",
        }
        for member in self._members():
            member.say("request.status.updated", update, self.channel)

    def say(self, text: str) -> None:
        """Send a raw frame to everybody, whatever it is."""
        for connection in self._connections:
            connection.outbox.put_nowait(text)

    def close_with(self, code: int) -> None:
        """Close every socket with a code."""
        for connection in self._connections:
            connection.is_member = False
            connection.outbox.put_nowait(code)

    def drop(self) -> None:
        """Cut every wire."""
        for connection in self._connections:
            connection.abort()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds that depends on who is connected or what was heard."""
        async with self._news:
            await self._news.wait_for(holds)

    async def until_joined(self) -> None:
        """Wait for a member of the channel."""
        await self.until(lambda: bool(self._members()))

    async def permit(self, request: web.Request) -> web.Response:
        """Sign a socket's wish to join, where the key has such a channel."""
        self.auths += 1
        planned = self._faults.take("broadcasting/auth")
        if planned and (early := trouble.before(planned, request)):
            return early
        if request.headers.get("Authorization") != f"Bearer {self._behaviour.key}":
            return refuse(401, "Unauthenticated.")
        asked = await request.json()
        if asked.get("channel_name") != self.channel:
            return refuse(403, "Forbidden")
        return web.json_response({"auth": self._sign(asked["socket_id"])})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from its greeting to its end."""
        socket = web.WebSocketResponse(timeout=0.5)
        await socket.prepare(request)
        connection = _Connection(socket, request)
        self._connections.add(connection)
        self.connects += 1
        self._greet(connection, request)
        writer = asyncio.create_task(connection.write())
        try:
            await self._notify()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(connection, json.loads(message.data))
                    await self._notify()
        finally:
            self._connections.discard(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            await self._notify()
        return socket

    def _members(self) -> list[_Connection]:
        return [connection for connection in self._connections if connection.is_member]

    def _greet(self, connection: _Connection, request: web.Request) -> None:
        wrong = 0
        if request.match_info["key"] != self._behaviour.app_key:
            wrong = UNKNOWN_APP
        elif request.query.get("protocol") != "7":
            wrong = BAD_PROTOCOL
        if wrong:
            connection.say("pusher:error", {"code": wrong, "message": "No such app or protocol."})
            connection.outbox.put_nowait(wrong)
        elif self._behaviour.socket_greets:
            told = {
                "socket_id": connection.id,
                "activity_timeout": self._behaviour.socket_activity_s,
            }
            connection.say("pusher:connection_established", told)

    def _hear(self, connection: _Connection, frame: dict[str, Any]) -> None:
        self.heard.append(frame)
        if frame["event"] == "pusher:ping" and self._behaviour.socket_answers_pings:
            connection.say("pusher:pong", {})
        elif frame["event"] == "pusher:subscribe":
            self._subscribe(connection, frame["data"])

    def _subscribe(self, connection: _Connection, asked: dict[str, str]) -> None:
        right = hmac.compare_digest(asked.get("auth", ""), self._sign(connection.id))
        if right and asked["channel"] == self.channel:
            connection.is_member = True
            connection.say("pusher_internal:subscription_succeeded", {}, self.channel)
        else:
            wrong = {"type": "AuthError", "error": "Not authorized.", "status": 401}
            connection.say("pusher:subscription_error", wrong, asked["channel"])

    async def _notify(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _sign(self, socket_id: str) -> str:
        text = f"{socket_id}:{self.channel}"
        digest = hmac.new(APP_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
        return f"{self._behaviour.app_key}:{digest}"
