"""What every engine promises, asked of each of them.

A second engine is one more entry in ENGINES: an async context manager that yields a Case.
"""

import asyncio
import hashlib
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.deapi.client import Client
from bot.engines.base import (
    Allowance,
    Ask,
    Done,
    Draft,
    Engine,
    Failed,
    Lost,
    Pending,
    Refused,
    Running,
    Spec,
    Speech,
    State,
    Task,
    Voice,
)
from bot.engines.deapi import DeapiEngine
from bot.engines.local.engine import LocalEngine
from bot.media import ffmpeg
from storage.records import Mode
from tests.fakes import clipcheck, samples
from tests.fakes.deapi import catalog
from tests.fakes.deapi.server import StandIn

FRAMES = 49
MOST_LOOKS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An engine at work, how another object of it is made, and how to pass the time."""

    engine: Engine
    reopen: Callable[[], Awaitable[Engine]]
    wait: Callable[[], Awaitable[None]]


@asynccontextmanager
async def deapi_case(folder: Path) -> AsyncIterator[Case]:
    async def make() -> Engine:
        client = Client(stand_in.behaviour.key, user_agent="Talkie/0 (t)", base_url=stand_in.url)
        clients.append(client)
        return DeapiEngine(client, model=catalog.LTX.slug)

    async def wait() -> None:
        """The stand-in advances by looks."""

    clients: list[Client] = []
    async with StandIn() as stand_in:
        yield Case(engine=await make(), reopen=make, wait=wait)
        for client in clients:
            await client.close()


@asynccontextmanager
async def local_case(folder: Path) -> AsyncIterator[Case]:
    async def reopen() -> Engine:
        """Two never work on one folder: the first one ends, as its process would."""
        await opened[-1].aclose()
        opened.append(LocalEngine(folder))
        await opened[-1].open()
        return opened[-1]

    async def wait() -> None:
        await asyncio.sleep(0.05)

    opened = [LocalEngine(folder)]
    await opened[0].open()
    try:
        yield Case(engine=opened[0], reopen=reopen, wait=wait)
    finally:
        await opened[-1].aclose()


ENGINES: dict[str, Callable[[Path], AbstractAsyncContextManager[Case]]] = {
    "deapi": deapi_case,
    "local": local_case,
}


@pytest.fixture(params=sorted(ENGINES))
async def case(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Case]:
    folder = tmp_path / "engine"
    folder.mkdir()
    async with ENGINES[request.param](folder) as made:
        yield made


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Prepared files, as the product hands them to an engine."""

    picture: Path
    wav: Path
    mp3: Path


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    made = Inputs(
        picture=tmp_path / "first.png", wav=tmp_path / "sound.wav", mp3=tmp_path / "sound.mp3"
    )
    made.picture.write_bytes(samples.picture(512, 576))
    tone = f"sine=frequency=330:sample_rate=48000:duration={FRAMES / 24:.6f}"
    for sound in (made.wav, made.mp3):
        command = [str(ffmpeg.locate()), "-v", "error", "-f", "lavfi", "-i", tone, str(sound)]
        subprocess.run(command, check=True, timeout=120)
    return made


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hidden(folder: Path) -> list[Path]:
    return list(folder.glob(".*"))


async def a_task(engine: Engine, mode: Mode, inputs: Inputs) -> Task:
    spec = Spec(mode=mode, width=512, height=576, frames=FRAMES)
    quote = await engine.quote(spec)
    heard = mode is Mode.AUDIO
    return Task(
        spec=spec,
        model=quote.model,
        prompt="A lighthouse in the rain.",
        seed=7,
        first_image=inputs.picture if mode is Mode.IMAGE else None,
        sound_wav=inputs.wav if heard else None,
        sound_mp3=inputs.mp3 if heard else None,
    )


async def until_the_end(case: Case, engine: Engine, handle: str) -> tuple[State, list[State]]:
    seen: list[State] = []
    for _ in range(MOST_LOOKS):
        seen.append(await engine.look(handle))
        if isinstance(seen[-1], Done | Failed | Lost):
            return seen[-1], seen
        await case.wait()
    raise AssertionError(f"no end after {MOST_LOOKS} looks, last {seen[-1]}")


@pytest.mark.parametrize("mode", list(Mode))
async def test_a_clip_is_quoted_started_watched_and_fetched_as_it_was_asked(
    case: Case, mode: Mode, inputs: Inputs, tmp_path: Path
) -> None:
    task = await a_task(case.engine, mode, inputs)
    quote = await case.engine.quote(task.spec)
    assert quote.price_micro >= 0
    assert case.engine.restart_is_free == (quote.price_micro == 0)
    handle = await case.engine.start(task)
    end, seen = await until_the_end(case, case.engine, handle)
    assert isinstance(end, Done)
    assert all(isinstance(state, Pending | Running) for state in seen[:-1])
    progress = [state.progress for state in seen if isinstance(state, Running)]
    assert all(part is None or 0 <= part <= 1 for part in progress)
    target = tmp_path / "clip.mp4"
    await case.engine.fetch(handle, target)
    counted = await clipcheck.count(target)
    assert (counted.width, counted.height, counted.frames) == (512, 576, FRAMES)
    assert abs(counted.sound_s - FRAMES / 24) < 0.1


async def test_a_finished_clip_can_be_fetched_again_and_is_the_same(
    case: Case, inputs: Inputs, tmp_path: Path
) -> None:
    handle = await case.engine.start(await a_task(case.engine, Mode.TEXT, inputs))
    await until_the_end(case, case.engine, handle)
    digests = set()
    for name in ("one.mp4", "two.mp4"):
        await case.engine.fetch(handle, tmp_path / name)
        digests.add(digest(tmp_path / name))
    assert len(digests) == 1
    assert not hidden(tmp_path), "nothing half-written is left"


async def test_a_handle_survives_a_restart_or_is_lost_where_that_costs_nothing(
    case: Case, inputs: Inputs, tmp_path: Path
) -> None:
    handle = await case.engine.start(await a_task(case.engine, Mode.TEXT, inputs))
    reopened = await case.reopen()
    end, _ = await until_the_end(case, reopened, handle)
    if isinstance(end, Lost):
        assert reopened.restart_is_free
    else:
        assert isinstance(end, Done)
        await reopened.fetch(handle, tmp_path / "clip.mp4")
        assert (await clipcheck.count(tmp_path / "clip.mp4")).frames == FRAMES


@pytest.mark.parametrize(
    "handle",
    ["c08a339c-73e5-4d67-a4d5-231302fbff9a", "", "..", "../../etc/passwd", "a/b?c=d", "\0", "é"],
)
async def test_an_unknown_handle_is_lost(case: Case, handle: str) -> None:
    assert await case.engine.look(handle) == Lost()


async def test_looking_after_forgetting_does_not_raise(case: Case, inputs: Inputs) -> None:
    handle = await case.engine.start(await a_task(case.engine, Mode.TEXT, inputs))
    await until_the_end(case, case.engine, handle)
    await case.engine.forget(handle)
    assert isinstance(await case.engine.look(handle), Done | Lost)
    await case.engine.forget(handle)


async def test_cancelling_answers_whether_it_was_stopped(case: Case, inputs: Inputs) -> None:
    handle = await case.engine.start(await a_task(case.engine, Mode.TEXT, inputs))
    stopped = await case.engine.cancel(handle)
    assert isinstance(stopped, bool)
    if not stopped:
        end, _ = await until_the_end(case, case.engine, handle)
        assert isinstance(end, Done)
    assert not await case.engine.cancel("no-such-clip")


async def test_the_same_task_may_be_rendered_twice(case: Case, inputs: Inputs) -> None:
    task = await a_task(case.engine, Mode.TEXT, inputs)
    assert await case.engine.start(task) != await case.engine.start(task)


async def test_an_observer_hears_only_sensible_allowances(case: Case, inputs: Inputs) -> None:
    heard: list[tuple[Ask, Allowance]] = []
    case.engine.observe(lambda ask, allowance: heard.append((ask, allowance)))
    handle = await case.engine.start(await a_task(case.engine, Mode.TEXT, inputs))
    await until_the_end(case, case.engine, handle)
    assert case.engine.restart_is_free == (not heard), "what costs nothing is not counted"
    for _, told in heard:
        assert 0 <= (told.left_minute or 0) <= (told.a_minute or 0)


async def test_an_engine_that_speaks_makes_an_mp3_and_one_that_does_not_says_so(
    case: Case, inputs: Inputs, tmp_path: Path
) -> None:
    voices = await case.engine.voices()
    assert case.engine.speaks == bool(voices)
    voice = next(iter(voices), Voice(slug="v", name="V", language="en", spoken="", model="m"))
    silent = await a_task(case.engine, Mode.TEXT, inputs)
    task = replace(silent, speech=Speech(text="Good morning.", voice=voice), model=voice.model)
    if not case.engine.speaks:
        with pytest.raises(Refused):
            await case.engine.quote_speech(13, voice)
        with pytest.raises(Refused):
            await case.engine.start(task)
        return
    assert (await case.engine.quote_speech(13, voice)).price_micro > 0
    handle = await case.engine.start(task)
    end, _ = await until_the_end(case, await case.reopen(), handle)
    assert isinstance(end, Done)
    await case.engine.fetch(handle, tmp_path / "line.mp3")
    assert (tmp_path / "line.mp3").read_bytes()[:3] == b"ID3"


async def test_an_engine_rewrites_what_it_says_it_may_and_refuses_the_rest(
    case: Case, inputs: Inputs
) -> None:
    for mode in Mode:
        task = await a_task(case.engine, mode, inputs)
        draft = Draft(
            mode=mode, model=task.model, words="A quiet street.", first_image=task.first_image
        )
        if mode in case.engine.rewrites:
            assert (await case.engine.quote_rewriting(20, mode, task.model)).price_micro > 0
            assert await case.engine.rewrite(draft) != draft.words
            continue
        with pytest.raises(Refused):
            await case.engine.quote_rewriting(20, mode, task.model)
        with pytest.raises(Refused):
            await case.engine.rewrite(draft)


async def test_the_doctor_finds_a_sound_engine_sound(case: Case) -> None:
    findings = await case.engine.examine()
    assert findings
    assert all(finding.ok for finding in findings), findings
