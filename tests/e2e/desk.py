"""What tests of portraits, settings and help share: people, places and what they press."""

from tests.e2e.conftest import LONG_S, Town
from tests.fakes.discord.files import Upload
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel, Role, User
from tests.fakes.discord.permissions import MEMBER, Permission

PLACES = ["guild", "dm", "private channel", "foreign guild"]


def place(town: Town, name: str) -> Channel:
    """A channel of each context; mira has installed Talkie where that is needed."""
    world = town.discord.world
    if name == "guild":
        return town.channel
    if name == "dm":
        return world.dm(town.mira)
    town.mira.installed = True
    other = world.add_user("noa")
    if name == "private channel":
        return world.add_private_channel(town.mira, other)
    guild = world.add_guild("Elsewhere", members=[town.mira, other], has_bot=False)
    return world.add_channel(guild, "far")


def newcomer(town: Town, name: str = "noa") -> User:
    """Another member of the server."""
    user = town.discord.world.add_user(name)
    town.guild.members[user.id] = user
    return user


def manager(town: Town) -> User:
    """A member who may manage the server."""
    user = newcomer(town, "maud")
    role = Role(id=user.id + 1, name="staff", permissions=MEMBER | Permission.MANAGE_GUILD)
    town.guild.roles[role.id] = role
    town.guild.roles_of[user.id] = [role.id]
    return user


async def use(
    town: Town,
    user: User,
    channel: Channel,
    name: str,
    options: dict[str, str | int] | None = None,
    files: dict[str, Upload] | None = None,
) -> Message:
    """Use a command and wait for its answer."""
    done = await town.discord.people.slash(user, channel, name, options, files)
    return await town.reply(done, LONG_S)
