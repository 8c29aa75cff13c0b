"""The JSON objects that stand for people, guilds and channels."""

from tests.fakes.discord.errors import Json
from tests.fakes.discord.files import avatar_hash
from tests.fakes.discord.nouns import Channel, ChannelKind, Guild, Role, User

_ARCHIVED_AT = "2026-01-01T00:00:00+00:00"


def user(who: User) -> Json:
    """A user object."""
    return {
        "id": str(who.id),
        "username": who.name,
        "global_name": who.name.title(),
        "discriminator": "0",
        "avatar": avatar_hash(who.avatar) if who.avatar is not None else None,
        "bot": who.is_bot,
        "public_flags": 0,
    }


def member(guild_: Guild, who: User, channel_: Channel | None = None) -> Json:
    """A member object; with a channel it carries the member's rights there."""
    found: Json = {
        "user": user(who),
        "roles": [str(role_id) for role_id in guild_.roles_of.get(who.id, [])],
        "joined_at": _ARCHIVED_AT,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
        "avatar": None,
    }
    if channel_ is not None:
        found["permissions"] = str(int(channel_.permissions_of(who)))
    return found


def channel(place: Channel) -> Json:
    """A channel object of any kind."""
    found: Json = {"id": str(place.id), "type": int(place.kind), "last_message_id": None}
    if place.guild is None:
        found["recipients"] = [user(who) for who in place.recipients]
        if place.kind is ChannelKind.GROUP_DM:
            found |= {"name": place.name or None, "owner_id": str(place.recipients[0].id)}
        return found
    found |= {"name": place.name, "guild_id": str(place.guild.id), "nsfw": place.is_age_restricted}
    return found | (_thread(place) if place.parent is not None else _text(place))


def role(item: Role, position: int = 0) -> Json:
    """A role object."""
    return {
        "id": str(item.id),
        "name": item.name,
        "permissions": str(int(item.permissions)),
        "position": position,
        "color": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
    }


def guild(place: Guild) -> Json:
    """The guild object of GUILD_CREATE."""
    rooms = place.channels.values()
    return {
        "id": str(place.id),
        "name": place.name,
        "owner_id": str(place.owner.id),
        "unavailable": False,
        "member_count": len(place.members),
        "premium_tier": place.premium_tier,
        "preferred_locale": place.locale,
        "features": [],
        "roles": [role(item, position) for position, item in enumerate(place.roles.values())],
        "channels": [channel(room) for room in rooms if room.parent is None],
        "threads": [channel(room) for room in rooms if room.parent and not room.is_archived],
        "members": [member(place, who) for who in place.members.values() if who.is_bot],
    }


def _text(place: Channel) -> Json:
    return {
        "position": 0,
        "permission_overwrites": [
            {
                "id": str(subject),
                "type": 0 if overwrite.is_role else 1,
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for subject, overwrite in place.overwrites.items()
        ],
    }


def _thread(place: Channel) -> Json:
    assert place.parent is not None
    assert place.guild is not None
    return {
        "parent_id": str(place.parent.id),
        "owner_id": str(place.guild.owner.id),
        "message_count": 0,
        "member_count": 1,
        "thread_metadata": {
            "archived": place.is_archived,
            "locked": place.is_locked,
            "auto_archive_duration": 1440,
            "archive_timestamp": _ARCHIVED_AT,
        },
    }
