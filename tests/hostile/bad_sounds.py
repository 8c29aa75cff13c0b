"""What is no sound, or none that can be used; bombs, traps and lies among them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from bot.errors import Code
from tests.fakes import sounds
from tests.hostile.case import Case, Trap, Write, data, refused
from tests.hostile.good_sounds import AAC, H264, MP3, OPUS, encoded, floats, voice

FTYP = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42"


def wav(channels: int, rate: int, content: bytes, *, form: int = 1, bits: int = 16) -> Write:
    """A WAV file whose header may say anything."""
    block = channels * bits // 8
    layout = struct.pack("<HHIIHH", form, channels, rate, rate * block % 2**32, block % 65536, bits)
    size = struct.pack("<I", 36 + len(content))
    head = b"RIFF" + size + b"WAVEfmt " + struct.pack("<I", 16) + layout
    return data(head + b"data" + struct.pack("<I", len(content)) + content)


def cut(write: Write, *, keep: Callable[[bytes], bytes]) -> Write:
    def written(path: Path, trap: Trap) -> None:
        write(path, trap)
        path.write_bytes(keep(path.read_bytes()))

    return written


def listed(text: str, prefix: bytes = b"") -> Write:
    """A list of other files; {url} and {secret} stand for the trap."""

    def write(path: Path, trap: Trap) -> None:
        filled = text.replace("{url}", trap.url).replace("{secret}", str(trap.secret))
        path.write_bytes(prefix + filled.encode())

    return write


def elsewhere(path: Path, trap: Trap) -> None:
    """An MP4 file whose samples lie in another file, as its data reference says."""
    sounds.encode(path.with_name("made.m4a"), voice(1.0), *AAC)
    whole = path.with_name("made.m4a").read_bytes()
    path.with_name("made.m4a").unlink()
    at = whole.index(b"url \0\0\0\x01")
    target = f"file://{trap.secret}\0".encode()
    entry = struct.pack(">I", 12 + len(target)) + b"url \0\0\0\0" + target
    path.write_bytes(whole[: at - 4] + entry + whole[at + 8 :])


def game_music() -> bytes:
    """74 bytes that some players play for ever."""
    header = bytearray(74)
    header[:4] = b"Vgm "
    struct.pack_into("<II", header, 4, 70, 0x150)
    struct.pack_into("<I", header, 0x0C, 3_579_545)
    struct.pack_into("<I", header, 0x34, 0x0C)
    header[0x40:0x44] = b"\x61\xff\xff\x66"
    return bytes(header)


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("voice.ogg", bytes(5_000_000))
    return held.getvalue()


def many_tracks(path: Path, _: Trap) -> None:
    source = sounds.write_float_wav(path.with_name("source.wav"), voice())
    tracks = [option for _ in range(40) for option in ("-map", "0:a")]
    made = path.with_name("made.mka")
    sounds.ffmpeg("-i", source, *tracks, "-c:a", "pcm_s16le", made)
    source.unlink()
    made.rename(path)


def silent_film(path: Path, _: Trap) -> None:
    sounds.film(path.with_name("made.mp4"), None, *H264, frames=24).rename(path)


def click() -> sounds.Sound:
    sound = sounds.silence(2)
    sound[48_000:48_500] = 0.5
    return sound


HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n"
LOCAL_HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:{secret}\n#EXT-X-ENDLIST\n"
CONCAT = "ffconcat version 1.0\nfile '{secret}'\n"
DASH = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"'
    ' mediaPresentationDuration="PT5S" profiles="urn:mpeg:dash:profile:isoff-live:2011">'
    '<Period><AdaptationSet mimeType="audio/mp4"><BaseURL>{url}</BaseURL>'
    '<Representation id="1" bandwidth="1"/></AdaptationSet></Period></MPD>'
)
SDP = "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"
NOISE = np.random.default_rng(4).bytes(40_000)

CASES: Mapping[str, Case] = {
    "empty.mp3": refused(Code.FILE_EMPTY, data(b"")),
    "one byte.ogg": refused(Code.NOT_SOUND, data(b"O")),
    "letter.mp3": refused(Code.NOT_SOUND, data(b"Dear band, this is no song.")),
    "page.mp3": refused(Code.NOT_SOUND, data(b"<html><script src=x></script></html>")),
    "noise.mp3": refused(Code.NOT_SOUND, data(b"\x00" + NOISE)),
    "program.ogg": refused(Code.NOT_SOUND, data(b"\x7fELF\x02\x01\x01" + bytes(3000))),
    "archive.ogg": refused(Code.NOT_SOUND, data(archive())),
    "packed.ogg": refused(Code.NOT_SOUND, data(b"\x1f\x8b\x08\0" + zlib.compress(bytes(9**7)))),
    "document.mp3": refused(Code.NOT_SOUND, data(b"%PDF-1.7\n" + bytes(900))),
    "game.mp3": refused(Code.NOT_SOUND, data(game_music())),
    "console.nsf": refused(Code.NOT_SOUND, data(b"NESM\x1a\x01\xff\x01" + bytes(120) + NOISE)),
    "tracker.mp3": refused(Code.NOT_SOUND, data(bytes(1080) + b"M.K." * 600)),
    "notes.mid": refused(Code.NOT_SOUND, data(b"MThd\0\0\0\6\0\1\0\1\0`MTrk" + bytes(400))),
    "notes in riff.wav": refused(Code.NOT_SOUND, data(b"RIFF\0\1\0\0RMIDdata" + bytes(400))),
    "film.avi": refused(Code.NOT_SOUND, data(b"RIFF\0\1\0\0AVI LIST" + bytes(400))),
    "song.aiff": refused(Code.NOT_SOUND, data(b"FORM\0\0\1\0AIFFCOMM" + bytes(400))),
    "song.wma": refused(Code.NOT_SOUND, data(bytes.fromhex("3026b2758e66cf11") + NOISE)),
    "note.amr": refused(Code.NOT_SOUND, data(b"#!AMR\n" + NOISE)),
    "subtitles.mp3": refused(Code.NOT_SOUND, data(b"1\n00:00:00,000 --> 00:00:05,000\nHi\n")),
    "picture.mp3": refused(Code.NOT_SOUND, data(b"\x89PNG\r\n\x1a\n" + NOISE)),
    "picture.m4a": refused(Code.NOT_SOUND, data(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + NOISE)),
    "hls.m3u8": refused(Code.NOT_SOUND, listed(HLS)),
    "hls.mp3": refused(Code.FILE_BROKEN, listed(HLS, b"ID3\4\0\0\0\0\0\0")),
    "hls.m4a": refused(Code.FILE_BROKEN, listed(HLS, FTYP)),
    "hls.ogg": refused(Code.FILE_BROKEN, listed(HLS, b"OggS")),
    "hls.webm": refused(Code.FILE_BROKEN, listed(HLS, b"\x1aE\xdf\xa3")),
    "local hls.mp3": refused(Code.NOT_SOUND, listed(LOCAL_HLS)),
    "local hls.m4a": refused(Code.FILE_BROKEN, listed(LOCAL_HLS, FTYP)),
    "concat.mp3": refused(Code.NOT_SOUND, listed(CONCAT)),
    "concat.flac": refused(Code.FILE_BROKEN, listed(CONCAT, b"fLaC")),
    "dash.mp3": refused(Code.NOT_SOUND, listed(DASH)),
    "dash.mp4": refused(Code.FILE_BROKEN, listed(DASH, FTYP)),
    "session.sdp": refused(Code.NOT_SOUND, listed(SDP)),
    "elsewhere.m4a": refused(Code.FILE_BROKEN, elsewhere),
    "ogg without pages.ogg": refused(Code.FILE_BROKEN, data(b"OggS" + bytes(4000))),
    "ogg of noise.ogg": refused(Code.FILE_BROKEN, data(b"OggS\0\2" + NOISE)),
    "flac without frames.flac": refused(Code.FILE_BROKEN, data(b"fLaC" + bytes(4000))),
    "matroska of zeros.webm": refused(Code.FILE_BROKEN, data(b"\x1aE\xdf\xa3" + bytes(4000))),
    "mp4 of zeros.m4a": refused(Code.FILE_BROKEN, data(FTYP + bytes(4000))),
    "mp4 of noise.m4a": refused(Code.FILE_BROKEN, data(FTYP + NOISE)),
    "tag alone.mp3": refused(Code.FILE_BROKEN, data(b"ID3\4\0\0\x7f\x7f\x7f\x7f" + NOISE)),
    "index missing.m4a": refused(
        Code.FILE_BROKEN, cut(encoded("m4a", *AAC), keep=lambda whole: whole[:-900])
    ),
    "header alone.mp4": refused(
        Code.FILE_BROKEN, cut(encoded("m4a", *AAC), keep=lambda whole: whole[:60])
    ),
    "silent.mp4": refused(Code.NO_SOUND, silent_film),
    "no samples.wav": refused(Code.NO_SOUND, wav(1, 48_000, b"")),
    "65535 channels.wav": refused(Code.FILE_BROKEN, wav(65_535, 48_000, bytes(400_000))),
    "200 channels.wav": refused(Code.FILE_BROKEN, wav(200, 48_000, bytes(400_000))),
    "no channel.wav": refused(Code.FILE_BROKEN, wav(0, 48_000, bytes(4000))),
    "no rate.wav": refused(Code.FILE_BROKEN, wav(1, 0, bytes(4000))),
    "4 GHz.wav": refused(Code.FILE_BROKEN, wav(1, 2**32 - 1, NOISE)),
    "unknown form.wav": refused(Code.FILE_BROKEN, wav(1, 48_000, NOISE, form=0x1234)),
    "one hertz.wav": refused(Code.SOUND_TOO_LONG, wav(1, 1, NOISE[:1000])),
    "another codec.m4a": refused(
        Code.NOT_SOUND, encoded("m4a", "-c:a", "ac3", "-f", "mp4", sound=voice(1.0))
    ),
    "packed.wav": refused(Code.NOT_SOUND, encoded("wav", "-c:a", "adpcm_ms")),
    "aac where it does not belong.wav": refused(Code.NOT_SOUND, encoded("wav", *AAC)),
    "forty tracks.mka": refused(Code.FILE_BROKEN, many_tracks),
    "not a number.wav": refused(Code.FILE_BROKEN, floats(np.full(48_000, np.nan, np.float32))),
    "huge numbers.wav": refused(Code.FILE_BROKEN, floats(voice(1.0) * np.float32(1e30))),
    "offset alone.wav": refused(Code.INAUDIBLE, floats(np.full(96_000, 0.7, np.float32))),
    "click in silence.wav": refused(Code.INAUDIBLE, floats(click())),
    "a fifth of a second.ogg": refused(Code.INAUDIBLE, encoded("ogg", *OPUS, sound=voice(0.2))),
    "silence.ogg": refused(Code.INAUDIBLE, encoded("ogg", *OPUS, sound=sounds.silence(5))),
    "whisper.flac": refused(
        Code.INAUDIBLE, encoded("flac", "-c:a", "flac", sound=voice(3.0, -62.0))
    ),
    "twelve seconds.ogg": refused(Code.SOUND_OVER_LIMIT, encoded("ogg", *OPUS, sound=voice(12.0))),
    "two minutes and one second.mp3": refused(
        Code.SOUND_TOO_LONG, encoded("mp3", *MP3, "-ar", "8000", sound=np.tile(voice(5.5), 22))
    ),
    "minutes of silence.ogg": refused(
        Code.SOUND_TOO_LONG, encoded("ogg", *OPUS, sound=sounds.silence(130))
    ),
    "half an hour of silence.flac": refused(
        Code.SOUND_TOO_LONG,
        encoded("flac", "-c:a", "flac", "-af", "aresample=4000,apad=pad_dur=1800"),
    ),
}
