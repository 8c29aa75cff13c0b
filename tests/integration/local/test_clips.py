from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import bot
from bot.domain import frames as clip_frames
from bot.engines.local.camera import PictureUnreadable
from bot.engines.local.envelope import SoundUnreadable
from bot.engines.local.job import Job
from bot.engines.local.render import render
from bot.media import ffmpeg
from storage.records import Mode
from tests.integration.local import readback

DEMO = Path(bot.__file__).parent / "assets" / "demo"
SQUARE = (512, 512)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(
        mode=Mode.TEXT,
        width=512,
        height=512,
        frames=49,
        prompt=(DEMO / "prompt.txt").read_text(),
        seed=7,
        first_image=None,
        last_image=None,
        sound_wav=None,
        ffmpeg=ffmpeg.locate(),
        target=tmp_path / "clip.mp4",
    )


@pytest.fixture
def of_mode(job: Job, tmp_path: Path) -> Callable[[Mode], Job]:
    def make(mode: Mode) -> Job:
        if mode is Mode.TEXT:
            return job
        if mode is Mode.IMAGE:
            return replace(job, mode=mode, first_image=DEMO / "picture.jpg")
        sound = tmp_path / "voice.wav"
        readback.write_driving_track(sound, readback.read_sound(DEMO / "voice.ogg"), 97)
        return replace(job, mode=mode, sound_wav=sound, first_image=DEMO / "portrait.jpg")

    return make


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("size", "frames"), [((960, 512), 49), ((512, 896), 57)], ids=["wide", "tall"]
)
def test_a_clip_is_what_discord_plays_with_exactly_its_frames(
    of_mode: Callable[[Mode], Job], mode: Mode, size: tuple[int, int], frames: int
) -> None:
    job = replace(of_mode(mode), width=size[0], height=size[1], frames=frames)
    told: list[float] = []
    render(job, told.append)
    clip = readback.read_contents(job.target)
    assert clip.frames == frames
    assert clip.first_pts == {0: 0, 1: clip.first_pts[1]}
    assert clip.first_pts[1] in {0, -1024}
    assert clip.video.startswith("h264 (High)")
    assert "yuv420p(tv, bt709" in clip.video
    assert f"{size[0]}x{size[1]}" in clip.video
    assert "24 fps" in clip.video
    assert clip.audio.startswith("aac (LC)")
    assert "48000 Hz" in clip.audio
    assert clip.boxes.index("moov") < clip.boxes.index("mdat")
    assert len(readback.read_luma(job.target, size)) == frames
    assert len(readback.read_sound(job.target)) == pytest.approx(frames * 2000, abs=2 * 1024)
    assert told == sorted(told)
    assert told[-1] > 0.8
    assert [path.suffixes for path in job.target.parent.glob("clip*")] == [[".mp4"]]


def _smallest_change_in_a_second(job: Job) -> float:
    render(job, lambda _: None)
    luma = readback.read_luma(job.target, job.size).astype(np.int16)
    return float(min(np.abs(luma[i + 24] - luma[i]).mean() for i in range(len(luma) - 24)))


@pytest.mark.parametrize("mode", Mode)
def test_no_two_consecutive_seconds_show_the_same_picture(
    of_mode: Callable[[Mode], Job], mode: Mode
) -> None:
    job = replace(of_mode(mode), width=320, height=320, frames=97)
    assert _smallest_change_in_a_second(job) > 1.0


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_even_a_picture_of_one_colour_lives(job: Job, tmp_path: Path, grey: int) -> None:
    Image.new("RGB", SQUARE, (grey, grey, grey)).save(tmp_path / "flat.png")
    flat = replace(
        job,
        mode=Mode.IMAGE,
        width=320,
        height=320,
        frames=97,
        first_image=tmp_path / "flat.png",
    )
    assert _smallest_change_in_a_second(flat) > 1.0


def test_an_audiogram_of_silence_over_one_colour_still_moves(job: Job, tmp_path: Path) -> None:
    Image.new("RGB", SQUARE, (90, 90, 90)).save(tmp_path / "flat.png")
    readback.write_driving_track(tmp_path / "mute.wav", np.zeros(0, dtype=np.float32), 73)
    mute = replace(
        job,
        mode=Mode.AUDIO,
        frames=73,
        first_image=tmp_path / "flat.png",
        sound_wav=tmp_path / "mute.wav",
    )
    assert _smallest_change_in_a_second(mute) > 0.1


@pytest.mark.parametrize("portrait", [DEMO / "portrait.jpg", None], ids=["portrait", "lights"])
def test_bars_follow_the_sound(job: Job, tmp_path: Path, portrait: Path | None) -> None:
    spoken = readback.read_sound(DEMO / "voice.ogg")[: 3 * 48_000]
    frames = next(each for each in clip_frames.LEGAL if each * 48_000 >= len(spoken) * 24)
    track = readback.write_driving_track(tmp_path / "voice.wav", spoken, frames)
    audio = replace(
        job,
        mode=Mode.AUDIO,
        frames=frames,
        first_image=portrait,
        sound_wav=tmp_path / "voice.wav",
    )
    render(audio, lambda _: None)
    luma = readback.read_luma(audio.target, SQUARE)
    rows = slice(380, 450) if portrait else slice(150, 362)
    bright = luma[:, rows, 60:452] > (185 if portrait else 200)
    height = bright.sum(axis=(1, 2)).astype(float)
    loudness = np.sqrt((track.reshape(frames, 2000) ** 2).mean(axis=1))
    assert np.corrcoef(height, loudness)[0, 1] >= 0.8


def test_the_sound_stands_where_it_stood_in_the_driving_track(
    of_mode: Callable[[Mode], Job],
) -> None:
    job = replace(of_mode(Mode.AUDIO), frames=97)
    assert job.sound_wav is not None
    render(job, lambda _: None)
    heard, told = readback.read_sound(job.target), readback.read_sound(job.sound_wav)
    count = 1 << 18
    spectrum = np.fft.rfft(heard, count) * np.conj(np.fft.rfft(told, count))
    lag = int(np.argmax(np.fft.irfft(spectrum)))
    assert min(lag, count - lag) <= 24


@pytest.mark.parametrize("mode", [Mode.TEXT, Mode.AUDIO])
@pytest.mark.parametrize("size", [(1024, 512), (512, 1024)], ids=["wide", "tall"])
def test_a_cinematic_crop_cuts_neither_words_nor_bars(
    of_mode: Callable[[Mode], Job], mode: Mode, size: tuple[int, int]
) -> None:
    job = replace(of_mode(mode), width=size[0], height=size[1], first_image=None)
    render(job, lambda _: None)
    luma = readback.read_luma(job.target, size)
    edge = size[1] // 10
    assert luma[:, :edge].max() < 200
    assert luma[:, -edge:].max() < 200
    assert luma[-1].max() > 215


def test_text_the_font_cannot_draw_leaves_a_scene_without_words(job: Job) -> None:
    render(replace(job, prompt="猫の夢 🎉🎉"), lambda _: None)
    luma = readback.read_luma(job.target, SQUARE)
    assert luma.max() < 200
    assert luma[-1].mean() > 20


def test_a_last_picture_is_faded_to(job: Job, tmp_path: Path) -> None:
    for name, grey in (("first", 40), ("last", 210)):
        Image.effect_noise(SQUARE, 30).point(lambda value, grey=grey: grey + value // 8).save(
            tmp_path / f"{name}.png"
        )
    fade = replace(
        job,
        mode=Mode.IMAGE,
        first_image=tmp_path / "first.png",
        last_image=tmp_path / "last.png",
    )
    render(fade, lambda _: None)
    light = readback.read_luma(job.target, SQUARE).mean(axis=(1, 2))
    assert np.ptp(light[:32]) < 3
    assert (np.diff(light[33:47]) > 0).all()
    assert light[-1] - light[0] > 100


def test_the_same_job_gives_the_same_pictures(job: Job) -> None:
    small = replace(job, width=256, height=256)
    render(small, lambda _: None)
    first = readback.read_luma(small.target, small.size)
    render(small, lambda _: None)
    assert (readback.read_luma(small.target, small.size) == first).all()


def test_an_input_that_cannot_be_read_says_so_and_leaves_nothing(job: Job, tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(PictureUnreadable):
        render(replace(job, mode=Mode.IMAGE, first_image=tmp_path / "broken"), lambda _: None)
    with pytest.raises(SoundUnreadable):
        render(replace(job, mode=Mode.AUDIO, sound_wav=tmp_path / "broken"), lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["broken"]
