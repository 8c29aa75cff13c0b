"""What intake keeps and what it leaves behind, with the real parts of the product."""

import asyncio
import gc
import os
import signal
import sys
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot import app
from bot.domain.request import Anchor, Source, Wish
from bot.domain.shapes import Shape
from bot.errors import Code, UserError
from bot.services.intake import Question
from bot.services.submission import Origin
from bot.settings import Settings
from storage.files import Files
from storage.records import Mode
from tests.fakes import sounds
from tests.integration.services.household import Copies, Held

Open = Callable[[], AbstractAsyncContextManager[app.App]]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    @asynccontextmanager
    async def opened() -> AsyncIterator[app.App]:
        settings = Settings().for_demo(tmp_path / "data")
        async with app.opened(settings, fetcher=Copies()) as talkie:
            yield talkie

    return opened


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def picture(tmp_path: Path) -> Source:
    """Red on the left, blue on the right, twice as wide as the widest shape."""
    made = Image.new("RGB", (800, 200), (255, 0, 0))
    made.paste((0, 0, 255), (400, 0, 800, 200))
    made.save(tmp_path / "picture.png")
    return Source(url=str(tmp_path / "picture.png"), name="picture.png", declared_bytes=0)


@pytest.fixture
def voice(tmp_path: Path) -> Source:
    path = sounds.encode(tmp_path / "a.ogg", sounds.speech(1.2), "-c:a", "libopus")
    return Source(url=str(path), name="a.ogg", declared_bytes=0)


async def accepted(talkie: app.App, wish: Wish, member: int = 1) -> None:
    await talkie.services.intake.accept(wish, Origin(discord_id=member, interaction_id=None))


@pytest.mark.parametrize(
    ("anchor", "channel"), [(Anchor.LEFT, 0), (Anchor.RIGHT, 2), (Anchor.CENTRE, None)]
)
async def test_the_member_chooses_what_stays_of_a_picture(
    anchor: Anchor, channel: int | None, opened: Open, data: Path, picture: Source
) -> None:
    wish = Wish(mode=Mode.IMAGE, first_image=picture, shape=Shape.SQUARE, anchor=anchor)
    async with opened() as talkie:
        await accepted(talkie, wish)
    (folder,) = (data / "jobs").iterdir()
    with Image.open(folder / "first.jpg") as kept:
        colours = np.asarray(kept).reshape(-1, 3).mean(axis=0)
    if channel is None:
        assert colours[0] == pytest.approx(colours[2], abs=3)
    else:
        assert colours[channel] > 250


async def test_a_kept_wish_remembers_what_stays(opened: Open, picture: Source) -> None:
    wish = Wish(mode=Mode.IMAGE, first_image=picture, anchor=Anchor.TOP)
    seen: list[Wish] = []

    def answer(kept: Wish) -> Wish:
        seen.append(kept)
        return kept

    async with opened() as talkie:
        draft = await talkie.services.intake.keep(wish, 1)
        origin = Origin(discord_id=1, interaction_id=None)
        await talkie.services.intake.consider_draft(draft, answer, origin)
    assert seen == [wish]


@pytest.mark.parametrize("rough", ["true", "false"])
async def test_a_setting_adds_noise_for_the_model_alone(
    rough: str, opened: Open, data: Path, voice: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_ROUGHEN", rough)
    async with opened() as talkie:
        await accepted(talkie, Wish(mode=Mode.AUDIO, sound=voice))
    (folder,) = (data / "jobs").iterdir()
    tails = {
        name: float(np.abs(sounds.read_wav(folder / name)[-sounds.RATE // 4 :]).max())
        for name in ("drive.wav", "clean.wav")
    }
    assert tails["clean.wav"] == 0
    assert (tails["drive.wav"] > 0) is (rough == "true")


async def test_inputs_of_a_job_that_was_refused_are_not_kept(
    opened: Open, data: Path, picture: Source
) -> None:
    wish = Wish(mode=Mode.IMAGE, first_image=picture)
    async with opened() as talkie:
        for _ in range(5):
            await accepted(talkie, wish)
        with pytest.raises(UserError) as refusal:
            await accepted(talkie, wish)
        assert refusal.value.code is Code.QUEUE_FULL
        assert len(list((data / "jobs").iterdir())) == 5
        assert list((data / "scratch").iterdir()) == []


async def test_nothing_of_a_refused_sound_stays_in_memory(opened: Open, tmp_path: Path) -> None:
    path = sounds.write_float_wav(tmp_path / "long.wav", sounds.speech(11.0))
    long = Source(url=str(path), name="long.wav", declared_bytes=0)
    refused: list[weakref.ref[UserError]] = []
    gc.disable()
    try:
        async with opened() as talkie:
            try:
                await accepted(talkie, Wish(mode=Mode.AUDIO, sound=long))
            except UserError as refusal:  # pytest.raises() would keep it
                refused.append(weakref.ref(refusal))
            assert [each() for each in refused] == [None]
    finally:
        gc.enable()


async def test_a_member_has_three_files_prepared_at_once_and_others_are_not_held_up(
    data: Path, picture: Source
) -> None:
    wish, held = Wish(mode=Mode.IMAGE, first_image=picture), Held()
    async with app.opened(Settings().for_demo(data), fetcher=held) as talkie:
        first = [asyncio.create_task(accepted(talkie, wish)) for _ in range(3)]
        for _ in first:
            await held.asked.acquire()
        with pytest.raises(UserError) as refusal:
            await accepted(talkie, wish)
        assert (refusal.value.code, refusal.value.facts) == (Code.PREPARING_MANY, {"limit": 3})
        other = asyncio.create_task(accepted(talkie, wish, member=2))
        await held.asked.acquire()
        held.go.set()
        await asyncio.gather(*first, other)
        await accepted(talkie, wish)
    assert len(list((data / "jobs").iterdir())) == 5


async def test_a_question_keeps_nothing_but_the_wish_as_it_was_shown(
    opened: Open, data: Path, picture: Source
) -> None:
    wish = Wish(mode=Mode.IMAGE, first_image=picture, look=True)
    async with opened() as talkie:
        intake, origin = talkie.services.intake, Origin(discord_id=1, interaction_id=None)
        asked = await intake.consider(wish, origin)
        assert isinstance(asked, Question)
        kept = await intake.kept(asked.draft, 1)
        assert (kept.seed, kept.shape) == (asked.plan.seed, asked.plan.shape)
        assert list((data / "jobs").iterdir()) == []
        assert list((data / "scratch").iterdir()) == []
        for stranger in (2, 3):
            with pytest.raises(UserError) as refusal:
                await intake.crop(asked.draft, Anchor.START, stranger)
            assert refusal.value.code is Code.NOT_YOURS
        ticket = await intake.accept_draft(asked.draft, origin)
        assert ticket.plan == asked.plan
        for late in (intake.kept(asked.draft, 1), intake.drop(asked.draft, 1)):
            with pytest.raises(UserError) as refusal:
                await late
            assert refusal.value.code is Code.FORM_EXPIRED


async def test_a_draft_of_another_question_has_no_crop(opened: Open, picture: Source) -> None:
    async with opened() as talkie:
        intake = talkie.services.intake
        draft = await intake.keep(Wish(mode=Mode.IMAGE, first_image=picture), 1)
        with pytest.raises(UserError) as refusal:
            await intake.crop(draft, Anchor.START, 1)
        assert refusal.value.code is Code.FORM_EXPIRED


STUCK = """
import asyncio, sys
from pathlib import Path
from tests.integration.services import test_intake as here

class Stuck(here.Copies):
    async def fetch(self, url, target, **limits):
        await super().fetch(url, target, **limits)
        print("fetched", flush=True)
        await asyncio.Event().wait()

async def main():
    settings = here.Settings().for_demo(Path(sys.argv[1]))
    async with here.app.opened(settings, fetcher=Stuck()) as talkie:
        picture = here.Source(url=sys.argv[2], name="a.png", declared_bytes=0)
        await here.accepted(talkie, here.Wish(mode=here.Mode.IMAGE, first_image=picture))

asyncio.run(main())
"""


async def test_what_a_killed_talkie_left_is_swept_at_the_next_start(
    data: Path, picture: Source
) -> None:
    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", STUCK, str(data), picture.url),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
    )
    assert killed.stdout is not None
    assert await killed.stdout.readline() == b"fetched\n"
    killed.send_signal(signal.SIGKILL)
    await killed.wait()
    assert len(list((data / "scratch").rglob("*.raw"))) == 1
    files = Files.open(data)
    assert list((data / "scratch").iterdir()) == []
    files.close()
