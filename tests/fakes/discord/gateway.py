"""The gateway: sessions that are identified, resumed, cut and told of events."""

import asyncio
import json
import secrets
from collections.abc import Callable
from enum import IntFlag

from aiohttp import WSMsgType, web

from tests.fakes.discord.errors import Json
from tests.fakes.discord.journal import Journal, Kind

_HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT, _INVALID, _HELLO, _ACK = 1, 2, 6, 7, 9, 10, 11
_ENDED_BY_CLIENT = (1000, 1001)


class Intent(IntFlag):
    """The intents the stand-in knows of."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
NO_INTENT = Intent(0)


class Session:
    """What a bot identified for; it outlives its connection until the bot ends it."""

    def __init__(self, intents: Intent, shard: tuple[int, int]) -> None:
        self.id = secrets.token_hex(8)
        self.intents = intents
        self.shard = shard
        self.events: list[Json] = []
        self.connection: Connection | None = None

    def serves(self, guild_id: int | None) -> bool:
        """Whether a guild's events (None: those without a guild) belong to this shard."""
        return ((guild_id or 0) >> 22) % self.shard[1] == self.shard[0]

    def send(self, name: str, payload: Json) -> None:
        """Number an event, keep it for a resume, and send it if anybody is connected."""
        event: Json = {"op": 0, "s": len(self.events) + 1, "t": name, "d": payload}
        self.events.append(event)
        if self.connection is not None:
            self.connection.send(event)


class Connection:
    """One websocket with its queue of outgoing frames; an int in it closes with that code."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        self._socket = socket
        self._transport = transport
        self._outbox: asyncio.Queue[Json | int] = asyncio.Queue()
        self.session: Session | None = None

    def send(self, frame: Json | int) -> None:
        """Queue a frame, or a close code."""
        self._outbox.put_nowait(frame)

    def abort(self) -> None:
        """Cut the wire without a goodbye."""
        self._transport.abort()

    async def write(self) -> None:
        """Send what is queued until the socket is gone."""
        while not self._socket.closed:
            frame = await self._outbox.get()
            if isinstance(frame, int):
                await self._socket.close(code=frame)
                return
            try:
                await self._socket.send_json(frame)
            except ConnectionResetError:
                return


class Gateway:
    """All sessions of the one application."""

    def __init__(
        self,
        journal: Journal,
        *,
        token: str,
        ready: Callable[[], Json],
        guilds: Callable[[], list[Json]],
    ) -> None:
        self._journal = journal
        self._token = token
        self._ready = ready
        self._guilds = guilds
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self.url = ""
        self.allowed_intents = ~PRIVILEGED

    @property
    def is_connected(self) -> bool:
        """Whether a bot listens right now."""
        return any(session.connection for session in self._sessions.values())

    def hears(self, guild_id: int | None) -> bool:
        """Whether some session will get (or, after a resume, be given) such events."""
        return any(session.serves(guild_id) for session in self._sessions.values())

    def dispatch(
        self,
        name: str,
        payload: Json,
        *,
        guild_id: int | None = None,
        intent: Intent = NO_INTENT,
        without_content: Json | None = None,
    ) -> None:
        """Tell every session it concerns; those without MESSAGE_CONTENT get the other payload."""
        self._journal.record(Kind.GATEWAY_OUT, t=name, d=payload)
        for session in self._sessions.values():
            if not session.serves(guild_id) or intent & ~session.intents:
                continue
            hidden = without_content is not None and not session.intents & Intent.MESSAGE_CONTENT
            session.send(name, without_content if hidden and without_content else payload)

    def drop(self) -> None:
        """Cut every connection; the sessions can be resumed."""
        for connection in list(self._connections):
            connection.abort()

    def ask_to_reconnect(self) -> None:
        """Op 7: bots come back by themselves and resume."""
        for connection in list(self._connections):
            connection.send({"op": _RECONNECT, "d": None, "s": None, "t": None})

    def invalidate(self) -> None:
        """Op 9: forget every session, so that bots have to identify again."""
        self._sessions.clear()
        for connection in list(self._connections):
            connection.session = None
            connection.send({"op": _INVALID, "d": False, "s": None, "t": None})

    def close(self, code: int) -> None:
        """Close every connection with a code."""
        for connection in list(self._connections):
            connection.send(code)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One websocket, from HELLO to its end."""
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        connection = Connection(socket, request.transport)
        connection.send({"op": _HELLO, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, json.loads(message.data))
        finally:
            writer.cancel()
            self._connections.discard(connection)
            self._detach(connection, socket.close_code)
        return socket

    def _detach(self, connection: Connection, close_code: int | None) -> None:
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if close_code in _ENDED_BY_CLIENT:
                self._sessions.pop(session.id, None)
        self._journal.record(Kind.DISCONNECTED, close_code=close_code)

    def _receive(self, connection: Connection, frame: Json) -> None:
        self._journal.record(Kind.GATEWAY_IN, op=frame["op"])
        match frame["op"]:
            case 1:
                connection.send({"op": _ACK, "d": None, "s": None, "t": None})
            case 2:
                self._identify(connection, frame["d"])
            case 6:
                self._resume(connection, frame["d"])
            case _:
                pass

    def _identify(self, connection: Connection, wish: Json) -> None:
        intents = Intent(wish["intents"])
        if wish["token"] != self._token:
            return connection.send(4004)
        if intents & ~self.allowed_intents:
            return connection.send(4014)
        number, count = wish.get("shard") or (0, 1)
        session = Session(intents, (number, count))
        self._forget_the_dead(session.shard)
        self._sessions[session.id] = session
        connection.session, session.connection = session, connection
        guilds = [guild for guild in self._guilds() if session.serves(int(guild["id"]))]
        session.send(
            "READY",
            self._ready()
            | {
                "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": list(session.shard),
            },
        )
        for guild in guilds:
            session.send("GUILD_CREATE", guild)
        self._journal.record(Kind.CONNECTED, resumed=False, shard=session.shard)
        return None

    def _resume(self, connection: Connection, wish: Json) -> None:
        session = self._sessions.get(wish["session_id"])
        if wish["token"] != self._token:
            return connection.send(4004)
        if session is None:
            return connection.send({"op": _INVALID, "d": False, "s": None, "t": None})
        connection.session, session.connection = session, connection
        for event in session.events[int(wish["seq"] or 0) :]:
            connection.send(event)
        session.send("RESUMED", {})
        self._journal.record(Kind.CONNECTED, resumed=True, shard=session.shard)
        return None

    def _forget_the_dead(self, shard: tuple[int, int]) -> None:
        dead = [s for s in self._sessions.values() if s.shard == shard and not s.connection]
        for session in dead:
            del self._sessions[session.id]
