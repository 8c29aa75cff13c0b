"""Every kind of button: by the wrong person, twice at once, and after a restart.

Where another module proves it in more depth, the table names the test; the rest is tried here.
"""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from tests import registered
from tests.e2e import pressing
from tests.e2e.kinds import FORMS, KINDS
from tests.e2e.pressing import Scene, under_way
from tests.e2e.proofs import CASES, PROVED, RESTART, STRANGER, TWICE
from tests.registered import Listed

pytestmark = pytest.mark.asyncio(loop_scope="module")

HERE = Path(__file__).parent


def missing(case: str) -> list[str]:
    """What no other module proves of this."""
    return [name for name in KINDS if case not in PROVED.get(name, {})]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(
    tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[Scene]:
    folder = tmp_path_factory.mktemp("talkie")
    async with pressing.staged(folder, unused_tcp_port_factory()) as scene:
        yield scene


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(scene: Scene) -> Listed:
    assert scene.town.talkie is not None
    return await registered.read(scene.town.talkie)


async def test_every_kind_of_button_is_proved_in_every_case(bot: Listed) -> None:
    kinds = {each.partition(" ")[0] for each in registered.pressed(bot.listed)}
    assert kinds == set(KINDS) | set(PROVED)
    for name, proofs in PROVED.items():
        assert name in KINDS or set(proofs) == set(CASES), name
        for proof in proofs.values():
            module, _, test = proof.partition(".")
            assert f"async def {test}(" in (HERE / f"{module}.py").read_text(), proof


@pytest.mark.parametrize("name", missing(STRANGER))
async def test_the_wrong_person_is_told_so_or_acts_for_themselves(scene: Scene, name: str) -> None:
    kind, town, noa = KINDS[name], scene.town, scene.place.noa
    async with under_way(town, wanted=kind.is_under_way):
        message = await kind.card(scene)
        # What only its member sees is pressed by nobody else, unless the press is forged.
        if message.ephemeral_for is not None:
            message.ephemeral_for = noa
        pressed = await pressing.touch(scene, noa, message, kind.start, kind.value)
        seen = await pressing.until_seen(town, kind.refusal or kind.seen, pressed)
    assert "went wrong" not in seen


@pytest.mark.parametrize("name", missing(TWICE))
async def test_twice_at_once_is_answered_twice_and_done_once(scene: Scene, name: str) -> None:
    kind, town = KINDS[name], scene.town
    async with under_way(town, wanted=kind.is_under_way):
        message = await kind.card(scene)
        user = kind.presser(scene)
        both = await pressing.at_once(scene, user, message, kind.start, kind.value)
        seen = await pressing.until_seen(town, kind.seen, *both)
    assert "went wrong" not in seen
    assert await town.broken_invariants() == []


@pytest.mark.parametrize("is_under_way", [False, True])
async def test_after_a_restart_it_does_what_it_did(scene: Scene, is_under_way: bool) -> None:
    town = scene.town
    names = [each for each in missing(RESTART) if KINDS[each].is_under_way == is_under_way]
    async with under_way(town, wanted=is_under_way):
        cards = {name: await KINDS[name].card(scene) for name in names}
        await town.stop()
        await town.start()
        for name, message in cards.items():
            kind = KINDS[name]
            user = kind.presser(scene)
            pressed = await pressing.touch(scene, user, message, kind.start, kind.value)
            assert "went wrong" not in await pressing.until_seen(town, kind.seen, pressed), name
    assert await town.broken_invariants() == []


async def test_every_form_is_answered_after_a_restart_and_twice_at_once(scene: Scene) -> None:
    town, people = scene.town, scene.town.discord.people
    assert set(FORMS) == registered.forms()
    shown = {}
    for kind, form in FORMS.items():
        card = await form.opener.card(scene)
        user = form.opener.presser(scene)
        shown[kind] = await pressing.touch(scene, user, card, form.opener.start, None)
        await town.discord.observer.modal(shown[kind])
    await town.stop()
    await town.start()
    for kind, form in FORMS.items():
        user = form.opener.presser(scene)
        sent = [await people.submit_modal(user, shown[kind], form.values) for _ in range(2)]
        assert "went wrong" not in await pressing.until_seen(town, form.seen, *sent), kind
    assert await town.broken_invariants() == []
