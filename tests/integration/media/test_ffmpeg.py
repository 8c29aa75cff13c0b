import asyncio
import errno
import os
from pathlib import Path

import pytest

from bot.media.ffmpeg import Ffmpeg, FfmpegMissing, Limits, locate
from bot.media.reasons import MediaError, Reason

MARK = f"a-test-of-talkie-{os.getpid()}"
ENDLESS = ("-f", "lavfi", "-i", "sine", "-f", "null", "-metadata", f"comment={MARK}", "-")


def running() -> list[str]:
    """The processes that carry the mark of ENDLESS."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if MARK.encode() in process.read_bytes():
                found.append(process.parent.name)
        except OSError:
            continue
    return found


async def hold(ffmpeg: Ffmpeg, fifo: Path) -> tuple[asyncio.Task[object], int]:
    """A run that certainly has started: it waits for bytes from the pipe we opened."""
    os.mkfifo(fifo)
    task: asyncio.Task[object] = asyncio.create_task(
        ffmpeg.run(("-f", "s16le", "-i", f"file:{fifo}", *ENDLESS[4:]), stdin=None, limits=Limits())
    )
    return task, await asyncio.to_thread(os.open, fifo, os.O_WRONLY)


async def test_it_says_what_ffmpeg_says(ffmpeg: Ffmpeg) -> None:
    output = await ffmpeg.run(("-v", "error", "-i", "file:/nowhere"), stdin=None, limits=Limits())
    assert not output.ok
    assert output.stdout == b""
    assert "No such file" in output.log


async def test_a_process_that_never_ends_is_killed(ffmpeg: Ffmpeg) -> None:
    with pytest.raises(MediaError) as refusal:
        await ffmpeg.run(ENDLESS, stdin=None, limits=Limits(wall_s=0.3))
    assert refusal.value.reason is Reason.BROKEN
    assert running() == []


async def test_a_full_disk_is_no_fault_of_the_file(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    full = tmp_path / "full.wav"
    full.symlink_to("/dev/full")
    arguments = ("-v", "error", "-f", "lavfi", "-i", "sine", "-t", "5", "-y", f"file:{full}")
    with pytest.raises(OSError, match="No space left") as trouble:
        await ffmpeg.run(arguments, stdin=None, limits=Limits(file_bytes=1 << 20))
    assert trouble.value.errno == errno.ENOSPC


async def test_processor_time_is_limited(ffmpeg: Ffmpeg) -> None:
    output = await ffmpeg.run(ENDLESS, stdin=None, limits=Limits(cpu_s=1))
    assert not output.ok


async def test_a_cancelled_run_leaves_no_process(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    task, pipe = await hold(ffmpeg, tmp_path / "pipe")
    assert running() != []
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    os.close(pipe)
    assert running() == []
    assert not ffmpeg.slots.locked()


async def test_only_so_many_run_at_once(tmp_path: Path) -> None:
    ffmpeg = Ffmpeg(locate(), slots=asyncio.Semaphore(1))
    first, pipe = await hold(ffmpeg, tmp_path / "pipe")
    second = asyncio.create_task(ffmpeg.run(("-version",), stdin=None, limits=Limits()))
    done, _ = await asyncio.wait({second}, timeout=0.2)
    assert not done
    os.close(pipe)
    await first
    assert (await second).ok


async def test_what_it_says_is_cut_off_at_the_cap(ffmpeg: Ffmpeg) -> None:
    noise = ("-f", "lavfi", "-i", "anoisesrc", "-f", "s16le", "pipe:1")
    output = await ffmpeg.run(noise, stdin=None, limits=Limits(output_bytes=100_000))
    assert len(output.stdout) == 100_000
    assert output.truncated
    assert not output.ok


async def test_what_it_logs_is_kept_to_64_kilobytes(ffmpeg: Ffmpeg) -> None:
    chatter = ("-v", "debug", "-f", "lavfi", "-i", "testsrc=duration=60:size=16x16,showinfo")
    output = await ffmpeg.run((*chatter, "-f", "null", "-"), stdin=None, limits=Limits())
    assert output.ok
    assert len(output.log) == 64 * 1024


async def test_it_writes_no_file_unless_allowed_and_none_too_long(
    ffmpeg: Ffmpeg, tmp_path: Path
) -> None:
    target = tmp_path / "noise.wav"
    noise = ("-f", "lavfi", "-i", "anoisesrc=duration=4", "-y", f"file:{target}")
    for file_bytes in (0, 102_400):
        output = await ffmpeg.run(noise, stdin=None, limits=Limits(file_bytes=file_bytes))
        assert not output.ok
        assert target.stat().st_size <= file_bytes
    output = await ffmpeg.run(noise, stdin=None, limits=Limits(file_bytes=1_000_000))
    assert output.ok


async def test_memory_is_limited(ffmpeg: Ffmpeg) -> None:
    limits = Limits(memory_bytes=300 << 20)
    huge = ("-f", "lavfi", "-i", "color=size=8192x8192:duration=1", "-f", "null", "-")
    assert not (await ffmpeg.run(huge, stdin=None, limits=limits)).ok


def test_an_ffmpeg_outside_the_wheel_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/bin/true")
    with pytest.raises(FfmpegMissing, match="unset it"):
        locate()
