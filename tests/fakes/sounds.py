"""Sounds made of numbers, and files of every kind made from them by the wheel's own ffmpeg."""

import subprocess
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.media.ffmpeg import locate

RATE = 48_000
Sound = npt.NDArray[np.float32]

ENCODINGS = {
    "voice.ogg": ("-c:a", "libopus", "-b:a", "32k"),
    "vorbis.ogg": ("-c:a", "libvorbis"),
    "song.mp3": ("-c:a", "libmp3lame", "-b:a", "128k"),
    "pcm.wav": ("-c:a", "pcm_s16le"),
    "pcm24.wav": ("-c:a", "pcm_s24le"),
    "float.wav": ("-c:a", "pcm_f32le"),
    "alaw.wav": ("-c:a", "pcm_alaw", "-ar", "8000"),
    "lossless.flac": ("-c:a", "flac"),
    "phone.m4a": ("-c:a", "aac", "-b:a", "96k"),
    "stream.aac": ("-c:a", "aac", "-b:a", "96k"),
    "web.webm": ("-c:a", "libopus", "-b:a", "48k"),
}
"""File name to ffmpeg's options."""


def speech(seconds: float, *, level_db: float = -24.0, seed: int = 1) -> Sound:
    """Something like speech: a gliding voice in syllables with pauses, loud from end to end."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE)) / RATE
    pitch = 130 + 25 * np.sin(2 * np.pi * 0.7 * time) + 8 * np.sin(2 * np.pi * 5 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = sum(np.sin(n * phase + n) / (1 + abs(n - 5)) for n in range(1, 24))
    knots = random.uniform(0.05, 1.0, max(2, round(seconds * 8)))
    knots[0] = knots[-1] = 1.0
    envelope = np.interp(time, np.linspace(0, seconds, len(knots)), knots)
    sound = voice * envelope + 0.02 * random.standard_normal(len(time))
    sound *= 10 ** (level_db / 20) / np.sqrt(np.mean(sound**2))
    return np.asarray(sound, np.float32)


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), np.float32)


def write_float_wav(path: Path, sound: Sound, *, rate: int = RATE) -> Path:
    """A 32-bit float WAV file, written byte by byte so that it may hold anything."""
    channels = 1 if sound.ndim == 1 else sound.shape[1]
    data = sound.astype("<f4").tobytes()
    layout = b"".join(
        number.to_bytes(size, "little")
        for number, size in (
            (16, 4),
            (3, 2),
            (channels, 2),
            (rate, 4),
            (rate * channels * 4, 4),
            (channels * 4, 2),
            (32, 2),
        )
    )
    size = (36 + len(data)).to_bytes(4, "little")
    path.write_bytes(
        b"RIFF" + size + b"WAVEfmt " + layout + b"data" + len(data).to_bytes(4, "little") + data
    )
    return path


def encode(path: Path, sound: Sound, *options: str) -> Path:
    """A sound in the kind of file that the name and the options say."""
    source = write_float_wav(path.with_suffix(".source.wav"), sound)
    ffmpeg("-i", source, *options, path)
    source.unlink()
    return path


def film(path: Path, sound: Sound | None, *options: str, frames: int = 49) -> Path:
    """A moving test picture of 192 by 128 at 24 frames a second, with a sound or without."""
    picture = ("-f", "lavfi", "-i", "testsrc2=size=192x128:rate=24", "-frames:v", str(frames))
    if sound is None:
        ffmpeg(*picture, *options, path)
        return path
    source = write_float_wav(path.with_suffix(".source.wav"), sound)
    ffmpeg("-i", source, *picture, "-map", "1:v", "-map", "0:a", *options, path)
    source.unlink()
    return path


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run([locate(), "-v", "error", "-y", *arguments], check=True, timeout=120)


def read_wav(path: Path) -> Sound:
    """A 16-bit WAV file as floats, shape (samples, channels)."""
    with wave.open(str(path)) as file:
        assert (file.getsampwidth(), file.getframerate()) == (2, RATE)
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return data.reshape(-1, file.getnchannels()).astype(np.float32) / np.float32(32768)
