"""What tests of the buttons under a finished video share: places to stand in, and presses."""

from tests.e2e.conftest import LONG_S, WORDS, Town
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


async def whisper(town: Town, pressed: Interaction) -> Message:
    """What only the presser reads, beside the message that was pressed."""
    message = await town.discord.observer.wait_for(
        lambda: pressed.followups[0] if pressed.followups else None, LONG_S
    )
    assert town.view(message).is_ephemeral
    return message


async def refusal(town: Town, pressed: Interaction) -> str:
    """Why a press was refused; only the presser reads it."""
    view = town.view(await answer(town, pressed))
    assert view.is_ephemeral
    return view.text


def labels(view: View) -> list[str]:
    return [button.label for button in view.buttons]
