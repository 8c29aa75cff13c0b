from pathlib import Path

from bot.engines.local.job import Job
from bot.engines.local.shelf import Shelf, new_handle
from storage.records import Mode


def test_a_job_survives_its_line_of_json(tmp_path: Path) -> None:
    job = Job(
        mode=Mode.AUDIO,
        width=512,
        height=896,
        frames=49,
        prompt='line one\nline "two" 🎉 \ud83c',
        seed=2**63,
        first_image=tmp_path / "a b.png",
        last_image=None,
        sound_wav=tmp_path / "voice.wav",
        ffmpeg=Path("/usr/bin/true"),
        target=tmp_path / "clip.mp4",
    )
    line = job.to_line()
    assert line.count(b"\n") == 1
    assert Job.from_line(line) == job


def test_handles_are_long_and_never_the_same() -> None:
    handles = {new_handle() for _ in range(100)}
    assert len(handles) == 100
    assert all(len(handle) == 32 for handle in handles)


def test_a_handle_that_is_not_ours_names_no_file(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "clips")
    shelf.prepare()
    (tmp_path / "secret.mp4").write_bytes(b"x")
    for handle in ("../secret", "", "*", "\x00", "é" * 32, "A" * 32):
        assert not shelf.holds(handle)
        shelf.drop(handle)
    assert (tmp_path / "secret.mp4").exists()
