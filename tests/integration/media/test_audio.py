import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from bot.media import audio
from bot.media.audio import Sound
from bot.media.decode import decode
from bot.media.ffmpeg import Ffmpeg, locate
from bot.media.loudness import decibels, integrated_lufs, peak_blocks
from bot.media.reasons import MediaError, Reason
from tests.fakes import sounds
from tests.fakes.sounds import RATE, speech

LENGTHS = range(49, 242, 8)
Prepare = Callable[..., Awaitable[Sound]]
OPUS = sounds.ENCODINGS["voice.ogg"]


@pytest.fixture
def prepare(ffmpeg: Ffmpeg, out: Path) -> Prepare:
    async def prepare(source: Path, **options: bool) -> Sound:
        return await audio.prepare(source, out, ffmpeg=ffmpeg, lengths=LENGTHS, fps=24, **options)

    return prepare


def names(folder: Path) -> list[str]:
    return [found.name for found in folder.iterdir()]


async def check(sound: Sound, ffmpeg: Ffmpeg) -> None:
    """What holds for every prepared sound."""
    assert sound.frames in LENGTHS
    for path, channels in (
        (sound.drive_wav, 1),
        (sound.drive_mp3, 1),
        (sound.clean_wav, sound.channels),
    ):
        samples = await decode(path, ffmpeg, longest_s=20)
        assert samples.shape == (sound.frames * 2000, channels), path.name
        assert integrated_lufs(samples) == pytest.approx(-16, abs=1), path.name
        assert decibels(float(peak_blocks(samples).max())) <= -1.0, path.name


@pytest.mark.parametrize("name", sounds.ENCODINGS)
async def test_every_kind_of_sound_file_is_taken(
    name: str, tmp_path: Path, ffmpeg: Ffmpeg, prepare: Prepare
) -> None:
    source = sounds.encode(tmp_path / name, speech(3.0), *sounds.ENCODINGS[name])
    sound = await prepare(source.rename(tmp_path / "a picture.png"))
    assert sound.heard_ms == pytest.approx(3000, abs=30)
    assert (sound.frames, sound.channels) == (81, 1)
    assert not sound.clipped
    await check(sound, ffmpeg)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("film.mp4", ("-c:v", "libx264", "-c:a", "aac")),
        ("film.mov", ("-c:v", "libx264", "-c:a", "alac")),
        ("film.webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus")),
    ],
)
async def test_the_sound_of_a_film_is_taken(
    name: str,
    options: tuple[str, ...],
    tmp_path: Path,
    ffmpeg: Ffmpeg,
    prepare: Prepare,
) -> None:
    sound = await prepare(sounds.film(tmp_path / name, speech(2.0), *options))
    assert sound.heard_ms == pytest.approx(2000, abs=40)
    await check(sound, ffmpeg)


@pytest.mark.parametrize("seconds", [0.5, 1, 2, 5, 8, 9.9])
@pytest.mark.parametrize("level_db", [-38, -10])
async def test_short_and_long_faint_and_loud_come_out_alike(
    seconds: float,
    level_db: float,
    tmp_path: Path,
    ffmpeg: Ffmpeg,
    prepare: Prepare,
) -> None:
    source = sounds.encode(tmp_path / "voice.ogg", speech(seconds, level_db=level_db), *OPUS)
    sound = await prepare(source)
    assert sound.heard_ms == pytest.approx(seconds * 1000, abs=30)
    assert sound.loudness_lufs == pytest.approx(-16, abs=1)
    await check(sound, ffmpeg)


async def test_speech_starts_a_tenth_of_a_second_into_the_track(
    tmp_path: Path, prepare: Prepare
) -> None:
    quiet_first = np.concatenate([sounds.silence(2), speech(1.5), sounds.silence(3)])
    sound = await prepare(sounds.write_float_wav(tmp_path / "a.wav", quiet_first))
    track = sounds.read_wav(sound.drive_wav)[:, 0]
    assert np.abs(track[: RATE // 10 - 480]).max() < 1e-4
    assert np.abs(track[RATE // 10 : RATE // 10 + 960]).max() > 0.01
    assert np.abs(track[round(1.62 * RATE) :]).max() < 0.001


async def test_room_shrinks_before_speech_is_refused_or_cut(
    tmp_path: Path, ffmpeg: Ffmpeg, prepare: Prepare
) -> None:
    sound = await prepare(sounds.write_float_wav(tmp_path / "a.wav", speech(10.03)))
    assert (sound.frames, sound.heard_ms) == (241, 10_030)
    await check(sound, ffmpeg)


class Places(asyncio.Semaphore):
    """Counts how often one of them was taken."""

    taken = 0

    async def acquire(self) -> Literal[True]:
        self.taken += 1
        return await super().acquire()


async def test_a_sound_keeps_its_place_from_its_first_sample_to_its_last(tmp_path: Path) -> None:
    source = sounds.write_float_wav(tmp_path / "a.wav", speech(0.5))
    ffmpeg = Ffmpeg(locate(), slots=Places(1))
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    work = (
        audio.prepare(source, tmp_path / name, ffmpeg=ffmpeg, lengths=LENGTHS, fps=24)
        for name in ("one", "two")
    )
    first, second = await asyncio.gather(*work)
    assert first.heard_ms == second.heard_ms
    assert isinstance(ffmpeg.slots, Places)
    assert ffmpeg.slots.taken == 2


async def test_length_is_judged_after_trimming(tmp_path: Path, prepare: Prepare) -> None:
    padded = np.concatenate([sounds.silence(6), speech(4), sounds.silence(6)])
    sound = await prepare(sounds.encode(tmp_path / "a.ogg", padded, *OPUS))
    assert sound.heard_ms == pytest.approx(4000, abs=40)


async def test_twelve_seconds_need_a_word_and_then_the_first_part_is_used(
    tmp_path: Path,
    out: Path,
    ffmpeg: Ffmpeg,
    prepare: Prepare,
) -> None:
    long = np.concatenate([speech(9.0), sounds.silence(0.4), speech(2.6)])
    source = sounds.encode(tmp_path / "a.ogg", long, *OPUS)
    with pytest.raises(MediaError) as refusal:
        await prepare(source)
    assert refusal.value.reason is Reason.SOUND_OVER_LIMIT
    assert refusal.value.facts["seconds"] == pytest.approx(12, abs=0.1)
    assert refusal.value.facts["limit_s"] == pytest.approx(241 / 24, abs=0.01)
    assert names(out) == []
    sound = await prepare(source, first_only=True)
    assert 9000 <= sound.heard_ms <= 9400
    await check(sound, ffmpeg)


async def test_stereo_stays_stereo_for_members_and_cancelling_sides_are_heard(
    tmp_path: Path, ffmpeg: Ffmpeg, prepare: Prepare
) -> None:
    voice = speech(2.5)
    source = sounds.write_float_wav(tmp_path / "a.wav", np.stack([voice, -voice], axis=1))
    sound = await prepare(source)
    assert sound.channels == 2
    await check(sound, ffmpeg)
    clean = sounds.read_wav(sound.clean_wav)
    np.testing.assert_allclose(clean[:, 0], -clean[:, 1], atol=1e-4)


async def test_six_channels_become_two(tmp_path: Path, ffmpeg: Ffmpeg, prepare: Prepare) -> None:
    source = sounds.encode(tmp_path / "a.flac", np.stack([speech(2)] * 6, axis=1), "-c:a", "flac")
    sound = await prepare(source)
    assert sound.channels == 2
    await check(sound, ffmpeg)


async def test_roughening_touches_the_driving_track_alone(tmp_path: Path, prepare: Prepare) -> None:
    source = sounds.write_float_wav(tmp_path / "a.wav", speech(1))
    sound = await prepare(source, roughen=True)
    tail = sounds.read_wav(sound.drive_wav)[-RATE // 2 :]
    assert 20 * np.log10(np.sqrt(np.mean(tail**2))) == pytest.approx(-46, abs=1)
    assert not sounds.read_wav(sound.clean_wav)[-RATE // 2 :].any()


async def test_eight_notes_are_prepared_at_once(tmp_path: Path, ffmpeg: Ffmpeg) -> None:
    source = sounds.encode(tmp_path / "a.ogg", speech(3), *OPUS)
    folders = [tmp_path / str(number) for number in range(8)]
    for folder in folders:
        folder.mkdir()
    done = await asyncio.gather(
        *(
            audio.prepare(source, folder, ffmpeg=ffmpeg, lengths=LENGTHS, fps=24)
            for folder in folders
        )
    )
    assert len({sound.drive_wav.read_bytes() for sound in done}) == 1


async def test_a_cancelled_preparation_leaves_no_file(
    tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    source = sounds.encode(tmp_path / "a.ogg", speech(3), *OPUS)
    for turns in range(1, 40, 3):
        task = asyncio.create_task(
            audio.prepare(source, out, ffmpeg=ffmpeg, lengths=LENGTHS, fps=24)
        )
        await asyncio.wait({task}, timeout=turns / 200)
        task.cancel()
        done = await asyncio.gather(task, return_exceptions=True)
        if not isinstance(done[0], Sound):
            assert names(out) == []


async def test_half_a_voice_note_is_as_long_as_what_can_be_decoded(
    tmp_path: Path, prepare: Prepare
) -> None:
    source = sounds.encode(tmp_path / "a.ogg", speech(6), *OPUS)
    whole = source.read_bytes()
    source.write_bytes(whole[: len(whole) // 2])
    sound = await prepare(source)
    assert 2000 < sound.heard_ms < 4000
