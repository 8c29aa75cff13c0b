"""The clean sound is heard where the model heard it: what engines deliver, and what they might."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

import bot
from bot.engines.local.job import Job
from bot.engines.local.render import render
from bot.media import audio, clip
from bot.media.audio import Sound
from bot.media.clip import Track, Wanted
from bot.media.ffmpeg import Ffmpeg, locate
from bot.media.reasons import MediaError, Reason
from storage.records import Mode
from tests.fakes import avcheck, sounds
from tests.fakes.deapi import clips
from tests.fakes.sounds import speech

FRAMES = 81
WANTED = Wanted(width=192, height=128, frames=FRAMES, fps=24)
DEMO = Path(bot.__file__).parent / "assets" / "demo"
Film = Callable[..., Path]
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    folder = tmp_path_factory.mktemp("sound")
    ffmpeg = Ffmpeg(locate(), slots=asyncio.Semaphore(1))
    source = sounds.write_float_wav(folder / "voice.wav", speech(3.0, level_db=-20))
    return await audio.prepare(source, folder, ffmpeg=ffmpeg, lengths=[FRAMES], fps=24)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    picture = tmp_path_factory.mktemp("silent") / "silent.mp4"
    return sounds.film(picture, None, *H264, frames=FRAMES)


@pytest.fixture
def track(sound: Sound) -> Track:
    return Track(drive_wav=sound.drive_wav, clean_wav=sound.clean_wav)


@pytest.fixture
def film(silent: Path) -> Film:
    def film(path: Path, sound: Path | None, *options: str) -> Path:
        heard = ("-i", sound, "-map", "0:v", "-map", "1:a") if sound else ()
        sounds.ffmpeg("-i", silent, *heard, "-c:v", "copy", *options, path)
        return path

    return film


def moved(ms: float) -> tuple[str, ...]:
    """ffmpeg's options that make a sound later, or earlier, by cutting into its samples."""
    if ms >= 0:
        return ("-af", f"adelay={round(ms * 48)}S:all=1", "-c:a", "aac", "-shortest")
    return ("-af", f"atrim=start_sample={round(-ms * 48)},asetpts=PTS-STARTPTS", "-c:a", "aac")


async def finish(rendered: Path, target: Path, track: Track | None, ffmpeg: Ffmpeg) -> None:
    await clip.finish(rendered, target, ffmpeg=ffmpeg, wanted=WANTED, sound=track, tags={})


@pytest.mark.parametrize("lag_ms", [0, 0.4, 20, 200, -200, 100.25, 245])
async def test_the_clean_sound_is_as_late_as_the_clip_s_own(
    film: Film, lag_ms: float, track: Track, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    rendered = film(tmp_path / "rendered.mp4", track.drive_wav, *moved(lag_ms))
    await finish(rendered, out / "done.mp4", track, ffmpeg)
    found = avcheck.check(out / "done.mp4", track.clean_wav)
    assert found.offset_ms == pytest.approx(lag_ms, abs=0.5)
    assert [text for text in found.problems(frames=FRAMES) if not text.startswith("offset")] == []


async def test_a_lag_in_the_clip_s_clock_counts_like_one_in_its_samples(
    film: Film, track: Track, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    good = film(tmp_path / "good.mp4", track.drive_wav, "-c:a", "aac")
    late = tmp_path / "late.mp4"
    sounds.ffmpeg(
        *("-i", good, "-itsoffset", "0.15", "-i", good, "-map", "0:v", "-map", "1:a"),
        *("-c", "copy", late),
    )
    await finish(late, out / "done.mp4", track, ffmpeg)
    found = avcheck.check(out / "done.mp4", track.clean_wav)
    assert found.offset_ms == pytest.approx(150, abs=1)


@pytest.mark.parametrize("lag_ms", [300, -300, 450])
async def test_a_sound_that_is_too_late_or_early_is_a_fault(
    film: Film, lag_ms: float, track: Track, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    rendered = film(tmp_path / "rendered.mp4", track.drive_wav, *moved(lag_ms))
    with pytest.raises(MediaError) as refusal:
        await finish(rendered, out / "done.mp4", track, ffmpeg)
    assert refusal.value.reason is Reason.WRONG_VIDEO
    assert "lags by" in refusal.value.detail


async def test_another_sound_is_a_fault(
    film: Film, track: Track, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    time = np.arange(FRAMES * 2000) / 48_000
    tone = np.asarray(0.2 * np.sin(2 * np.pi * 440 * time), np.float32)
    hiss = np.random.default_rng(1).standard_normal(len(time)).astype(np.float32) * 0.1
    for other in (tone, hiss):
        wav = sounds.write_float_wav(tmp_path / "other.wav", other)
        rendered = film(tmp_path / "rendered.mp4", wav, "-c:a", "aac")
        with pytest.raises(MediaError) as refusal:
            await finish(rendered, out / "done.mp4", track, ffmpeg)
        assert "another sound" in refusal.value.detail


async def test_without_a_usable_track_the_clean_sound_begins_at_once(
    film: Film, track: Track, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    silence = sounds.write_float_wav(tmp_path / "silence.wav", sounds.silence(FRAMES / 24))
    for number, own in enumerate((None, silence)):
        rendered = film(tmp_path / f"{number}.mp4", own)
        await finish(rendered, out / f"{number}.mp4", track, ffmpeg)
        found = avcheck.check(out / f"{number}.mp4", track.clean_wav)
        assert found.problems(frames=FRAMES) == []
        assert found.offset_ms == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize(
    "change",
    [
        "volume=-14dB",
        "acompressor=threshold=0.05:ratio=8",
        "aecho=0.8:0.8:45:0.4",
        "highpass=f=300,lowpass=f=3400",
    ],
)
async def test_a_sound_that_the_model_changed_is_still_found(
    film: Film, change: str, track: Track, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    rendered = film(
        tmp_path / "rendered.mp4",
        track.drive_wav,
        *("-af", f"adelay=100:all=1,{change}", "-c:a", "aac", "-b:a", "64k", "-shortest"),
    )
    await finish(rendered, out / "done.mp4", track, ffmpeg)
    found = avcheck.check(out / "done.mp4", track.clean_wav)
    assert found.offset_ms == pytest.approx(100, abs=20)


async def test_the_noise_for_the_model_does_not_move_the_clean_sound(
    film: Film, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    source = sounds.write_float_wav(tmp_path / "voice.wav", speech(2.0))
    sound = await audio.prepare(
        source, tmp_path, ffmpeg=ffmpeg, lengths=[FRAMES], fps=24, roughen=True
    )
    track = Track(drive_wav=sound.drive_wav, clean_wav=sound.clean_wav)
    rendered = film(tmp_path / "rendered.mp4", sound.drive_wav, *moved(60))
    await finish(rendered, out / "done.mp4", track, ffmpeg)
    assert avcheck.check(out / "done.mp4", sound.clean_wav).offset_ms == pytest.approx(60, abs=0.5)


async def test_clips_of_both_engines_need_no_correction(
    tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    source = sounds.write_float_wav(tmp_path / "voice.wav", speech(2.5))
    sound = await audio.prepare(source, tmp_path, ffmpeg=ffmpeg, lengths=range(49, 242, 8), fps=24)
    track = Track(drive_wav=sound.drive_wav, clean_wav=sound.clean_wav)
    local = Job(
        mode=Mode.AUDIO,
        width=320,
        height=320,
        frames=sound.frames,
        prompt="",
        seed=7,
        first_image=DEMO / "portrait.jpg",
        last_image=None,
        sound_wav=sound.drive_wav,
        ffmpeg=locate(),
        target=tmp_path / "local.mp4",
    )
    render(local, lambda _: None)
    remote = await clips.make(320, 320, sound.frames, sound.drive_mp3.read_bytes())
    wanted = replace(WANTED, width=320, height=320, frames=sound.frames)
    for name, rendered in (("local", local.target), ("deapi", remote)):
        assert avcheck.check(rendered, sound.drive_wav).problems(frames=sound.frames) == [], name
        target = out / f"{name}.mp4"
        await clip.finish(rendered, target, ffmpeg=ffmpeg, wanted=wanted, sound=track, tags={})
        found = avcheck.check(target, sound.clean_wav)
        assert found.problems(frames=sound.frames) == [], name
        assert found.offset_ms == pytest.approx(0, abs=0.1), name
