"""The REST routes of channels, by the bot's own token."""

from aiohttp import web

from tests.fakes.discord import payloads
from tests.fakes.discord.bodies import BODY
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.drafts import EMPTY, compose
from tests.fakes.discord.errors import Json, bad_form, refuse
from tests.fakes.discord.journal import Journal, Kind
from tests.fakes.discord.messages import DEFAULT, REPLY, Message, Messages
from tests.fakes.discord.nouns import Channel
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.rooms import Rooms
from tests.fakes.discord.transport import answer, nothing
from tests.fakes.discord.world import World

NONCE_WINDOW_MS = 5 * 60 * 1000
_ALL = "/channels/{channel}/messages"
_ONE = "/channels/{channel}/messages/{message}"


class Channels:
    """`/channels/…` and the opening of direct messages."""

    def __init__(
        self,
        *,
        clock: Clock,
        journal: Journal,
        world: World,
        rooms: Rooms,
        messages: Messages,
    ) -> None:
        self._clock = clock
        self._journal = journal
        self._world = world
        self._rooms = rooms
        self._messages = messages

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.get("/channels/{channel}", self._get_channel),
            web.post("/channels/{channel}/typing", self._type),
            web.post(_ALL, self._send),
            web.get(_ALL, self._list),
            web.get(_ONE, self._get),
            web.patch(_ONE, self._edit),
            web.delete(_ONE, self._delete),
            web.post("/users/@me/channels", self._open_dm),
        ]

    def _seen(self, request: web.Request) -> Channel:
        return self._rooms.seen(_number(request.match_info["channel"], 10003))

    def _message(self, request: web.Request) -> Message:
        channel = self._seen(request)
        message = self._messages.find(_number(request.match_info["message"], 10008))
        if message is None or message.channel is not channel or message.ephemeral_for is not None:
            raise refuse(10008)
        return message

    async def _get_channel(self, request: web.Request) -> web.Response:
        return answer(payloads.channel(self._seen(request)))

    async def _type(self, request: web.Request) -> web.Response:
        channel = self._seen(request)
        self._rooms.check_sending(channel, has_files=False, has_embeds=False)
        self._journal.record(Kind.TYPING, channel_id=channel.id)
        return nothing()

    async def _send(self, request: web.Request) -> web.Response:
        body, channel = request[BODY], self._seen(request)
        draft = compose(body, EMPTY, size_limit_bytes=channel.size_limit_bytes)
        self._rooms.check_sending(
            channel, has_files=bool(draft.added), has_embeds=bool(draft.embeds)
        )
        nonce = body.fields.get("nonce")
        if nonce is not None and body.fields.get("enforce_nonce"):
            earlier = self._earlier(channel, str(nonce))
            if earlier is not None:
                return answer(self._messages.payload(earlier))
        reply_to = self._referenced(channel, body.fields.get("message_reference"))
        self._rooms.open_thread(channel)
        message = self._messages.new(
            channel,
            self._world.bot,
            kind=DEFAULT if reply_to is None else REPLY,
            nonce=None if nonce is None else str(nonce),
            reply_to=reply_to,
        )
        return answer(self._messages.payload(self._messages.add(message, draft)))

    def _earlier(self, channel: Channel, nonce: str) -> Message | None:
        since_ms = self._clock.now_ms() - NONCE_WINDOW_MS
        for message in self._messages.in_channel(channel):
            is_own = message.author is self._world.bot
            if is_own and message.nonce == nonce and message.created_ms >= since_ms:
                return message
        return None

    def _referenced(self, channel: Channel, reference: Json | None) -> Message | None:
        if reference is None:
            return None
        if not channel.permissions_of(self._world.bot) & Permission.READ_MESSAGE_HISTORY:
            raise refuse(160002)
        message = self._messages.find(int(reference["message_id"]))
        if message is not None and message.channel is channel and message.ephemeral_for is None:
            return message
        if reference.get("fail_if_not_exists", True):
            raise bad_form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return None

    async def _list(self, request: web.Request) -> web.Response:
        channel = self._seen(request)
        if not channel.permissions_of(self._world.bot) & Permission.READ_MESSAGE_HISTORY:
            return answer([])
        found = [m for m in self._messages.in_channel(channel) if m.ephemeral_for is None]
        after, before = request.query.get("after"), request.query.get("before")
        if after is not None:
            found = [message for message in found if message.id > int(after)]
        if before is not None:
            found = [message for message in found if message.id < int(before)]
        limit = int(request.query.get("limit", "50"))
        if not 1 <= limit <= 100:
            raise bad_form("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
        found = found[:limit] if after is not None else found[-limit:]
        return answer([self._messages.payload(message) for message in reversed(found)])

    async def _get(self, request: web.Request) -> web.Response:
        self._rooms.readable(_number(request.match_info["channel"], 10003))
        return answer(self._messages.payload(self._message(request)))

    async def _edit(self, request: web.Request) -> web.Response:
        message = self._message(request)
        if message.author is not self._world.bot:
            raise refuse(50005)
        self._rooms.check_editing(message.channel)
        draft = compose(
            request[BODY], message.draft, size_limit_bytes=message.channel.size_limit_bytes
        )
        rights = message.channel.permissions_of(self._world.bot)
        if draft.added and not rights & Permission.ATTACH_FILES:
            raise refuse(50013)
        return answer(self._messages.payload(self._messages.edit(message, draft)))

    async def _delete(self, request: web.Request) -> web.Response:
        message = self._message(request)
        rights = message.channel.permissions_of(self._world.bot)
        is_own = message.author is self._world.bot
        is_private = message.channel.guild is None
        if not is_own and (is_private or not rights & Permission.MANAGE_MESSAGES):
            raise refuse(50013)
        self._messages.delete(message)
        return nothing()

    async def _open_dm(self, request: web.Request) -> web.Response:
        person = self._world.users.get(int(request[BODY].fields.get("recipient_id") or 0))
        if person is None:
            raise refuse(10013)
        if person.is_bot:
            raise refuse(50007)
        return answer(payloads.channel(self._world.dm(person)))


def _number(text: str, code: int) -> int:
    if not text.isdecimal():
        raise refuse(code)
    return int(text)
