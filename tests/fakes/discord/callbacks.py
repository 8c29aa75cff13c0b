"""The first answer to an interaction."""

from collections.abc import Callable
from dataclasses import replace

from aiohttp import web

from tests.fakes.discord import modals
from tests.fakes.discord.bodies import BODY, Body
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.drafts import EMPTY, Draft, Flag, compose
from tests.fakes.discord.errors import Json, bad_form
from tests.fakes.discord.interactions import Interaction, InteractionKind, Interactions
from tests.fakes.discord.journal import Journal, Kind
from tests.fakes.discord.messages import COMMAND, CONTEXT_MENU, DEFAULT, Message, Messages
from tests.fakes.discord.options import CHAT_INPUT, check_suggestions
from tests.fakes.discord.rooms import Rooms
from tests.fakes.discord.transport import answer, nothing
from tests.fakes.discord.world import World

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, SUGGEST, MODAL = 4, 5, 6, 7, 8, 9
Taker = Callable[[Interaction, Body], None]
_SAY = {MESSAGE, DEFER}
_ALLOWED = {
    InteractionKind.COMMAND: _SAY | {MODAL},
    InteractionKind.COMPONENT: _SAY | {DEFER_UPDATE, UPDATE, MODAL},
    InteractionKind.AUTOCOMPLETE: {SUGGEST},
    InteractionKind.MODAL: _SAY,
}


class Callbacks:
    """`POST /interactions/{id}/{token}/callback`."""

    def __init__(
        self,
        *,
        clock: Clock,
        journal: Journal,
        world: World,
        rooms: Rooms,
        messages: Messages,
        interactions: Interactions,
    ) -> None:
        self._clock = clock
        self._journal = journal
        self._world = world
        self._rooms = rooms
        self._messages = messages
        self._interactions = interactions
        self._takers: dict[int, Taker] = {
            MESSAGE: self._say,
            DEFER: self._defer,
            DEFER_UPDATE: self._defer_update,
            UPDATE: self._update,
            SUGGEST: self._suggest,
            MODAL: self._open_modal,
        }

    def routes(self) -> list[web.RouteDef]:
        """The route."""
        return [web.post("/interactions/{interaction}/{token}/callback", self._answer)]

    def begin(self, interaction: Interaction, draft: Draft, *, is_ephemeral: bool) -> Message:
        """A message of the bot that belongs to an interaction."""
        if not is_ephemeral:
            self._rooms.open_thread(interaction.channel)
        flags = draft.flags | (Flag.EPHEMERAL if is_ephemeral else Flag(0))
        message = self._messages.new(
            interaction.channel,
            self._world.bot,
            kind=_message_kind(interaction),
            ephemeral_for=interaction.user if is_ephemeral else None,
            metadata={
                "id": str(interaction.id),
                "type": int(interaction.kind),
                "user": interaction.payload.get("user") or interaction.payload["member"]["user"],
                "authorizing_integration_owners": interaction.payload[
                    "authorizing_integration_owners"
                ],
            },
        )
        return self._messages.add(message, replace(draft, flags=flags))

    async def _answer(self, request: web.Request) -> web.Response:
        body = request[BODY]
        interaction = self._interactions.to_answer(
            int(request.match_info["interaction"]), request.match_info["token"]
        )
        kind = body.fields.get("type")
        allowed = set(_ALLOWED[interaction.kind])
        if interaction.kind is InteractionKind.MODAL and interaction.source is not None:
            allowed |= {DEFER_UPDATE, UPDATE}
        if kind not in allowed:
            raise bad_form("type", "BASE_TYPE_CHOICES", f"Must be one of {sorted(allowed)}.")
        data = Body(document=body.fields.get("data") or {}, files=body.files)
        self._takers[kind](interaction, data)
        interaction.answered_ms = self._clock.now_ms()
        interaction.answer = kind
        self._journal.record(
            Kind.ANSWERED,
            interaction_id=interaction.id,
            type=kind,
            latency_ms=interaction.latency_ms,
            ephemeral=interaction.is_ephemeral,
        )
        if request.query.get("with_response") not in ("1", "true"):
            return nothing()
        return answer(self._response(interaction, kind))

    def _response(self, interaction: Interaction, kind: int) -> Json:
        about: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
        found: Json = {"interaction": about}
        message = interaction.original
        if message is not None:
            about |= {
                "response_message_id": str(message.id),
                "response_message_loading": message.is_loading,
                "response_message_ephemeral": message.ephemeral_for is not None,
            }
            if kind in (MESSAGE, UPDATE):
                found["resource"] = {"type": kind, "message": self._messages.payload(message)}
        return found

    def _say(self, interaction: Interaction, data: Body) -> None:
        wished = Flag(int(data.fields.get("flags") or 0))
        draft = compose(data, EMPTY, size_limit_bytes=interaction.size_limit_bytes)
        hidden = bool(wished & Flag.EPHEMERAL) or interaction.is_forced_ephemeral
        interaction.is_ephemeral = hidden
        interaction.original = self.begin(interaction, draft, is_ephemeral=hidden)

    def _defer(self, interaction: Interaction, data: Body) -> None:
        wished = Flag(int(data.fields.get("flags") or 0))
        if wished & ~Flag.EPHEMERAL:
            raise bad_form("data.flags", "BASE_TYPE_CHOICES", "Only EPHEMERAL with a deferral.")
        hidden = bool(wished) or interaction.is_forced_ephemeral
        interaction.is_ephemeral = hidden
        loading = Draft(flags=Flag.LOADING)
        interaction.original = self.begin(interaction, loading, is_ephemeral=hidden)

    def _defer_update(self, interaction: Interaction, _data: Body) -> None:
        interaction.original = interaction.source

    def _update(self, interaction: Interaction, data: Body) -> None:
        source = interaction.source
        assert source is not None
        if source.is_deleted:
            raise bad_form("message", "MESSAGE_UNKNOWN", "The message is gone.")
        self._rooms.check_editing(source.channel)
        draft = compose(data, source.draft, size_limit_bytes=interaction.size_limit_bytes)
        interaction.original = self._messages.edit(source, draft)

    def _suggest(self, interaction: Interaction, data: Body) -> None:
        interaction.choices = check_suggestions("data.choices", data.fields.get("choices"))

    def _open_modal(self, interaction: Interaction, data: Body) -> None:
        interaction.modal = modals.check(data.fields)


def _message_kind(interaction: Interaction) -> int:
    if interaction.kind is not InteractionKind.COMMAND:
        return DEFAULT
    is_slash = interaction.payload["data"]["type"] == CHAT_INPUT
    return COMMAND if is_slash else CONTEXT_MENU
