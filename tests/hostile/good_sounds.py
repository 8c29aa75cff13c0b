"""Sounds of every kind that must be taken, odd ones among them."""

import functools
import struct
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from tests.fakes import sounds
from tests.fakes.sounds import RATE, Sound
from tests.hostile.case import Case, Trap, Write


@functools.cache
def voice(seconds: float = 3.0, level_db: float = -24.0) -> Sound:
    return sounds.speech(seconds, level_db=level_db)


def beside(left: Sound, right: Sound) -> Sound:
    return np.stack([left, right], axis=1)


def stereo() -> Sound:
    return beside(voice(), voice() * np.float32(0.5))


def encoded(ending: str, *options: str, sound: Sound | None = None) -> Write:
    """A file as ffmpeg writes it under a name with this ending."""

    def write(path: Path, _: Trap) -> None:
        made = path.with_name(f"made.{ending}")
        sounds.encode(made, voice() if sound is None else sound, *options)
        made.rename(path)

    return write


def film(ending: str, *options: str) -> Write:
    def write(path: Path, _: Trap) -> None:
        sounds.film(path.with_name(f"made.{ending}"), voice(), *options, frames=73).rename(path)

    return write


def floats(sound: Sound, *, rate: int = RATE) -> Write:
    return lambda path, _: sounds.write_float_wav(path, sound, rate=rate)


def then(write: Write, change: Callable[[bytes], bytes]) -> Write:
    """A file made by `write`, with its bytes changed."""

    def written(path: Path, trap: Trap) -> None:
        write(path, trap)
        path.write_bytes(change(path.read_bytes()))

    return written


class ChangeBytes:
    """Ways to damage a file that must not matter."""

    def __init__(self, **changes: int) -> None:
        self.changes = changes

    def __call__(self, whole: bytes) -> bytes:
        made = bytearray(whole)
        if (size := self.changes.get("riff_size")) is not None:
            struct.pack_into("<I", made, 4, size)
        if (size := self.changes.get("data_size")) is not None:
            struct.pack_into("<I", made, whole.index(b"data") + 4, size)
        made += bytes(self.changes.get("tail", 0))
        return bytes(made) * self.changes.get("times", 1)


def quiet_intro() -> Sound:
    """Two seconds of music 38 dB under what follows."""
    time = np.arange(5 * RATE) / RATE
    music = np.sum([np.sin(2 * np.pi * 220 * 2 ** (n / 12) * time) for n in (0, 4, 7, 12)], axis=0)
    loudness = np.where(time < 2, 10 ** (-38 / 20), 1.0) * (0.6 + 0.4 * np.sin(12 * time))
    return np.asarray(0.1 * music * loudness, np.float32)


def one_bad_sample() -> Sound:
    sound = voice().copy()
    sound[RATE] = np.nan
    return sound


def padded(before: float, after: float) -> Sound:
    return np.concatenate([sounds.silence(before), voice(), sounds.silence(after)])


def tagged(whole: bytes) -> bytes:
    """With an ID3 tag in front, as some programs put it before anything."""
    return b"ID3\3\0\0\0\0\x27\x08" + bytes(5000) + whole


def with_cover(path: Path, _: Trap) -> None:
    made, cover = path.with_name("made.mp3"), path.with_name("cover.png")
    sounds.ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64", "-frames:v", "1", cover)
    source = sounds.write_float_wav(path.with_name("source.wav"), voice())
    sounds.ffmpeg(
        *("-i", source, "-i", cover, "-map", "0:a", "-map", "1:v", "-c:a", "libmp3lame"),
        *("-disposition:v", "attached_pic", "-metadata", f"title={'long ' * 2000}", made),
    )
    cover.unlink()
    source.unlink()
    made.rename(path)


OPUS = ("-c:a", "libopus", "-b:a", "32k")
MP3 = ("-c:a", "libmp3lame")
AAC = ("-c:a", "aac")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-r", "4")

CASES: Mapping[str, Case] = {
    "voice note.ogg": Case(write=encoded("ogg", *OPUS)),
    "opus in stereo.ogg": Case(write=encoded("ogg", *OPUS, sound=stereo()), channels=2),
    "opus of a telephone.opus": Case(
        write=encoded("ogg", "-c:a", "libopus", "-b:a", "12k", "-application", "voip")
    ),
    "vorbis.ogg": Case(write=encoded("ogg", "-c:a", "libvorbis")),
    "vorbis 44100.oga": Case(
        write=encoded("ogg", "-c:a", "libvorbis", "-ar", "44100", sound=stereo()), channels=2
    ),
    "flac in ogg.ogg": Case(write=encoded("ogg", "-c:a", "flac")),
    "song.mp3": Case(write=encoded("mp3", *MP3)),
    "variable.mp3": Case(write=encoded("mp3", *MP3, "-q:a", "4", sound=stereo()), channels=2),
    "8 kHz.mp3": Case(write=encoded("mp3", *MP3, "-ar", "8000")),
    "without a tag.mp3": Case(
        write=encoded("mp3", *MP3, "-write_xing", "0", "-id3v2_version", "0")
    ),
    "with a cover.mp3": Case(write=with_cover),
    "16 bit.wav": Case(write=encoded("wav", "-c:a", "pcm_s16le")),
    "16 bit stereo.wav": Case(
        write=encoded("wav", "-c:a", "pcm_s16le", sound=stereo()), channels=2
    ),
    "24 bit.wav": Case(write=encoded("wav", "-c:a", "pcm_s24le")),
    "32 bit.wav": Case(write=encoded("wav", "-c:a", "pcm_s32le")),
    "8 bit.wav": Case(write=encoded("wav", "-c:a", "pcm_u8", sound=voice(3.0, -12.0))),
    "float.wav": Case(write=floats(voice())),
    "double.wav": Case(write=encoded("wav", "-c:a", "pcm_f64le")),
    "a-law.wav": Case(write=encoded("wav", "-c:a", "pcm_alaw", "-ar", "8000")),
    "mu-law.wav": Case(write=encoded("wav", "-c:a", "pcm_mulaw", "-ar", "8000")),
    "96 kHz.wav": Case(write=encoded("wav", "-c:a", "pcm_s24le", "-ar", "96000")),
    "six channels.wav": Case(
        write=encoded("wav", "-c:a", "pcm_s16le", sound=np.stack([voice()] * 6, axis=1)),
        channels=2,
    ),
    "streamed.wav": Case(
        write=then(
            encoded("wav", "-c:a", "pcm_s16le"),
            ChangeBytes(riff_size=2**32 - 1, data_size=2**32 - 1),
        )
    ),
    "lossless.flac": Case(write=encoded("flac", "-c:a", "flac")),
    "24 bit stereo.flac": Case(
        write=encoded("flac", "-c:a", "flac", "-sample_fmt", "s32", sound=stereo()), channels=2
    ),
    "phone.m4a": Case(write=encoded("m4a", *AAC)),
    "index first.m4a": Case(write=encoded("m4a", *AAC, "-movflags", "+faststart")),
    "tagged.flac": Case(write=then(encoded("flac", "-c:a", "flac"), tagged)),
    "tagged.aac": Case(write=then(encoded("aac", *AAC), tagged)),
    "24 bit.mov": Case(write=film("mov", *H264, "-c:a", "pcm_s24be")),
    "float.mov": Case(write=film("mov", *H264, "-c:a", "pcm_f32be")),
    "apple lossless.m4a": Case(write=encoded("m4a", "-c:a", "alac")),
    "radio.aac": Case(write=encoded("aac", *AAC)),
    "web.webm": Case(write=encoded("webm", *OPUS)),
    "vorbis.webm": Case(write=encoded("webm", "-c:a", "libvorbis")),
    "flac.mka": Case(write=encoded("mka", "-c:a", "flac")),
    "film.mp4": Case(write=film("mp4", *H264, *AAC)),
    "film.mov": Case(write=film("mov", *H264, "-c:a", "pcm_s16le")),
    "film.webm": Case(write=film("webm", *VP8, *OPUS)),
    "called a picture.png": Case(write=encoded("ogg", *OPUS)),
    "called a page.html": Case(write=encoded("m4a", *AAC)),
    "sides that cancel.wav": Case(write=floats(beside(voice(), -voice())), channels=2),
    "one side.wav": Case(write=floats(beside(voice(), voice() * np.float32(0))), channels=2),
    "with an offset.wav": Case(write=floats(voice() + np.float32(0.3))),
    "far too loud.wav": Case(write=floats(voice(3.0, 6.0))),
    "beyond full scale.wav": Case(write=floats(voice(3.0, 20.0))),
    "very faint.flac": Case(write=encoded("flac", "-c:a", "flac", sound=voice(3.0, -45.0))),
    "one bad sample.wav": Case(write=floats(one_bad_sample())),
    "silence around it.ogg": Case(write=encoded("ogg", *OPUS, sound=padded(4, 6))),
    "music with a quiet intro.flac": Case(
        write=encoded("flac", "-c:a", "flac", sound=quiet_intro()), seconds=5.0
    ),
    "a moment.wav": Case(write=floats(voice(0.4)), seconds=0.4),
    "as long as a clip.ogg": Case(write=encoded("ogg", *OPUS, sound=voice(9.9)), seconds=9.9),
    "with a tail of zeros.mp3": Case(write=then(encoded("mp3", *MP3), ChangeBytes(tail=5000))),
    "two in a row.mp3": Case(
        write=then(encoded("mp3", *MP3, "-write_xing", "0"), ChangeBytes(times=2)), seconds=6.05
    ),
}
