"""What is no sound, or none that can be used; each with its reason, quickly, leaving nothing."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.media import audio
from bot.media.ffmpeg import Ffmpeg
from bot.media.reasons import MediaError, Reason
from tests.fakes import sounds
from tests.fakes.sounds import speech

OPUS = sounds.ENCODINGS["voice.ogg"]


def names(folder: Path) -> list[str]:
    return [found.name for found in folder.iterdir()]


def wav_header(channels: int, rate: int, *, data: bytes) -> bytes:
    block = channels * 2
    numbers = ((16, 4), (1, 2), (channels, 2), (rate, 4), (rate * block % 2**32, 4))
    layout = b"".join(number.to_bytes(size, "little") for number, size in numbers)
    layout += (block % 65536).to_bytes(2, "little") + (16).to_bytes(2, "little")
    size = (36 + len(data)).to_bytes(4, "little")
    return b"RIFF" + size + b"WAVEfmt " + layout + b"data" + len(data).to_bytes(4, "little") + data


def endless_game_music(path: Path) -> None:
    header = bytearray(74)
    header[:4] = b"Vgm "
    header[4:8] = (70).to_bytes(4, "little")
    header[8:12] = (0x150).to_bytes(4, "little")
    header[0x0C:0x10] = (3_579_545).to_bytes(4, "little")
    header[0x34:0x38] = (0x0C).to_bytes(4, "little")
    header[0x40:0x44] = b"\x61\xff\xff\x66"
    path.write_bytes(header)


def cut_short(path: Path) -> None:
    sounds.encode(path, speech(1), *sounds.ENCODINGS["phone.m4a"])
    path.write_bytes(path.read_bytes()[:-400])


def not_a_number(path: Path) -> None:
    sounds.write_float_wav(path, np.full(48_000, np.nan, np.float32))


def huge_numbers(path: Path) -> None:
    sounds.write_float_wav(path, speech(1) * np.float32(1e30))


def offset_alone(path: Path) -> None:
    sounds.write_float_wav(path, np.full(96_000, 0.7, np.float32))


def click_in_silence(path: Path) -> None:
    sound = sounds.silence(2)
    sound[48_000:48_500] = 0.5
    sounds.write_float_wav(path, sound)


def playlist(url: str) -> bytes:
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n".encode()


def manifest(url: str) -> bytes:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"'
        ' mediaPresentationDuration="PT5S" profiles="urn:mpeg:dash:profile:isoff-live:2011">'
        f'<Period><AdaptationSet mimeType="audio/mp4"><BaseURL>{url}</BaseURL>'
        '<Representation id="1" bandwidth="1"/></AdaptationSet></Period></MPD>'
    ).encode()


CASES: dict[str, tuple[Reason, Callable[[Path], object]]] = {
    "empty.mp3": (Reason.EMPTY, Path.touch),
    "letter.mp3": (Reason.NOT_SOUND, lambda path: path.write_text("Dear band, this is no song.")),
    "game.mp3": (Reason.NOT_SOUND, endless_game_music),
    "tracker.mp3": (Reason.NOT_SOUND, lambda path: path.write_bytes(bytes(1080) + b"M.K." * 600)),
    "midi.wav": (Reason.NOT_SOUND, lambda path: path.write_bytes(b"MThd\0\0\0\6\0\1\0\1\0`")),
    "ogg.ogg": (Reason.BROKEN, lambda path: path.write_bytes(b"OggS" + bytes(4000))),
    "flac.flac": (Reason.BROKEN, lambda path: path.write_bytes(b"fLaC" + bytes(4000))),
    "mkv.webm": (Reason.BROKEN, lambda path: path.write_bytes(b"\x1aE\xdf\xa3" + bytes(4000))),
    "mov.m4a": (Reason.BROKEN, lambda path: path.write_bytes(b"\0\0\0\x18ftypM4A " + bytes(4000))),
    "no_index.m4a": (Reason.BROKEN, cut_short),
    "silent.mp4": (
        Reason.NO_SOUND,
        lambda path: sounds.film(path, None, "-c:v", "libx264", frames=24),
    ),
    "no_samples.wav": (
        Reason.NO_SOUND,
        lambda path: path.write_bytes(wav_header(1, 48_000, data=b"")),
    ),
    "many_channels.wav": (
        Reason.BROKEN,
        lambda path: path.write_bytes(wav_header(65_535, 48_000, data=bytes(400_000))),
    ),
    "no_rate.wav": (
        Reason.BROKEN,
        lambda path: path.write_bytes(wav_header(1, 0, data=bytes(4000))),
    ),
    "no_channel.wav": (
        Reason.BROKEN,
        lambda path: path.write_bytes(wav_header(0, 48_000, data=bytes(4000))),
    ),
    "one_hertz.wav": (
        Reason.SOUND_TOO_LONG,
        lambda path: path.write_bytes(wav_header(1, 1, data=bytes(1000))),
    ),
    "nan.wav": (Reason.BROKEN, not_a_number),
    "huge.wav": (Reason.BROKEN, huge_numbers),
    "offset.wav": (Reason.INAUDIBLE, offset_alone),
    "click.wav": (Reason.INAUDIBLE, click_in_silence),
    "short.ogg": (Reason.INAUDIBLE, lambda path: sounds.encode(path, speech(0.2), *OPUS)),
    "silence.ogg": (
        Reason.INAUDIBLE,
        lambda path: sounds.encode(path, sounds.silence(5), *OPUS),
    ),
    "whisper.flac": (
        Reason.INAUDIBLE,
        lambda path: sounds.encode(path, speech(3, level_db=-62), "-c:a", "flac"),
    ),
    "three_minutes.ogg": (
        Reason.SOUND_TOO_LONG,
        lambda path: sounds.encode(path, np.tile(speech(10), 18), *OPUS),
    ),
    "minutes_of_silence.ogg": (
        Reason.SOUND_TOO_LONG,
        lambda path: sounds.encode(path, sounds.silence(300), *OPUS),
    ),
    "video_codec.m4a": (
        Reason.BROKEN,
        lambda path: sounds.encode(path, speech(1), "-c:a", "ac3", "-f", "mp4"),
    ),
}


@pytest.mark.parametrize("name", CASES)
async def test_it_is_refused_with_its_reason(
    name: str, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    reason, write = CASES[name]
    write(tmp_path / name)
    started = time.monotonic()
    with pytest.raises(MediaError) as refusal:
        await audio.prepare(tmp_path / name, out, ffmpeg=ffmpeg, lengths=range(49, 242, 8), fps=24)
    assert time.monotonic() - started < 10
    assert refusal.value.reason is reason
    assert str(tmp_path) not in str(refusal.value)
    assert names(out) == []


@pytest.mark.parametrize("prefix", [b"", b"\0\0\0\x18ftypM4A ", b"ID3\4\0\0\0\0\0\0", b"OggS"])
@pytest.mark.parametrize("kind", ["hls", "local hls", "concat", "dash"])
async def test_a_list_of_other_files_is_never_followed(
    prefix: bytes, kind: str, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    secret = sounds.encode(tmp_path / "secret.mp3", speech(2), "-c:a", "libmp3lame")
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.setblocking(False)
        url = f"http://127.0.0.1:{canary.getsockname()[1]}/segment.ts"
        listed = {
            "hls": playlist(url),
            "local hls": playlist(f"file:{secret}"),
            "concat": f"ffconcat version 1.0\nfile '{secret}'\n".encode(),
            "dash": manifest(url),
        }[kind]
        (tmp_path / "list.mp3").write_bytes(prefix + listed)
        with pytest.raises(MediaError) as refusal:
            await audio.prepare(
                tmp_path / "list.mp3", out, ffmpeg=ffmpeg, lengths=range(49, 242, 8), fps=24
            )
        assert refusal.value.reason in {Reason.NOT_SOUND, Reason.BROKEN, Reason.NO_SOUND}
        with pytest.raises(BlockingIOError):
            canary.accept()


async def test_half_a_voice_note_is_as_long_as_what_can_be_decoded(
    tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    source = sounds.encode(tmp_path / "a.ogg", speech(6), *OPUS)
    whole = source.read_bytes()
    source.write_bytes(whole[: len(whole) // 2])
    sound = await audio.prepare(source, out, ffmpeg=ffmpeg, lengths=range(49, 242, 8), fps=24)
    assert 2000 < sound.heard_ms < 4000
