"""Cards with every kind of button on them, and what comes of a press."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from storage.records import JobId
from tests.e2e.asking import two_coloured
from tests.e2e.conftest import LONG_S, WORDS, Town, founded
from tests.e2e.desk import manager, use
from tests.e2e.galleries import Place, opened
from tests.e2e.results import answer, finished, press
from tests.fakes.discord.files import Upload
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.nouns import User
from tests.fakes.samples import picture, sound

NOTE = Upload(filename="note.mp3", content=sound(2.0), content_type="audio/mpeg")
LONG_NOTE = Upload(filename="long.mp3", content=sound(14.0), content_type="audio/mpeg")
FACE = Upload(filename="face.png", content=picture(640, 640))
MINUTE_S = 60


@dataclass(slots=True, kw_only=True)
class Scene:
    """One town for many presses: a stranger, a moderator, a manager, and who keeps it busy."""

    place: Place
    manager: User
    busy: User
    late: User
    faceless: User
    counted: int = 0
    cards: dict[str, Message] = field(default_factory=dict)

    @property
    def town(self) -> Town:
        return self.place.town

    async def kept(self, name: str, made: Callable[[], Awaitable[Message]]) -> Message:
        """A card that presses leave as it is, made once."""
        if name not in self.cards:
            self.cards[name] = await made()
        return self.cards[name]


async def question(scene: Scene) -> Message:
    town = scene.town
    options = {"prompt": WORDS, "shape": "square", "seconds": 2, "look": True}
    return await town.slash("animate", image=two_coloured(), **options)


async def hopeless(scene: Scene) -> Message:
    """The question about words that will fail, which Talkie knows to better."""
    words = "A woman speaks to the viewer. The camera whips around her quickly."
    return await scene.town.slash("talk", audio=NOTE, portrait=FACE, prompt=words)


async def priced(scene: Scene) -> Message:
    """A question that says what a rewriting of its words costs."""
    message = await question(scene)
    pressed = await touch(scene, scene.town.mira, message, "v1:improve", None)
    await until_seen(scene.town, "v1:rewrite", pressed)
    return message


async def rewritten(scene: Scene) -> Message:
    """A question with both versions of its words."""
    message = await priced(scene)
    pressed = await touch(scene, scene.town.mira, message, "v1:rewrite", None)
    await until_seen(scene.town, "v1:pick", pressed)
    return message


async def too_long(scene: Scene) -> Message:
    return await scene.town.slash("talk", audio=LONG_NOTE, portrait=FACE)


async def without_a_face(scene: Scene) -> Message:
    town = scene.town
    note = await town.discord.people.send_dm(scene.faceless, attachments=[NOTE])
    return await town.discord.observer.message(
        note.channel, lambda view: "a picture that speaks" in view.text, timeout_s=LONG_S
    )


async def queued(scene: Scene) -> Message:
    """The second job of somebody of whom one at a time is made."""
    town = scene.town
    options: dict[str, str | int] = {"prompt": WORDS, "seconds": 2}
    await use(town, scene.busy, town.channel, "video", options)
    return await use(town, scene.busy, town.channel, "video", options)


async def started(scene: Scene) -> Message:
    """The answer to Cancel on a job that cannot be stopped any more."""
    town = scene.town
    options: dict[str, str | int] = {"prompt": WORDS, "seconds": 2}
    card = await use(town, scene.late, town.channel, "video", options)
    # Its card may tell later: a channel with much news is told of it with pauses.
    await town.until_row("SELECT 1 FROM call WHERE state = 'started'")
    pressed = await press(town, card, town.view(card).buttons[0].label, scene.late)
    return await answer(town, pressed)


async def about_to_expire(scene: Scene) -> Message:
    town = scene.town
    options: dict[str, str | int] = {"prompt": WORDS, "seconds": 2}
    card = await use(town, scene.late, town.channel, "video", options)
    await town.grow_old(14 * MINUTE_S)
    await town.until(card, lambda seen: any(each.label == "Get video" for each in seen.buttons))
    return card


async def listed(scene: Scene) -> Message:
    await scene.kept("video", lambda: finished(scene.town))
    return await scene.town.slash("jobs")


async def link(scene: Scene) -> Message:
    """What a maker reads of the link of their video."""
    town = scene.town
    await finished(town)
    [video] = await town.rows("SELECT max(job_id) AS id FROM video")
    shown = await town.discord.people.slash(
        town.mira, town.channel, "jobs", {"id": int(str(video["id"]))}
    )
    return await town.discord.observer.wait_for(
        lambda: shown.followups[0] if shown.followups else None, LONG_S
    )


async def video(scene: Scene) -> Message:
    return await finished(scene.town)


async def shared(scene: Scene) -> Message:
    """What the maker reads who has just shared a video."""
    town = scene.town
    return await answer(town, await press(town, await finished(town), "Share"))


async def gallery(scene: Scene) -> Message:
    for name in ("one", "another"):
        await scene.kept(name, lambda: shared(scene))
    message = await scene.town.slash("gallery new")
    await scene.town.until(message, lambda seen: bool(seen.files))
    return message


async def reported(scene: Scene) -> Message:
    """What moderators read of a video that was reported."""
    town = scene.town
    opened = await press(town, await finished(town), "Report", scene.place.noa)
    await town.discord.observer.modal(opened)
    await town.discord.people.submit_modal(scene.place.noa, opened, {"reason": ["hate"]})
    scene.counted += 1
    mark = f"Report {scene.counted}"
    return await town.discord.observer.message(
        scene.place.moderation, lambda view: mark in view.text, timeout_s=LONG_S
    )


async def hidden(scene: Scene) -> Message:
    notice = await reported(scene)
    await press(scene.town, notice, "Hide", scene.place.moderator)
    await scene.town.until(notice, lambda seen: "is hidden" in seen.text)
    return notice


async def portrait(scene: Scene) -> Message:
    town = scene.town
    files = {"picture": FACE}
    options: dict[str, str | int] = {"name": "Me"}
    await scene.kept(
        "portrait", lambda: use(town, town.mira, town.channel, "portrait set", options, files)
    )
    return await town.slash("portrait show")


async def own_settings(scene: Scene) -> Message:
    await portrait(scene)
    return await scene.town.slash("settings me")


async def server_settings(scene: Scene) -> Message:
    return await use(scene.town, scene.manager, scene.town.channel, "settings server")


async def bench(scene: Scene) -> Message:
    """A prompt that is being built."""
    return await scene.town.slash("video", prompt=WORDS, seconds=2, parts=True)


async def guide(scene: Scene) -> Message:
    return await scene.town.slash("help")


async def touch(
    scene: Scene, user: User, message: Message, start: str, value: str | None
) -> Interaction:
    """Press the first button, or choose in the first menu, whose id begins so."""
    town, view = scene.town, scene.town.view(message)
    if value is None:
        ids = [each.custom_id or "" for each in view.buttons if not each.is_disabled]
        wanted = next(each for each in ids if each.startswith(start))
        return await town.discord.people.click(user, message, wanted)
    menu = next(each for each in view.menus if each.custom_id.startswith(start))
    chosen = menu.values[0] if value == "first" else value
    return await town.discord.people.select(user, message, menu.custom_id, [chosen])


def outcome(town: Town, pressed: Interaction) -> str:
    """All that can be seen of a press: a form, answers, and the message that was pressed."""
    own = pressed.original
    messages = [*([own] if own else []), *pressed.followups]
    messages += [pressed.source] if pressed.source is not None else []
    views = [town.view(each) for each in messages]
    texts = [each.text for each in views]
    texts += [f"{each.label} {each.custom_id}" for view in views for each in view.buttons]
    form = pressed.modal or {}
    return "\n".join([str(form.get("custom_id", "")), str(form.get("title", "")), *texts])


async def until_seen(town: Town, words: str, *pressed: Interaction) -> str:
    """Wait until this can be seen of these presses, and answer all that can be."""

    def seen() -> str:
        return "\n".join(outcome(town, each) for each in pressed)

    for each in pressed:
        await town.discord.observer.answered(each, LONG_S)
    try:
        await town.discord.observer.wait_for(lambda: words in seen() or None)
    except TimeoutError as error:
        raise AssertionError(f"{words!r} is not in {seen()!r}") from error
    return seen()


@contextlib.asynccontextmanager
async def staged(folder: Path, port: int) -> AsyncIterator[Scene]:
    """A town with a website and a gallery, for a whole module's presses."""
    with pytest.MonkeyPatch.context() as patch:
        async with founded(folder, patch) as town:
            patch.setenv("TALKIE_PUBLIC_URL", f"http://127.0.0.1:{port}")
            patch.setenv("TALKIE_WEB_PORT", str(port))
            patch.setenv("TALKIE_MEMBER_QUEUE", "50")
            patch.setenv("TALKIE_MEMBER_QUEUE_SECONDS", "9000")
            patch.setenv("TALKIE_WELCOME_CREDITS", "10000")
            place = await opened(town)
            names = ("busy", "late", "faceless")
            busy, late, faceless = (town.discord.world.add_user(name) for name in names)
            for user in (busy, late, faceless):
                town.guild.members[user.id] = user
            yield Scene(place=place, manager=manager(town), busy=busy, late=late, faceless=faceless)


@contextlib.asynccontextmanager
async def under_way(town: Town, *, wanted: bool) -> AsyncIterator[None]:
    """If that is wanted, the provider is done with nothing inside the block, then with all."""
    if not wanted:
        yield
        return
    assert town.talkie is not None
    looks, town.deapi.behaviour.looks_until_done = town.deapi.behaviour.looks_until_done, None
    yield
    town.deapi.behaviour.looks_until_done = looks
    async with asyncio.timeout(LONG_S):
        while left := await town.rows("SELECT id FROM job WHERE ended_at IS NULL"):
            for job in list(town.deapi.jobs.by_id.values()):
                town.deapi.jobs.finish(job)
            for row in left:
                town.talkie.services.nudges.nudge(JobId(int(str(row["id"]))))
            await asyncio.sleep(0.05)


async def at_once(
    scene: Scene, user: User, message: Message, start: str, value: str | None
) -> list[Interaction]:
    """Press twice before the first press was answered, and wait for both answers."""
    both = [await touch(scene, user, message, start, value) for _ in range(2)]
    observer = scene.town.discord.observer
    return list(await asyncio.gather(*(observer.answered(each, LONG_S) for each in both)))
