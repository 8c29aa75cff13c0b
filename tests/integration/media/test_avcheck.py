"""The check of picture against sound, proved on faults that were made on purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import avcheck, sounds
from tests.fakes.sounds import speech

FRAMES = 145
SECONDS = FRAMES / 24
PART = 24
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
Film = Callable[..., Path]
FAST = ("-movflags", "+faststart")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("avcheck")


@pytest.fixture(scope="module")
def reference(folder: Path) -> Path:
    return sounds.write_float_wav(folder / "reference.wav", speech(SECONDS))


@pytest.fixture(scope="module")
def film(folder: Path) -> Film:
    silent = sounds.film(folder / "silent.mp4", None, *H264, "-g", str(PART), frames=FRAMES)

    def film(clip: Path, sound: Path, *options: str) -> Path:
        heard = ("-i", sound, "-map", "0:v", "-map", "1:a")
        sounds.ffmpeg("-i", silent, *heard, "-c:v", "copy", "-c:a", "aac", *options, clip)
        return clip

    return film


@pytest.fixture(scope="module")
def good(folder: Path, reference: Path, film: Film) -> Path:
    return film(folder / "good.mp4", reference, *FAST)


def test_a_good_clip_has_no_problem(good: Path, reference: Path) -> None:
    found = avcheck.check(good, reference)
    assert found.problems(frames=FRAMES) == []
    assert found.offset_ms == pytest.approx(0, abs=0.1)
    assert found.drift_ms_per_s == pytest.approx(0, abs=0.1)
    assert found.peak_dbfs is not None
    assert -20 < found.peak_dbfs < -3


@pytest.mark.parametrize("late_ms", [200, -200])
def test_sound_that_is_late_or_early_by_an_edit_list_is_seen(
    late_ms: int, good: Path, reference: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved.mp4"
    first, second = ("0:v", "1:a") if late_ms > 0 else ("1:v", "0:a")
    sounds.ffmpeg(
        *("-i", good, "-itsoffset", str(abs(late_ms) / 1000), "-i", good),
        *("-map", first, "-map", second, "-c", "copy", *FAST, moved),
    )
    found = avcheck.check(moved, reference)
    assert found.offset_ms is not None
    assert found.offset_ms - found.first_frame_ms == pytest.approx(late_ms, abs=1)
    assert found.problems(frames=FRAMES) != []


@pytest.mark.parametrize("late_ms", [200, -200])
def test_sound_that_is_late_or_early_in_its_samples_is_seen(
    late_ms: int, film: Film, reference: Path, tmp_path: Path
) -> None:
    move = (
        f"adelay={late_ms}:all=1"
        if late_ms > 0
        else f"atrim=start={-late_ms / 1000},asetpts=PTS-STARTPTS"
    )
    clip = film(tmp_path / "moved.mp4", reference, "-af", move, "-shortest", *FAST)
    found = avcheck.check(clip, reference)
    assert found.offset_ms == pytest.approx(late_ms, abs=1)
    assert f"offset {late_ms}.0 ms" in found.problems(frames=FRAMES)


@pytest.mark.parametrize(
    ("stretch", "drift"),
    [
        ("atempo=1.01", -9.9),
        ("atempo=0.99", 10.1),
        ("asetrate=48480,aresample=48000", -9.9),
        ("asetrate=47520,aresample=48000", 10.1),
    ],
)
def test_one_percent_of_drift_is_seen(
    stretch: str, drift: float, film: Film, reference: Path, tmp_path: Path
) -> None:
    clip = film(tmp_path / "drifting.mp4", reference, "-af", stretch, *FAST)
    found = avcheck.check(clip, reference)
    assert found.drift_ms_per_s == pytest.approx(drift, abs=2)
    assert any(problem.startswith("drift") for problem in found.problems(frames=FRAMES))


def test_missing_sound_and_another_sound_are_seen(
    good: Path, film: Film, reference: Path, tmp_path: Path
) -> None:
    silent = tmp_path / "silent.mp4"
    sounds.ffmpeg("-i", good, "-an", "-c", "copy", *FAST, silent)
    assert avcheck.check(silent, reference).problems(frames=FRAMES) == ["no sound"]
    assert avcheck.check(silent).problems(frames=FRAMES, sound=False) == []
    tone = tmp_path / "tone.wav"
    sounds.ffmpeg("-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}", tone)
    other = avcheck.check(film(tmp_path / "other.mp4", tone, *FAST), reference)
    assert any(problem.startswith("another sound") for problem in other.problems(frames=FRAMES))


def test_clips_joined_with_their_padded_sounds_drift(
    film: Film, tmp_path: Path, reference: Path
) -> None:
    parts = []
    for number in range(6):
        part = tmp_path / f"{number}.wav"
        sounds.ffmpeg("-ss", str(number), "-i", reference, "-t", "1", part)
        parts.append(film(tmp_path / f"{number}.mp4", part, "-frames:v", str(PART)))
    (tmp_path / "list.txt").write_text("".join(f"file '{part}'\n" for part in parts))
    joined = tmp_path / "joined.mp4"
    sounds.ffmpeg(
        "-f", "concat", "-safe", "0", "-i", tmp_path / "list.txt", "-c", "copy", *FAST, joined
    )
    problems = avcheck.check(joined, reference).problems(frames=6 * PART)
    assert any(problem.startswith(("drift", "offset")) for problem in problems)


def test_missing_faststart_frames_and_head_room_are_seen(
    film: Film, reference: Path, tmp_path: Path
) -> None:
    late_index = avcheck.check(film(tmp_path / "late.mp4", reference), reference)
    assert late_index.problems(frames=FRAMES) == ["no faststart"]
    assert late_index.problems(frames=FRAMES + 8) == [f"{FRAMES} frames", "no faststart"]
    loud = film(tmp_path / "loud.mp4", reference, "-af", "volume=20dB", *FAST)
    assert any(p.startswith("peak") for p in avcheck.check(loud, reference).problems(frames=FRAMES))
