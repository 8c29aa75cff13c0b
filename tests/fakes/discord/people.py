"""What people do: commands, menus, buttons, forms, messages."""

from collections.abc import Mapping, Sequence

from tests.fakes.discord import modals
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.drafts import Draft, Flag
from tests.fakes.discord.errors import Json, WrongUseError
from tests.fakes.discord.files import Files, Upload
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.interactions import Interaction, InteractionKind, Interactions
from tests.fakes.discord.invoking import Invoking, Value
from tests.fakes.discord.journal import Journal, Kind
from tests.fakes.discord.messages import DEFAULT, REPLY, Message, Messages
from tests.fakes.discord.modals import Answer
from tests.fakes.discord.nesting import SELECTS, Part, walk
from tests.fakes.discord.nouns import Channel, User
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.world import World


class People:
    """The actors: each act reaches the app by the gateway and returns at once."""

    def __init__(
        self,
        *,
        clock: Clock,
        journal: Journal,
        world: World,
        gateway: Gateway,
        files: Files,
        messages: Messages,
        interactions: Interactions,
        invoking: Invoking,
    ) -> None:
        self._clock = clock
        self._journal = journal
        self._world = world
        self._gateway = gateway
        self._files = files
        self._messages = messages
        self._interactions = interactions
        self._invoking = invoking

    async def slash(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, Value] | None = None,
        attachments: Mapping[str, Upload] | None = None,
    ) -> Interaction:
        """Use a slash command; "jobs list" names a sub-command."""
        values = {**(options or {}), **(attachments or {})}
        data, installs = self._invoking.slash(user, channel, name, values)
        return self._bear(user, channel, InteractionKind.COMMAND, data, installs=installs)

    async def context_menu(
        self, user: User, channel: Channel, name: str, message: Message
    ) -> Interaction:
        """Use a message's menu."""
        data, installs = self._invoking.context_menu(user, channel, name, message)
        return self._bear(user, channel, InteractionKind.COMMAND, data, installs=installs)

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        name: str,
        focused: str,
        options: Mapping[str, Value],
    ) -> Interaction:
        """Type into an option; the suggestions arrive in the interaction's `choices`."""
        data, installs = self._invoking.autocomplete(user, channel, name, focused, options)
        return self._bear(user, channel, InteractionKind.AUTOCOMPLETE, data, installs=installs)

    async def click(self, user: User, message: Message, button: str) -> Interaction:
        """Press the button with this label or custom id."""
        for _, part in walk(self._visible_parts(user, message)):
            if part["type"] == Part.BUTTON and button in (part.get("label"), part.get("custom_id")):
                return self._use(user, message, part, {})
        raise WrongUseError(f"message {message.id} has no button {button!r}")

    async def select(
        self, user: User, message: Message, menu: str, values: Sequence[str]
    ) -> Interaction:
        """Choose values in the menu with this custom id."""
        for _, part in walk(self._visible_parts(user, message)):
            if part["type"] in SELECTS and part["custom_id"] == menu:
                chosen = modals.fill(part, list(values))["values"]
                return self._use(user, message, part, {"values": chosen})
        raise WrongUseError(f"message {message.id} has no menu {menu!r}")

    async def submit_modal(
        self, user: User, interaction: Interaction, values: Mapping[str, Answer]
    ) -> Interaction:
        """Send the form that an interaction opened; fields left out keep their preset."""
        modal = interaction.modal
        if modal is None or user is not interaction.user:
            raise WrongUseError("no form is open for this person")
        names = {field["custom_id"] for field in modals.fields(modal)}
        if strange := set(values) - names:
            raise WrongUseError(f"the form has no fields {sorted(strange)}, only {sorted(names)}")
        resolved: Json = {}
        sent = [
            self._filled(part, values, interaction.channel, resolved)
            for part in modal["components"]
        ]
        data = {"custom_id": modal["custom_id"], "components": sent, "resolved": resolved}
        return self._bear(
            user, interaction.channel, InteractionKind.MODAL, data, source=interaction.source
        )

    async def send_message(
        self,
        user: User,
        channel: Channel,
        content: str = "",
        *,
        attachments: Sequence[Upload] = (),
        is_voice: bool = False,
        forwarded: Message | None = None,
        reply_to: Message | None = None,
        pings_author: bool = True,
    ) -> Message:
        """Write a message; a voice note carries one sound and no text."""
        if Permission.SEND_MESSAGES & ~channel.permissions_of(user):
            raise WrongUseError(f"{user.name} cannot write there")
        if is_voice and (content or len(attachments) != 1):
            raise WrongUseError("a voice note is one sound without text")
        flags = (Flag.VOICE if is_voice else Flag(0)) | (Flag.SNAPSHOT if forwarded else Flag(0))
        message = self._messages.new(
            channel,
            user,
            kind=REPLY if reply_to is not None else DEFAULT,
            reply_to=reply_to,
            forwarded=forwarded,
        )
        allowed = {"parse": ["users", "roles", "everyone"], "replied_user": pings_author}
        draft = Draft(
            content=content, added=tuple(attachments), flags=flags, allowed_mentions=allowed
        )
        return self._messages.add(message, draft)

    async def send_dm(
        self,
        user: User,
        content: str = "",
        *,
        attachments: Sequence[Upload] = (),
        is_voice: bool = False,
        forwarded: Message | None = None,
    ) -> Message:
        """Write to the bot directly."""
        return await self.send_message(
            user,
            self._world.dm(user),
            content,
            attachments=attachments,
            is_voice=is_voice,
            forwarded=forwarded,
        )

    async def repeat(self, message: Message) -> None:
        """Let a bot hear of a message once more: events arrive once or oftener."""
        self._messages.repeat(message)

    async def delete_message(self, message: Message) -> None:
        """Remove a message, as its author or a moderator can."""
        self._messages.delete(message)

    def _visible_parts(self, user: User, message: Message) -> list[Json]:
        is_hidden = message.ephemeral_for not in (None, user)
        if message.is_deleted or is_hidden or not message.channel.permissions_of(user):
            raise WrongUseError(f"{user.name} does not see message {message.id}")
        return list(message.draft.components)

    def _use(self, user: User, message: Message, part: Json, more: Json) -> Interaction:
        if part.get("disabled") or not part.get("custom_id"):
            raise WrongUseError(f"it cannot be used: {part}")
        data = {
            "custom_id": part["custom_id"],
            "component_type": part["type"],
            "id": part["id"],
        } | more
        kind = InteractionKind.COMPONENT
        return self._bear(user, message.channel, kind, data, source=message)

    def _filled(
        self, part: Json, values: Mapping[str, Answer], channel: Channel, resolved: Json
    ) -> Json:
        shell: Json = {"type": part["type"], "id": part.get("id", 0)}
        if part["type"] == Part.LABEL:
            return shell | {"component": self._field(part["component"], values, channel, resolved)}
        if part["type"] == Part.ROW:
            inner = [self._field(item, values, channel, resolved) for item in part["components"]]
            return shell | {"components": inner}
        return shell

    def _field(
        self, field: Json, values: Mapping[str, Answer], channel: Channel, resolved: Json
    ) -> Json:
        sent = modals.fill(field, values.get(field["custom_id"]))
        if field["type"] == Part.FILE_UPLOAD:
            kept = dict(self._invoking.keep(upload, channel) for upload in sent["values"])
            resolved.setdefault("attachments", {}).update(kept)
            sent["values"] = list(kept)
        return sent

    def _bear(
        self,
        user: User,
        channel: Channel,
        kind: InteractionKind,
        data: Json,
        *,
        source: Message | None = None,
        installs: tuple[int, ...] = (0, 1),
    ) -> Interaction:
        guild_id = channel.guild.id if channel.guild is not None else None
        if not self._gateway.hears(guild_id):
            raise WrongUseError("no bot is connected that could hear of it")
        interaction = self._interactions.bear(
            user, channel, kind, data, source=source, installs=installs
        )
        if source is not None:
            interaction.payload["message"] = self._messages.payload(source)
        self._journal.record(Kind.INTERACTION, interaction_id=interaction.id, data=data)
        self._gateway.dispatch("INTERACTION_CREATE", interaction.payload, guild_id=guild_id)
        return interaction
