"""The nouns of the stand-in's world; tests may change them while a bot is running."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from tests.fakes.discord.permissions import ALL, MEMBER, NONE, Permission, add_up

MIB = 1024 * 1024
DEFAULT_SIZE_LIMIT_BYTES = 10 * MIB
_SIZE_LIMIT_BYTES_BY_TIER = {2: 50 * MIB, 3: 100 * MIB}


class ChannelKind(IntEnum):
    """Discord's numbers for the channels a message can be in."""

    TEXT = 0
    DM = 1
    GROUP_DM = 3
    PUBLIC_THREAD = 11


class Dms(StrEnum):
    """Whether a person can be reached by direct message."""

    OPEN = "open"
    BLOCKED = "blocked"
    CLOSED = "closed"


@dataclass(slots=True, kw_only=True, eq=False)
class User:
    """A person or the bot; `installed` means that they installed the app for themselves."""

    id: int
    name: str
    avatar: bytes | None = None
    locale: str = "en-US"
    is_bot: bool = False
    dms: Dms = Dms.OPEN
    installed: bool = False
    upload_limit_bytes: int = DEFAULT_SIZE_LIMIT_BYTES


@dataclass(slots=True, kw_only=True, eq=False)
class Role:
    """A role and its guild-wide rights."""

    id: int
    name: str
    permissions: Permission


@dataclass(slots=True, kw_only=True, eq=False)
class Overwrite:
    """What a channel allows and denies to one member or role."""

    allow: Permission = NONE
    deny: Permission = NONE
    is_role: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Guild:
    """A server; without `has_bot` the app reaches it only through its members' own installs."""

    id: int
    name: str
    owner: User
    has_bot: bool = True
    premium_tier: int = 0
    size_limit_override_bytes: int | None = None
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, User] = field(default_factory=dict)
    roles_of: dict[int, list[int]] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)

    @property
    def size_limit_bytes(self) -> int:
        """The largest single file the bot's own route takes here."""
        if self.size_limit_override_bytes is not None:
            return self.size_limit_override_bytes
        return _SIZE_LIMIT_BYTES_BY_TIER.get(self.premium_tier, DEFAULT_SIZE_LIMIT_BYTES)


@dataclass(slots=True, kw_only=True, eq=False)
class Channel:
    """A place for messages: in a guild, a thread under a channel, or between people."""

    id: int
    kind: ChannelKind
    name: str = ""
    guild: Guild | None = None
    parent: "Channel | None" = None
    recipients: list[User] = field(default_factory=list)
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    is_age_restricted: bool = False
    is_archived: bool = False
    is_locked: bool = False
    has_bot: bool = True

    @property
    def size_limit_bytes(self) -> int:
        """The largest single file a message of the bot may carry here."""
        return self.guild.size_limit_bytes if self.guild else DEFAULT_SIZE_LIMIT_BYTES

    def deny(self, subject: User | Role, permissions: Permission) -> None:
        """Take rights away from a member or a role in this channel."""
        overwrite = self.overwrites.setdefault(
            subject.id, Overwrite(is_role=isinstance(subject, Role))
        )
        overwrite.deny |= permissions
        overwrite.allow &= ~permissions

    def permissions_of(self, user: User) -> Permission:
        """What this user may do here."""
        if self.guild is None:
            return (ALL if user.is_bot else MEMBER) if self._holds(user) else NONE
        if user.id not in self.guild.members:
            return NONE
        if user is self.guild.owner:
            return ALL
        return self._overwritten(self.guild, user)

    def _holds(self, user: User) -> bool:
        return self.has_bot if user.is_bot else user in self.recipients

    def _overwritten(self, guild: Guild, user: User) -> Permission:
        held = guild.roles_of.get(user.id, [])
        base = guild.roles[guild.id].permissions
        for role_id in held:
            base |= guild.roles[role_id].permissions
        place = self.parent if self.parent is not None else self
        layers = [place.overwrites.get(guild.id)]
        of_roles = [place.overwrites[role_id] for role_id in held if role_id in place.overwrites]
        merged = Overwrite()
        for overwrite in of_roles:
            merged.allow |= overwrite.allow
            merged.deny |= overwrite.deny
        layers += [merged, place.overwrites.get(user.id)]
        return add_up(base, [(layer.allow, layer.deny) for layer in layers if layer is not None])
