"""What tests of the buttons under a finished video share: places to stand in, and presses."""

from collections.abc import Sequence

from tests.e2e.conftest import AT_ONCE, LONG_S, WORDS, Town
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import Channel, User
from tests.fakes.discord.view import View

ROWS = ["Again", "Remix", "Share", "Delete", "Report"]
PLACES = ["guild", "bot dm", "private", "foreign guild"]


def place(town: Town, name: str) -> Channel:
    """A channel of this kind where mira can use Talkie."""
    world = town.discord.world
    if name == "guild":
        return town.channel
    if name == "bot dm":
        return world.dm(town.mira)
    town.mira.installed = True
    if name == "private":
        return world.add_private_channel(town.mira, world.add_user("ilse"))
    elsewhere = world.add_guild("Elsewhere", members=[town.mira], has_bot=False)
    return world.add_channel(elsewhere, "lounge")


def stranger(town: Town) -> User:
    """Another member of the same server."""
    noa = town.discord.world.add_user("noa")
    town.guild.members[noa.id] = noa
    return noa


async def finished(town: Town, channel: Channel | None = None, **options: object) -> Message:
    """A video of mira's, made from words."""
    values = {"prompt": WORDS, "seconds": 2} | options
    asked = await town.discord.people.slash(
        town.mira,
        channel or town.channel,
        "video",
        values,  # type: ignore[arg-type]  # tests pass plain values
    )
    message = await town.reply(asked, LONG_S)
    await town.until(message, lambda seen: bool(seen.files))
    return message


async def press(town: Town, message: Message, label: str, user: User | None = None) -> Interaction:
    return await town.discord.people.click(user or town.mira, message, label)


async def answer(town: Town, pressed: Interaction) -> Message:
    """The message that a press is answered with."""
    return await town.reply(pressed, LONG_S)


def _aside(town: Town, pressed: Interaction) -> Message | None:
    """A further answer, or the first one: that depends on what was acknowledged before."""
    if pressed.followups:
        return pressed.followups[0]
    own = pressed.original
    if own is None or own is pressed.source or own.is_loading or own.is_deleted:
        return None
    view = town.view(own)
    return own if view.is_ephemeral and not view.text.startswith(AT_ONCE) else None


async def whisper(town: Town, pressed: Interaction) -> Message:
    """What only the presser reads, whichever way it is said."""
    message = await town.discord.observer.wait_for(lambda: _aside(town, pressed), LONG_S)
    assert town.view(message).is_ephemeral
    return message


async def whispers(town: Town, presses: Sequence[Interaction], count: int) -> list[str]:
    """What was said in private to so many of these presses; which ones is nobody's promise."""

    def said() -> list[Message] | None:
        found = [message for each in presses if (message := _aside(town, each)) is not None]
        return found if len(found) >= count else None

    views = [town.view(each) for each in await town.discord.observer.wait_for(said, LONG_S)]
    assert all(view.is_ephemeral for view in views)
    return [view.text for view in views]


async def refusal(town: Town, pressed: Interaction) -> str:
    """Why a press was refused; only the presser reads it."""
    return town.view(await whisper(town, pressed)).text


def labels(view: View) -> list[str]:
    return [button.label for button in view.buttons]
