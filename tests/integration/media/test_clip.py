from pathlib import Path

import numpy as np
import pytest

from bot.media import audio
from bot.media.audio import Sound
from bot.media.clip import Track, Wanted, finish
from bot.media.decode import decode
from bot.media.ffmpeg import Ffmpeg
from bot.media.probe import probe
from bot.media.reasons import MediaError, Reason
from bot.media.stills import last_frame
from tests.fakes import sounds
from tests.fakes.sounds import speech
from tests.integration.media.films import (
    FAST,
    H264,
    SECONDS,
    WANTED,
    filmed,
    names,
    pixels,
    tags_of,
    whole,
)


@pytest.fixture
async def prepared(tmp_path: Path, ffmpeg: Ffmpeg) -> Sound:
    source = sounds.write_float_wav(tmp_path / "voice.wav", speech(1.5))
    return await audio.prepare(source, tmp_path, ffmpeg=ffmpeg, lengths=[49], fps=24)


def track(sound: Sound) -> Track:
    return Track(drive_wav=sound.drive_wav, clean_wav=sound.clean_wav)


async def test_a_clip_of_a_few_kilobytes_is_described_like_any_other(
    tmp_path: Path, ffmpeg: Ffmpeg
) -> None:
    small = tmp_path / "small.mp4"
    grey = ("-f", "lavfi", "-i", "color=gray:size=192x128:rate=24", "-frames:v", "49")
    sounds.ffmpeg(*grey, *H264, *FAST, small)
    assert small.stat().st_size < 8192
    clip = await probe(small, ffmpeg)
    assert (clip.frames, clip.faststart) == (49, True)


async def test_a_clip_is_described_packet_by_packet(rendered: Path, ffmpeg: Ffmpeg) -> None:
    clip = await probe(rendered, ffmpeg)
    assert whole(clip)
    assert clip.audio_channels == "mono"
    assert 5_000 < clip.audio_bytes < 100_000


async def test_faults_of_a_clip_are_seen(tmp_path: Path, rendered: Path, ffmpeg: Ffmpeg) -> None:
    silent = await probe(sounds.film(tmp_path / "silent.mp4", None, *H264), ffmpeg)
    assert (silent.audio_codec, silent.audio_seconds, silent.faststart) == (None, 0, False)
    late = tmp_path / "late.mp4"
    sounds.ffmpeg(
        *("-i", rendered, "-itsoffset", "0.2", "-i", rendered, "-map", "0:v", "-map", "1:a"),
        *(*H264, "-c:a", "aac", late),
    )
    assert (await probe(late, ffmpeg)).audio_start_s == pytest.approx(0.2, abs=0.025)
    uneven = tmp_path / "uneven.mp4"
    sounds.ffmpeg("-i", rendered, "-vf", "setpts=PTS+gt(N\\,20)*0.1/TB", "-fps_mode", "vfr", uneven)
    assert not (await probe(uneven, ffmpeg)).steady


async def test_what_is_no_video_is_said_to_be_none(
    tmp_path: Path, rendered: Path, ffmpeg: Ffmpeg
) -> None:
    sound_alone = sounds.encode(tmp_path / "a.m4a", speech(1), "-c:a", "aac")
    page = tmp_path / "page.mp4"
    page.write_bytes(b"<html>503 Service Unavailable</html>" * 50)
    empty = tmp_path / "empty.mp4"
    empty.touch()
    half = tmp_path / "half.mp4"
    sounds.ffmpeg("-i", rendered, "-c", "copy", half)
    half.write_bytes(half.read_bytes()[:-3000])
    for path in (sound_alone, page, empty, half):
        with pytest.raises(MediaError) as refusal:
            await probe(path, ffmpeg)
        assert refusal.value.reason is Reason.NOT_VIDEO, path.name
        assert str(tmp_path) not in str(refusal.value)


async def test_the_clean_sound_replaces_the_clip_s_own_to_the_sample(
    tmp_path: Path, prepared: Sound, out: Path, ffmpeg: Ffmpeg
) -> None:
    driving = sounds.read_wav(prepared.drive_wav)[:, 0]
    rendered = filmed(tmp_path / "speaking.mp4", driving)
    target = out / "done.mp4"
    clip = await finish(
        rendered,
        target,
        ffmpeg=ffmpeg,
        wanted=WANTED,
        sound=track(prepared),
        tags={"title": "Hé 'quoted';\n- x", "comment": "AI-generated"},
    )
    assert whole(clip)
    heard = (await decode(target, ffmpeg, longest_s=10))[:, 0]
    clean = sounds.read_wav(prepared.clean_wav)[:, 0]
    assert len(heard) == len(clean) == 49 * 2000
    spectrum = np.fft.rfft(heard) * np.conj(np.fft.rfft(clean))
    assert abs(int(np.argmax(np.fft.irfft(spectrum)))) <= 1
    assert "Hé 'quoted'; - x" in tags_of(target)
    assert "AI-generated" in tags_of(target)


async def test_a_good_clip_is_copied_and_keeps_its_own_sound(
    rendered: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    target = out / "done.mp4"
    clip = await finish(
        rendered, target, ffmpeg=ffmpeg, wanted=WANTED, sound=None, tags={"title": "T"}
    )
    assert whole(clip)
    assert clip.audio_bytes == (await probe(rendered, ffmpeg)).audio_bytes


async def test_foreign_metadata_is_stripped(tmp_path: Path, out: Path, ffmpeg: Ffmpeg) -> None:
    tagged = sounds.film(
        tmp_path / "a.mp4",
        speech(SECONDS),
        *(*H264, "-c:a", "aac", "-metadata", "comment=SECRET"),
        *("-metadata:s:v", "handler_name=SECRET"),
    )
    assert b"SECRET" in tagged.read_bytes()
    await finish(tagged, out / "done.mp4", ffmpeg=ffmpeg, wanted=WANTED, sound=None, tags={})
    assert b"SECRET" not in (out / "done.mp4").read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        ("-c:v", "libx264", "-pix_fmt", "yuv444p", "-c:a", "aac"),
        (*H264, "-vf", "scale=256:176", "-c:a", "aac"),
        ("-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p", "-c:a", "aac"),
        (*H264, "-c:a", "libmp3lame"),
    ],
)
async def test_what_can_be_put_right_is_put_right(
    options: tuple[str, ...], tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    odd = sounds.film(tmp_path / "a.mp4", speech(SECONDS), *options)
    clip = await finish(odd, out / "done.mp4", ffmpeg=ffmpeg, wanted=WANTED, sound=None, tags={})
    assert whole(clip)


async def test_a_missing_or_short_sound_is_replaced(
    tmp_path: Path, prepared: Sound, out: Path, ffmpeg: Ffmpeg
) -> None:
    for sound in (None, sounds.read_wav(prepared.drive_wav)[: sounds.RATE]):
        silent = sounds.film(tmp_path / "silent.mp4", sound, *H264)
        clip = await finish(
            silent,
            out / "done.mp4",
            ffmpeg=ffmpeg,
            wanted=WANTED,
            sound=track(prepared),
            tags={},
        )
        assert whole(clip)


async def test_a_clip_without_sound_stays_so_where_none_was_promised(
    tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    silent = sounds.film(tmp_path / "silent.mp4", None, *H264)
    clip = await finish(silent, out / "done.mp4", ffmpeg=ffmpeg, wanted=WANTED, sound=None, tags={})
    assert clip.audio_codec is None


async def test_cinematic_is_cropped_in_the_middle(
    tmp_path: Path, prepared: Sound, out: Path, ffmpeg: Ffmpeg
) -> None:
    rendered = filmed(tmp_path / "speaking.mp4", sounds.read_wav(prepared.drive_wav)[:, 0])
    wanted = Wanted(width=192, height=128, frames=49, fps=24, crop_height=80)
    clip = await finish(
        rendered,
        out / "done.mp4",
        ffmpeg=ffmpeg,
        wanted=wanted,
        sound=track(prepared),
        tags={},
    )
    assert whole(clip, height=80)
    await last_frame(rendered, out / "before.png", ffmpeg)
    await last_frame(out / "done.mp4", out / "after.png", ffmpeg)
    before = pixels(out / "before.png")[24:104]
    after = pixels(out / "after.png")
    assert np.abs(before - after).mean() < 6


async def test_pictures_that_lie_on_their_side_or_are_stretched_are_put_right(
    tmp_path: Path, rendered: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    lying, stretched = tmp_path / "lying.mp4", tmp_path / "stretched.mp4"
    sounds.ffmpeg("-i", rendered, *H264, "-vf", "transpose=1", "-c:a", "copy", tmp_path / "t.mp4")
    sounds.ffmpeg("-display_rotation", "90", "-i", tmp_path / "t.mp4", "-c", "copy", lying)
    sounds.ffmpeg("-i", rendered, *H264, "-vf", "setsar=2/1", "-c:a", "copy", stretched)
    for odd in (lying, stretched):
        assert not (await probe(odd, ffmpeg)).upright
        clip = await finish(odd, out / odd.name, ffmpeg=ffmpeg, wanted=WANTED, sound=None, tags={})
        assert whole(clip)
        await last_frame(rendered, out / "before.png", ffmpeg)
        await last_frame(out / odd.name, out / "after.png", ffmpeg)
        assert np.abs(pixels(out / "before.png") - pixels(out / "after.png")).mean() < 12


@pytest.mark.parametrize("stream", ["video", "audio"])
async def test_damage_inside_packets_is_a_fault(
    stream: str, tmp_path: Path, prepared: Sound, out: Path, ffmpeg: Ffmpeg
) -> None:
    good = sounds.film(
        tmp_path / "good.mp4", speech(SECONDS), *H264, "-c:a", "aac", "-frag_duration", "9000000"
    )
    data = bytearray(good.read_bytes())
    start = data.index(b"mdat") + 1000
    stop = len(data) - 20_000
    if stream == "audio":
        start, stop = len(data) - 15_000, len(data) - 2000
    for at in range(start, stop, 997):
        data[at : at + 8] = bytes(byte ^ 0x5A for byte in data[at : at + 8])
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    assert (await probe(damaged, ffmpeg)).frames == 49
    with pytest.raises(MediaError) as refusal:
        await finish(damaged, out / "a.mp4", ffmpeg=ffmpeg, wanted=WANTED, sound=None, tags={})
    assert refusal.value.reason is Reason.WRONG_VIDEO
    assert names(out) == []


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(width=192, height=128, frames=57, fps=24),
        Wanted(width=192, height=128, frames=41, fps=24),
        Wanted(width=192, height=128, frames=49, fps=25),
        Wanted(width=128, height=192, frames=49, fps=24),
        Wanted(width=960, height=640, frames=49, fps=24),
    ],
)
async def test_what_cannot_be_put_right_is_refused(
    wanted: Wanted, rendered: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    with pytest.raises(MediaError) as refusal:
        await finish(rendered, out / "done.mp4", ffmpeg=ffmpeg, wanted=wanted, sound=None, tags={})
    assert refusal.value.reason is Reason.WRONG_VIDEO
    assert names(out) == []
