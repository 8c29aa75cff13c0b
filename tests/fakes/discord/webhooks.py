"""What an interaction's token opens for 15 minutes: the original answer and follow-ups."""

from dataclasses import replace

from aiohttp import web

from tests.fakes.discord.bodies import BODY
from tests.fakes.discord.callbacks import Callbacks
from tests.fakes.discord.drafts import EMPTY, Flag, compose
from tests.fakes.discord.errors import refuse
from tests.fakes.discord.interactions import (
    MOST_FOLLOW_UPS_BY_USER_INSTALL,
    Interaction,
    Interactions,
)
from tests.fakes.discord.messages import Message, Messages
from tests.fakes.discord.rooms import Rooms
from tests.fakes.discord.transport import answer, nothing

_ONE = "/webhooks/{app}/{token}/messages/{message}"


class Webhooks:
    """`/webhooks/{app}/{token}` and the messages below it."""

    def __init__(
        self,
        *,
        callbacks: Callbacks,
        rooms: Rooms,
        messages: Messages,
        interactions: Interactions,
    ) -> None:
        self._callbacks = callbacks
        self._rooms = rooms
        self._messages = messages
        self._interactions = interactions

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.post("/webhooks/{app}/{token}", self._follow_up),
            web.get(_ONE, self._get),
            web.patch(_ONE, self._edit),
            web.delete(_ONE, self._delete),
        ]

    def _open(self, request: web.Request) -> Interaction:
        return self._interactions.by_token(request.match_info["token"])

    def _message(self, request: web.Request) -> tuple[Interaction, Message]:
        interaction = self._open(request)
        name = request.match_info["message"]
        if name != "@original" and interaction.original is interaction.source is not None:
            # A press opens the message it was made on by no other name.
            raise refuse(10008)
        own = [*([interaction.original] if interaction.original else []), *interaction.followups]
        if name == "@original":
            own = own[:1] if interaction.original is not None else []
        else:
            own = [message for message in own if str(message.id) == name]
        if not own or own[0].is_deleted:
            raise refuse(10008)
        return interaction, own[0]

    async def _follow_up(self, request: web.Request) -> web.Response:
        interaction, body = self._open(request), request[BODY]
        draft = compose(body, EMPTY, size_limit_bytes=interaction.size_limit_bytes)
        original = interaction.original
        if original is not None and original.is_loading and not original.is_deleted:
            filled = replace(draft, flags=draft.flags | original.draft.flags)
            message = self._messages.edit(original, filled, notifies=True)
            return answer(self._messages.payload(message))
        if (
            interaction.is_user_install_only
            and len(interaction.followups) >= MOST_FOLLOW_UPS_BY_USER_INSTALL
        ):
            raise refuse(40094)
        wished = Flag(int(body.fields.get("flags") or 0))
        hidden = bool(wished & Flag.EPHEMERAL) or interaction.is_forced_ephemeral
        message = self._callbacks.begin(interaction, draft, is_ephemeral=hidden)
        interaction.followups.append(message)
        return answer(self._messages.payload(message))

    async def _get(self, request: web.Request) -> web.Response:
        _, message = self._message(request)
        return answer(self._messages.payload(message))

    async def _edit(self, request: web.Request) -> web.Response:
        interaction, message = self._message(request)
        self._rooms.check_editing(message.channel)
        draft = compose(request[BODY], message.draft, size_limit_bytes=interaction.size_limit_bytes)
        return answer(self._messages.payload(self._messages.edit(message, draft)))

    async def _delete(self, request: web.Request) -> web.Response:
        _, message = self._message(request)
        self._messages.delete(message)
        return nothing()
