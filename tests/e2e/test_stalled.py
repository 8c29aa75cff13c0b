"""While nothing can be read or written, everything is still answered in time, and done later."""

from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType

import pytest
import pytest_asyncio

from bot.errors import Code
from cogs.ui import refusals
from tests.e2e import pressing
from tests.e2e.conftest import LONG_S
from tests.e2e.kinds import FORMS, KINDS, Kind
from tests.e2e.pressing import Scene, under_way
from tests.e2e.stalling import stalled
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.invoking import Value

pytestmark = pytest.mark.asyncio(loop_scope="module")

OTHERS: Mapping[str, Kind] = MappingProxyType(
    {
        "question.RenderButton": Kind(card=pressing.question, start="v1:render", seen="Held "),
        "question.RewriteButton": Kind(card=pressing.priced, start="v1:rewrite", seen="rewrote"),
        "repeats.AgainButton": Kind(card=pressing.video, start="v1:again", seen="Held "),
        "repeats.RemixButton": Kind(card=pressing.video, start="v1:remix", seen=""),
        "sharing.ShareButton": Kind(card=pressing.video, start="v1:share", seen="Take back"),
        "sharing.VoteButton": Kind(card=pressing.gallery, start="v1:vote", seen="Vote · 1"),
        "likeness.PortraitButton ask": Kind(
            card=pressing.portrait, start="v1:portrait:ask", seen="Keep it"
        ),
        "likeness.PortraitButton rename": Kind(
            card=pressing.portrait, start="v1:portrait:rename", seen=""
        ),
        "workbench.MakeButton": Kind(card=pressing.bench, start="v1:make", seen="Held "),
    }
)
ALL: Mapping[str, Kind] = MappingProxyType({**KINDS, **OTHERS})
OPENERS = frozenset(
    {
        "question.EditButton",
        "speaker.PortraitButton",
        "server_settings.NumbersButton",
        "workbench.WriteButton",
        "workbench.WholeButton",
        "repeats.RemixButton",
        "likeness.PortraitButton rename",
    }
)
"""What opens a form that has to be looked up first."""
COMMANDS: Mapping[str, tuple[Mapping[str, Value], str]] = MappingProxyType(
    {
        "jobs": ({}, "Your latest videos"),
        "credits": ({}, "credits"),
        "privacy": ({}, "What Talkie keeps of you"),
        "settings me": ({}, "Your settings"),
        "portrait show": ({}, "Me"),
        "portrait remove": ({"name": "Me"}, "Remove Me?"),
        "gallery mine": ({}, "Video #"),
        "help": ({}, "Use this"),
        "video": ({}, "Build your video"),
    }
)
AT_ONCE = 3
"""Of one member, Talkie prepares no more at a time."""
LATER = refusals.REFUSALS[Code.TOO_HASTY]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(
    tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[Scene]:
    folder = tmp_path_factory.mktemp("talkie")
    async with pressing.staged(folder, unused_tcp_port_factory()) as scene:
        yield scene


async def answered(scene: Scene, asked: Mapping[str, Interaction]) -> None:
    """Wait for every first answer."""
    for name, each in asked.items():
        try:
            await scene.town.discord.observer.answered(each, LONG_S)
        except TimeoutError as error:
            raise AssertionError(f"{name} was not acknowledged") from error


async def press_stalled(scene: Scene, names: list[str]) -> None:
    """Press some kinds of buttons while nothing can be looked up, then see what comes of it."""
    cards = {name: await ALL[name].card(scene) for name in names}
    async with stalled(scene.town):
        asked = {
            name: await pressing.touch(
                scene, ALL[name].presser(scene), cards[name], ALL[name].start, ALL[name].value
            )
            for name in names
        }
        await answered(scene, asked)
    for name in names:
        wanted = LATER if name in OPENERS else ALL[name].seen
        assert "went wrong" not in await pressing.until_seen(scene.town, wanted, asked[name]), name


@pytest.mark.parametrize("is_under_way", [False, True])
@pytest.mark.timeout(240)
async def test_every_press_is_acknowledged_and_done_once_the_store_answers(
    scene: Scene, is_under_way: bool
) -> None:
    town = scene.town
    names = [name for name, kind in ALL.items() if kind.is_under_way == is_under_way]
    async with under_way(town, wanted=is_under_way):
        for first in range(0, len(names), AT_ONCE):
            await press_stalled(scene, names[first : first + AT_ONCE])
    assert await town.broken_invariants() == []


@pytest.mark.timeout(120)
async def test_every_command_is_acknowledged_and_answered_once_the_store_answers(
    scene: Scene,
) -> None:
    town = scene.town
    await pressing.portrait(scene)
    await pressing.shared(scene)
    async with stalled(town):
        asked = {
            name: await town.discord.people.slash(town.mira, town.channel, name, dict(options))
            for name, (options, _) in COMMANDS.items()
        }
        await answered(scene, asked)
    for name, (_, wanted) in COMMANDS.items():
        assert "went wrong" not in await pressing.until_seen(town, wanted, asked[name]), name


@pytest.mark.timeout(120)
async def test_every_form_is_acknowledged_and_done_once_the_store_answers(scene: Scene) -> None:
    town, people = scene.town, scene.town.discord.people
    shown = {}
    for kind, form in FORMS.items():
        card = await form.opener.card(scene)
        user = form.opener.presser(scene)
        shown[kind] = await pressing.touch(scene, user, card, form.opener.start, None)
        await town.discord.observer.modal(shown[kind])
    async with stalled(town):
        sent = {
            kind.__name__: await people.submit_modal(
                form.opener.presser(scene), shown[kind], form.values
            )
            for kind, form in FORMS.items()
        }
        await answered(scene, sent)
    for kind, form in FORMS.items():
        seen = await pressing.until_seen(town, form.seen, sent[kind.__name__])
        assert "went wrong" not in seen, kind
    assert await town.broken_invariants() == []
