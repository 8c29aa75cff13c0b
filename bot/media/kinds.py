"""Which kind of sound file this is, told from its first bytes and never from its name."""

from enum import StrEnum

from bot.media.heif import AVIF_BRANDS, GENERAL_BRANDS, HEIC_BRANDS

HEAD_BYTES = 4096
"""How much of a file `sound_kind` wants to see."""

_PICTURE_BRANDS = HEIC_BRANDS | AVIF_BRANDS | GENERAL_BRANDS
_BITRATES = 15
_RATES_HZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_KBIT_V1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBIT_V2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_LAYER_3 = 1
_TAG_BYTES = 10

_PCM = (
    "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,"
    "pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw"
)
_MP3 = "mp3,mp3float"
_ANY = f"opus,libopus,vorbis,{_MP3},aac,flac,alac,{_PCM}"


class SoundKind(StrEnum):
    """A container whose sound is read; the value is ffmpeg's name of its demuxer."""

    OGG = "ogg"
    FLAC = "flac"
    WAV = "wav"
    MATROSKA = "matroska"
    MOV = "mov"
    MP3 = "mp3"
    AAC = "aac"

    @property
    def demuxers(self) -> str:
        """Ffmpeg's format whitelist: the names under which it knows this one demuxer."""
        return {
            SoundKind.MATROSKA: "matroska,webm",
            SoundKind.MOV: "mov,mp4,m4a,3gp,3g2,mj2",
        }.get(self, self.value)

    @property
    def decoders(self) -> str:
        """Ffmpeg's codec whitelist: the decoders whose sound belongs into such a file."""
        return {
            SoundKind.OGG: "opus,libopus,vorbis,flac",
            SoundKind.FLAC: "flac",
            SoundKind.WAV: f"{_PCM},{_MP3}",
            SoundKind.MP3: _MP3,
            SoundKind.AAC: "aac",
        }.get(self, _ANY)


_MAGIC = (
    (b"OggS", SoundKind.OGG),
    (b"fLaC", SoundKind.FLAC),
    (b"\x1aE\xdf\xa3", SoundKind.MATROSKA),
    (b"ID3", SoundKind.MP3),
)


def sound_kind(head: bytes) -> SoundKind | None:
    """The kind of sound file that begins like this; None for everything else."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return SoundKind.WAV
    if head[4:8] == b"ftyp" and head[8:12] not in _PICTURE_BRANDS:
        return SoundKind.MOV
    if _is_mp3(head):
        return SoundKind.MP3
    return SoundKind.AAC if _is_adts(head) else None


def tag_bytes(head: bytes) -> int:
    """The length of the ID3 tag that a file begins with; 0 without one.

    Such tags stand before FLAC and AAC as well, whose kind is told by what follows.
    """
    if len(head) < _TAG_BYTES or not head.startswith(b"ID3"):
        return 0
    size = 0
    for byte in head[6:_TAG_BYTES]:
        size = size << 7 | byte & 0x7F
    return _TAG_BYTES + size


def _is_mp3(head: bytes) -> bool:
    """Whether a valid layer III frame stands here and, where the head reaches, a second one."""
    size = _mp3_frame_bytes(head[:4])
    if not size:
        return False
    following = head[size : size + 4]
    return len(following) < 4 or _mp3_frame_bytes(following) > 0


def _mp3_frame_bytes(header: bytes) -> int:
    """The length of the layer III frame with this header; 0 if it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version not in _RATES_HZ or layer != _LAYER_3 or rate == 3 or not 0 < bitrate < _BITRATES:
        return 0
    kbit = (_KBIT_V1 if version == 3 else _KBIT_V2)[bitrate]
    factor = 144_000 if version == 3 else 72_000
    return factor * kbit // _RATES_HZ[version][rate] + padding


def _is_adts(head: bytes) -> bool:
    """Whether an ADTS frame stands here and, where the head reaches, a second one."""
    if len(head) < 7 or not _is_adts_sync(head):
        return False
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    following = head[size : size + 2]
    return size >= 7 and (len(following) < 2 or _is_adts_sync(following))


def _is_adts_sync(header: bytes) -> bool:
    return header[0] == 0xFF and header[1] & 0xF6 == 0xF0
