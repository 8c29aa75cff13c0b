"""Every command and menu wherever it can be used: there is a stored job, or a sentence."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pytest
import pytest_asyncio

from tests import registered
from tests.e2e.conftest import LONG_S, WORDS, Town, founded
from tests.e2e.desk import PLACES, place
from tests.fakes.discord.files import Upload
from tests.fakes.discord.invoking import Value
from tests.fakes.discord.nouns import Channel
from tests.fakes.samples import picture, sound
from tests.registered import Listed

pytestmark = pytest.mark.asyncio(loop_scope="module")

FACE = Upload(filename="face.png", content=picture(640, 640))
NOTE = Upload(filename="note.mp3", content=sound(2.0), content_type="audio/mpeg")
JOB = ""
"""What a command says that stores a job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How a command is used, and what it says: on a server, and everywhere else."""

    says: str = JOB
    elsewhere: str | None = None
    options: Mapping[str, Value] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)


USES: Mapping[str, Use] = MappingProxyType(
    {
        "/video": Use(options={"prompt": WORDS, "seconds": 2}),
        "/animate": Use(options={"prompt": WORDS, "seconds": 2}, files={"image": FACE}),
        "/talk": Use(files={"audio": NOTE, "portrait": FACE}),
        "menu Make a video": Use(),
        "menu Make it talk": Use(),
        "/jobs": Use(says="Your"),
        "/credits": Use(says="credits"),
        "/help": Use(says="/animate"),
        "/portrait set": Use(says="Me", options={"name": "Me"}, files={"picture": FACE}),
        "/portrait show": Use(says="Me", options={"name": "Me"}),
        "/portrait remove": Use(says="Me", options={"name": "Me"}),
        "/privacy": Use(says="What Talkie keeps of you"),
        "/settings me": Use(says="settings"),
        "/settings server": Use(says="Only members who may manage", elsewhere="server"),
        **{
            f"/gallery {each}": Use(says="Nothing", elsewhere="Nothing")
            for each in ("top", "new", "random", "mine")
        },
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """One town, and a channel of each context in it."""

    town: Town
    channels: Mapping[str, Channel]
    bot: Listed


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def places(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        async with founded(tmp_path_factory.mktemp("talkie"), patch) as town:
            patch.setenv("TALKIE_MEMBER_QUEUE", "50")
            patch.setenv("TALKIE_WELCOME_CREDITS", "10000")
            town.deapi.behaviour.looks_until_done = None
            talkie = await town.start()
            bot = await registered.read(talkie)
            channels = {name: place(town, name) for name in PLACES}
            yield Places(town=town, channels=channels, bot=bot)


async def test_no_command_and_no_menu_is_left_out(places: Places) -> None:
    assert set(USES) == registered.used(places.bot)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("where", PLACES)
async def test_each_stores_a_job_or_says_a_sentence(places: Places, where: str) -> None:
    # In this order: what is listed or removed was made by those before.
    for name in USES:
        await used(places, name, where)


async def used(places: Places, name: str, where: str) -> None:
    town, use, channel = places.town, USES[name], places.channels[where]
    people = town.discord.people
    if name.startswith("menu "):
        message = await people.send_message(town.mira, channel, WORDS, attachments=[NOTE, FACE])
        done = await people.context_menu(town.mira, channel, name.removeprefix("menu "), message)
    else:
        done = await people.slash(town.mira, channel, name[1:], use.options, use.files)
    if use.says == JOB:
        await town.until_row(f"SELECT 1 FROM job WHERE interaction_id = {done.id}")
    said = town.view(await town.reply(done, LONG_S))
    wanted = use.says if where == "guild" or use.elsewhere is None else use.elsewhere
    assert wanted in said.text, name
    assert said.is_ephemeral == (use.says != JOB), name
    assert "went wrong" not in said.text, name


@pytest.mark.parametrize("where", PLACES)
async def test_whatever_is_typed_is_suggested_something(places: Places, where: str) -> None:
    town = places.town
    await used(places, "/portrait set", where)
    for each in sorted(registered.typed(places.bot)):
        command, _, option = each[1:].partition("?")
        asked = await town.discord.people.autocomplete(
            town.mira, places.channels[where], command, option, {option: ""}
        )
        await town.discord.observer.answered(asked, LONG_S)
        assert asked.choices, each
