"""Interactions: how they are born, how long their tokens live, what became of them."""

import secrets
from dataclasses import dataclass, field
from enum import IntEnum

from tests.fakes.discord import payloads
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.errors import Json, WrongUseError, refuse
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel, ChannelKind, User
from tests.fakes.discord.permissions import ALWAYS_IN_REPLIES, Permission
from tests.fakes.discord.world import World

FIRST_ANSWER_MS = 3_000
TOKEN_LIFETIME_MS = 15 * 60 * 1000
MOST_FOLLOW_UPS_BY_USER_INSTALL = 5


class InteractionKind(IntEnum):
    """Discord's numbers for interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(slots=True, kw_only=True, eq=False)
class Interaction:
    """One thing a person did, and the app's answers to it."""

    id: int
    token: str
    kind: InteractionKind
    user: User
    channel: Channel
    born_ms: int
    payload: Json
    size_limit_bytes: int
    is_user_install_only: bool
    source: Message | None = None
    answered_ms: int | None = None
    answer: int | None = None
    is_ephemeral: bool | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None

    @property
    def latency_ms(self) -> int | None:
        """From the event to the first answer; None while there is none."""
        return None if self.answered_ms is None else self.answered_ms - self.born_ms

    @property
    def is_forced_ephemeral(self) -> bool:
        """Whether a server that forbids external apps hides every answer."""
        needed = Permission.SEND_MESSAGES | Permission.USE_EXTERNAL_APPS
        in_guild = self.channel.guild is not None
        held = self.channel.permissions_of(self.user)
        return self.is_user_install_only and in_guild and bool(needed & ~held)


class Interactions:
    """All interactions, by id and by token."""

    def __init__(self, clock: Clock, world: World) -> None:
        self._clock = clock
        self._world = world
        self.first_answer_ms = FIRST_ANSWER_MS
        """A first answer that comes later is refused."""
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def bear(
        self,
        user: User,
        channel: Channel,
        kind: InteractionKind,
        data: Json,
        *,
        source: Message | None = None,
        installs: tuple[int, ...] = (0, 1),
    ) -> Interaction:
        """A new interaction with its gateway payload; `installs` are those the command allows."""
        owners = self._owners(user, channel, installs)
        interaction = Interaction(
            id=self._clock.snowflake(),
            token=secrets.token_urlsafe(24),
            kind=kind,
            user=user,
            channel=channel,
            born_ms=self._clock.now_ms(),
            payload={"data": data, "authorizing_integration_owners": owners},
            size_limit_bytes=max(user.upload_limit_bytes, channel.size_limit_bytes),
            is_user_install_only="0" not in owners,
            source=source,
        )
        interaction.payload |= self._envelope(interaction) | self._who(user, channel)
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        return interaction

    def find(self, interaction_id: int) -> Interaction | None:
        """An interaction by its id."""
        return self._by_id.get(interaction_id)

    def to_answer(self, interaction_id: int, token: str) -> Interaction:
        """The interaction whose first answer comes now; 10062 too late, 40060 once too often."""
        interaction = self._by_id.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise refuse(10062)
        if interaction.answered_ms is not None:
            raise refuse(40060)
        if self._clock.now_ms() - interaction.born_ms > self.first_answer_ms:
            raise refuse(10062)
        return interaction

    def by_token(self, token: str) -> Interaction:
        """The interaction whose token is alive and answered; 50027 or 10015 else."""
        interaction = self._by_token.get(token)
        if interaction is None:
            raise refuse(50027)
        if self._clock.now_ms() - interaction.born_ms >= TOKEN_LIFETIME_MS:
            raise refuse(50027)
        if interaction.answered_ms is None:
            raise refuse(10015)
        return interaction

    def _envelope(self, interaction: Interaction) -> Json:
        channel = interaction.channel
        return {
            "id": str(interaction.id),
            "application_id": str(self._world.bot.id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "attachment_size_limit": interaction.size_limit_bytes,
            "channel_id": str(channel.id),
            "channel": payloads.channel(channel),
            "app_permissions": str(int(self._app_permissions(channel))),
            "context": context_of(channel),
            "locale": interaction.user.locale,
            "entitlements": [],
        }

    def _owners(self, user: User, channel: Channel, installs: tuple[int, ...]) -> Json:
        owners: Json = {}
        if 0 in installs:
            if channel.guild is not None and channel.guild.has_bot:
                owners["0"] = str(channel.guild.id)
            elif context_of(channel) == 1 and not user.installed:
                owners["0"] = "0"
        if 1 in installs and user.installed:
            owners["1"] = str(user.id)
        if not owners:
            raise WrongUseError(f"the app is not installed for {user.name} in this place")
        return owners

    def _app_permissions(self, channel: Channel) -> Permission:
        if channel.guild is not None and not channel.guild.has_bot:
            return channel.guild.roles[channel.guild.id].permissions | ALWAYS_IN_REPLIES
        return channel.permissions_of(self._world.bot) | ALWAYS_IN_REPLIES

    def _who(self, user: User, channel: Channel) -> Json:
        guild = channel.guild
        if guild is None:
            return {"user": payloads.user(user)}
        return {
            "guild_id": str(guild.id),
            "guild_locale": guild.locale,
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "member": payloads.member(guild, user, channel),
        }


def context_of(channel: Channel) -> int:
    """0 in a guild, 1 in a direct message with the bot, 2 in other private channels."""
    if channel.guild is not None:
        return 0
    return 1 if channel.kind is ChannelKind.DM and channel.has_bot else 2
