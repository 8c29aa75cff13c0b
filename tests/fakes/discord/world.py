"""Who and what there is: people, guilds, channels, and how a test adds to them."""

from collections.abc import Iterable
from typing import Protocol

from tests.fakes.discord import payloads
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.errors import Json
from tests.fakes.discord.files import avatar_hash
from tests.fakes.discord.nouns import Channel, ChannelKind, Guild, Role, User
from tests.fakes.discord.permissions import MEMBER, Permission


class Announce(Protocol):
    """Tells connected bots of a change: event name, payload, the guild it belongs to."""

    def __call__(self, name: str, payload: Json, guild: Guild | None) -> None: ...


class World:
    """Everything that is not a message; what is added while a bot is connected is announced."""

    def __init__(self, clock: Clock, *, app_id: int, announce: Announce) -> None:
        self._clock = clock
        self._announce = announce
        self.bot = User(id=app_id, name="talkie", is_bot=True)
        self.owner = User(id=clock.snowflake(), name="host")
        self.users: dict[int, User] = {app_id: self.bot, self.owner.id: self.owner}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}

    def add_user(
        self,
        name: str,
        *,
        avatar: bytes | None = None,
        installed: bool = False,
        is_bot: bool = False,
    ) -> User:
        """A new person, or another app's bot, known to nobody yet."""
        user = User(
            id=self._clock.snowflake(),
            name=name,
            avatar=avatar,
            installed=installed,
            is_bot=is_bot,
        )
        self.users[user.id] = user
        return user

    def add_guild(
        self,
        name: str,
        *,
        members: Iterable[User] = (),
        owner: User | None = None,
        has_bot: bool = True,
    ) -> Guild:
        """A guild with an @everyone role and, if the bot is in it, the bot's own role."""
        owner = owner if owner is not None else self.add_user(f"owner of {name}")
        guild = Guild(id=self._clock.snowflake(), name=name, owner=owner, has_bot=has_bot)
        guild.roles[guild.id] = Role(id=guild.id, name="@everyone", permissions=MEMBER)
        guild.members = {user.id: user for user in (owner, *members)}
        if has_bot:
            role = Role(id=self._clock.snowflake(), name="talkie", permissions=MEMBER)
            guild.roles[role.id] = role
            guild.members[self.bot.id] = self.bot
            guild.roles_of[self.bot.id] = [role.id]
        self.guilds[guild.id] = guild
        if has_bot:
            self._announce("GUILD_CREATE", payloads.guild(guild), guild)
        return guild

    def add_channel(self, guild: Guild, name: str, *, is_age_restricted: bool = False) -> Channel:
        """A text channel."""
        channel = Channel(
            id=self._clock.snowflake(),
            kind=ChannelKind.TEXT,
            name=name,
            guild=guild,
            is_age_restricted=is_age_restricted,
        )
        return self._keep(channel, guild, "CHANNEL_CREATE")

    def add_thread(
        self, parent: Channel, name: str, *, is_archived: bool = False, is_locked: bool = False
    ) -> Channel:
        """A public thread under a text channel."""
        channel = Channel(
            id=self._clock.snowflake(),
            kind=ChannelKind.PUBLIC_THREAD,
            name=name,
            guild=parent.guild,
            parent=parent,
            is_archived=is_archived,
            is_locked=is_locked,
        )
        assert parent.guild is not None
        return self._keep(channel, parent.guild, "THREAD_CREATE")

    def deny(self, channel: Channel, permissions: Permission) -> None:
        """Take rights away from the bot in a channel, as a moderator does."""
        channel.deny(self.bot, permissions)
        self._announce("CHANNEL_UPDATE", payloads.channel(channel), channel.guild)

    def dm(self, user: User) -> Channel:
        """The direct-message channel of a person with the bot, made when first asked for."""
        for channel in self.channels.values():
            if channel.kind is ChannelKind.DM and channel.has_bot and channel.recipients == [user]:
                return channel
        channel = Channel(id=self._clock.snowflake(), kind=ChannelKind.DM, recipients=[user])
        self.channels[channel.id] = channel
        return channel

    def add_private_channel(self, *users: User) -> Channel:
        """A conversation between people that the bot is not part of."""
        kind = ChannelKind.DM if len(users) == 2 else ChannelKind.GROUP_DM
        channel = Channel(
            id=self._clock.snowflake(), kind=kind, recipients=list(users), has_bot=False
        )
        self.channels[channel.id] = channel
        return channel

    def shares_a_guild(self, user: User) -> bool:
        """Whether the bot meets this person in some guild."""
        return any(guild.has_bot and user.id in guild.members for guild in self.guilds.values())

    def remove_bot(self, guild: Guild) -> None:
        """The bot is thrown out of a guild."""
        guild.has_bot = False
        guild.members.pop(self.bot.id)
        self._announce("GUILD_DELETE", {"id": str(guild.id)}, guild)

    def bring_bot(self, guild: Guild) -> None:
        """The bot is invited to a guild again."""
        guild.has_bot = True
        guild.members[self.bot.id] = self.bot
        # A guild that only becomes available says so; one that is new says nothing of it.
        told = {name: each for name, each in payloads.guild(guild).items() if name != "unavailable"}
        self._announce("GUILD_CREATE", told, guild)

    def avatar(self, user_id: int, name: str) -> bytes | None:
        """The picture behind an avatar's address, if it is that user's current one."""
        user = self.users.get(user_id)
        if user is None or user.avatar is None:
            return None
        return user.avatar if name == avatar_hash(user.avatar) else None

    def _keep(self, channel: Channel, guild: Guild, event: str) -> Channel:
        self.channels[channel.id] = channel
        guild.channels[channel.id] = channel
        if guild.has_bot:
            self._announce(event, payloads.channel(channel), guild)
        return channel
