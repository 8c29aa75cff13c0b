import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import bot
from bot.engines.base import (
    Done,
    Failed,
    Lost,
    NotStarted,
    Pending,
    Refused,
    Running,
    Spec,
    State,
    Task,
    Unreadable,
)
from bot.engines.local.engine import LocalEngine
from bot.media import ffmpeg
from storage.records import Mode
from tests.integration.local import processes, readback

SHORT = Spec(mode=Mode.TEXT, width=512, height=512, frames=49)
LONG = Spec(mode=Mode.TEXT, width=1024, height=1024, frames=241)


def ask(spec: Spec = SHORT, *, picture: Path | None = None, sound: Path | None = None) -> Task:
    return Task(
        spec=spec,
        model="local",
        prompt="A small boat",
        seed=4,
        first_image=picture,
        sound_wav=sound,
    )


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[LocalEngine]:
    async with LocalEngine(tmp_path / "clips") as opened:
        yield opened


async def wait_until(engine: LocalEngine, handle: str, *kinds: type[State]) -> State:
    async with asyncio.timeout(90):
        while not isinstance(state := await engine.look(handle), kinds):  # noqa: ASYNC110 - looking is all the protocol offers
            await asyncio.sleep(0.01)
    return state


async def wait_for_ffmpeg(engine: LocalEngine, handle: str) -> int:
    """The process group that renders a clip, once its ffmpeg runs."""
    await wait_until(engine, handle, Running, Done, Failed)
    async with asyncio.timeout(90):
        while not (found := processes.processes_of(handle)):  # noqa: ASYNC110 - a process sends no event
            await asyncio.sleep(0.01)
    return os.getpgid(found[0])


async def test_a_clip_is_rendered_fetched_and_forgotten(
    engine: LocalEngine, tmp_path: Path
) -> None:
    handle = await engine.start(ask())
    assert await wait_until(engine, handle, Done, Failed) == Done(0)
    target = tmp_path / "video.mp4"
    await engine.fetch(handle, target)
    assert readback.read_contents(target).frames == 49
    await engine.fetch(handle, target)
    assert processes.files_in(tmp_path) == ["video.mp4"]
    await engine.forget(handle)
    assert await engine.look(handle) == Lost()
    assert processes.files_in(tmp_path / "clips") == []


async def test_progress_grows_from_pending_over_running_to_done(engine: LocalEngine) -> None:
    handle = await engine.start(ask(Spec(mode=Mode.TEXT, width=512, height=512, frames=97)))
    assert await engine.look(handle) == Pending()
    seen = set()
    async with asyncio.timeout(90):
        while not isinstance(state := await engine.look(handle), Done | Failed):
            if isinstance(state, Running) and state.progress is not None:
                seen.add(state.progress)
            await asyncio.sleep(0.01)
    assert state == Done(0)
    assert len(seen) >= 3
    assert all(0 <= progress <= 1 for progress in seen)


async def test_every_clip_is_free(engine: LocalEngine) -> None:
    quote = await engine.quote(LONG)
    assert (quote.price_micro, quote.model) == (0, "local")
    assert (engine.name, engine.restart_is_free) == ("local", True)


@pytest.mark.parametrize("side", [0, 100, 513, 5000])
async def test_sizes_that_cannot_be_rendered_are_refused(engine: LocalEngine, side: int) -> None:
    spec = Spec(mode=Mode.TEXT, width=side, height=512, frames=49)
    with pytest.raises(Refused):
        await engine.quote(spec)
    with pytest.raises(Refused):
        await engine.start(ask(spec))


@pytest.mark.parametrize("mode", [Mode.IMAGE, Mode.AUDIO])
async def test_a_task_without_its_input_is_refused(engine: LocalEngine, mode: Mode) -> None:
    with pytest.raises(Refused):
        await engine.start(ask(Spec(mode=mode, width=512, height=512, frames=49)))


async def test_a_broken_picture_fails_for_good(engine: LocalEngine, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    spec = Spec(mode=Mode.IMAGE, width=512, height=512, frames=49)
    handle = await engine.start(ask(spec, picture=tmp_path / "broken.png"))
    state = await wait_until(engine, handle, Done, Failed)
    assert isinstance(state, Failed)
    assert not state.retryable
    assert "PictureUnreadable" in state.detail
    with pytest.raises(Unreadable):
        await engine.fetch(handle, tmp_path / "video.mp4")


async def test_a_worker_that_is_killed_fails_and_may_be_tried_again(engine: LocalEngine) -> None:
    handle = await engine.start(ask(LONG))
    os.killpg(await wait_for_ffmpeg(engine, handle), signal.SIGKILL)
    state = await wait_until(engine, handle, Done, Failed)
    assert isinstance(state, Failed)
    assert state.retryable
    assert "signal 9" in state.detail


async def test_a_worker_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    async with LocalEngine(tmp_path / "clips", time_limit_s=0.05) as engine:
        handle = await engine.start(ask(LONG))
        state = await wait_until(engine, handle, Done, Failed)
        assert isinstance(state, Failed)
        assert state.retryable
        assert "0.05 s" in state.detail
    assert not processes.processes_of(handle)


async def test_cancelling_kills_the_worker_and_its_ffmpeg(
    engine: LocalEngine, tmp_path: Path
) -> None:
    handle = await engine.start(ask(LONG))
    group = await wait_for_ffmpeg(engine, handle)
    assert await engine.cancel(handle)
    assert processes.is_gone(group) or not processes.processes_of(handle)
    assert await engine.look(handle) == Lost()
    assert not await engine.cancel(handle)
    assert processes.files_in(tmp_path / "clips") == []


async def test_a_clip_that_waits_for_its_turn_can_be_cancelled(engine: LocalEngine) -> None:
    first, second = await engine.start(ask(LONG)), await engine.start(ask())
    await wait_until(engine, first, Running)
    assert await engine.look(second) == Pending()
    assert await engine.cancel(second)
    assert await engine.cancel(first)


async def test_several_clips_render_at_once_if_told_so(tmp_path: Path) -> None:
    async with LocalEngine(tmp_path / "clips", processes=2) as engine:
        first, second = await engine.start(ask(LONG)), await engine.start(ask(LONG))
        await wait_until(engine, first, Running)
        await wait_until(engine, second, Running)


async def test_a_finished_clip_is_cancelled_no_more(engine: LocalEngine) -> None:
    handle = await engine.start(ask())
    await wait_until(engine, handle, Done)
    assert not await engine.cancel(handle)
    assert await engine.look(handle) == Done(0)


async def test_a_restart_keeps_finished_clips_and_loses_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    async with LocalEngine(folder) as engine:
        finished = await engine.start(ask())
        await wait_until(engine, finished, Done)
        begun = await engine.start(ask(LONG))
        group = await wait_for_ffmpeg(engine, begun)
    await processes.until_gone(group, begun)
    (folder / f"{begun}.part.mp4").write_bytes(b"half a clip")
    async with LocalEngine(folder) as engine:
        assert await engine.look(finished) == Done(0)
        assert await engine.look(begun) == Lost()
        await engine.fetch(finished, tmp_path / "video.mp4")
        assert [path.stem for path in folder.iterdir()] == [finished]


@pytest.mark.parametrize("handle", ["", "nonsense", "../clip", "0" * 32, "\x00", "a" * 5000])
async def test_a_handle_that_was_never_given_is_lost(
    engine: LocalEngine, tmp_path: Path, handle: str
) -> None:
    assert await engine.look(handle) == Lost()
    assert not await engine.cancel(handle)
    await engine.forget(handle)
    with pytest.raises(Unreadable):
        await engine.fetch(handle, tmp_path / "video.mp4")


async def test_fetching_into_a_folder_that_is_not_there_can_be_tried_again(
    engine: LocalEngine, tmp_path: Path
) -> None:
    handle = await engine.start(ask())
    await wait_until(engine, handle, Done)
    with pytest.raises(Unreadable):
        await engine.fetch(handle, tmp_path / "none" / "video.mp4")
    await engine.fetch(handle, tmp_path / "video.mp4")


async def test_a_closed_engine_starts_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotStarted):
        await LocalEngine(tmp_path / "clips").start(ask())


async def test_a_foreign_ffmpeg_is_not_used(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", sys.executable)
    with pytest.raises(NotStarted):
        await engine.start(ask())
    (finding,) = await engine.examine()
    assert not finding.ok
    assert "IMAGEIO_FFMPEG_EXE" in finding.message


async def test_the_doctor_renders_a_clip_and_leaves_nothing(
    engine: LocalEngine, tmp_path: Path
) -> None:
    (finding,) = await engine.examine()
    assert finding.ok
    assert processes.files_in(tmp_path / "clips") == []


async def test_the_doctor_names_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (finding,) = await LocalEngine(tmp_path / "file" / "clips").examine()
    assert not finding.ok
    assert finding.remedy


async def test_a_worker_knows_none_of_talkies_secrets(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "made-up-token")
    handle = await engine.start(ask(LONG))
    group = await wait_for_ffmpeg(engine, handle)
    for process in (group, *processes.processes_of(handle)):
        environment = processes.environment_of(process)
        assert environment
        assert b"made-up-token" not in environment


def test_a_worker_ends_itself_and_its_ffmpeg_when_talkie_dies(tmp_path: Path) -> None:
    told = {
        "mode": "text",
        "width": 1024,
        "height": 1024,
        "frames": 1440,
        "prompt": "x",
        "seed": 1,
        "first_image": None,
        "last_image": None,
        "sound_wav": None,
        "ffmpeg": str(ffmpeg.locate()),
        "target": str(tmp_path / "orphan.mp4"),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "bot.engines.local.render"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(bot.__file__).parents[1],
        start_new_session=True,
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps(told).encode() + b"\n")
        worker.stdin.flush()
        assert float(worker.stdout.readline()) == 0.0
        assert processes.processes_of(str(tmp_path))
        worker.stdin.close()
        assert worker.wait(timeout=60) == -signal.SIGKILL
    deadline = time.monotonic() + 60
    while processes.processes_of(str(tmp_path)):
        assert time.monotonic() < deadline
