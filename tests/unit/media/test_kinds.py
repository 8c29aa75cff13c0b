import pytest

from bot.media.kinds import SoundKind, sound_kind

MP3_FRAME = bytes.fromhex("fffb9064") + bytes(413)
ADTS_FRAME = bytes.fromhex("fff14c80021ffc") + bytes(9)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"OggS\x00\x02", SoundKind.OGG),
        (b"fLaC\x00", SoundKind.FLAC),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", SoundKind.WAV),
        (b"\x1aE\xdf\xa3\x01", SoundKind.MATROSKA),
        (b"\x00\x00\x00\x18ftypM4A ", SoundKind.MOV),
        (b"\x00\x00\x00\x18ftypqt  ", SoundKind.MOV),
        (b"ID3\x04\x00", SoundKind.MP3),
        (MP3_FRAME * 3, SoundKind.MP3),
        (MP3_FRAME, SoundKind.MP3),
        (ADTS_FRAME * 3, SoundKind.AAC),
    ],
)
def test_a_sound_file_is_known_by_its_first_bytes(head: bytes, kind: SoundKind) -> None:
    assert sound_kind(head) is kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff",
        b"Vgm \x00",
        b"#EXTM3U\n",
        b"ffconcat version 1.0\n",
        b"<?xml version='1.0'?><MPD>",
        b"hello, this is a song",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"RIFF\x00\x00\x00\x00AVI LIST",
        b"\x00\x00\x00\x18ftypheic",
        b"\x00\x00\x00\x18ftypavif",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\xff\xfe\x68\x00\x69\x00",
        MP3_FRAME[:4] + bytes(600),
        b"\xff\xfb\xf0\x64" + bytes(600),
        ADTS_FRAME[:7] + bytes(600),
    ],
)
def test_everything_else_is_no_sound(head: bytes) -> None:
    assert sound_kind(head) is None


def test_a_demuxer_is_whitelisted_under_all_its_names() -> None:
    assert SoundKind.MOV.demuxers.split(",")[0] == "mov"
    assert SoundKind.MATROSKA.demuxers == "matroska,webm"
    assert SoundKind.OGG.demuxers == "ogg"
