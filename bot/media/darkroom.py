"""The process in which members' pictures are decoded: picture in, clean picture out.

It is started by bot.media.image as `python -m bot.media.darkroom JOB`, with the untrusted file on
standard input, and answers one line of JSON on standard output: what the picture was, with the
clean picture after it, or why it was refused. A thread could not be limited in memory or be
stopped; this can. It writes no file and sees no environment of ours.
"""

import io
import json
import logging
import sys
from dataclasses import dataclass
from typing import IO

from PIL import AvifImagePlugin, Image, ImageCms, ImageOps

from bot.media.headers import Header, PictureKind, jpeg_scans, read_header
from bot.media.reasons import MediaError, Reason

log = logging.getLogger(__name__)

MAX_BYTES = 25 * 1024 * 1024
"""No larger file is opened."""

REFUSED = 3
"""The exit code that goes with a reason."""

_MAX_PIXELS = 50_000_000
_MAX_SIDE = 16_000
_MIN_SIDE = 64
_MAX_ASPECT = 4
_MAX_SCANS = 100
_MAX_SCANNED_PIXELS = 1_000_000_000
_MAX_PROFILE_BYTES = 4 * 1024 * 1024
_BAND_ROWS = 512
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = frozenset({5, 6, 7, 8})
"""The EXIF orientations that swap width and height."""
_HEIC_NO_MEMORY = "Memory allocation error"
"""How the library of HEIC begins to tell that; its error class tells nothing."""
_FROM_16_BIT = 1 / 257
_WIDE_GREY = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N"})
_PROFILE_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to make of a picture; without a size it is only looked at.

    `centring` is the share of what is cut away that lies left and above, `kind` PNG or JPEG.
    """

    width: int = 0
    height: int = 0
    centring: tuple[float, float] = (0.5, 0.5)
    kind: str = "PNG"

    def to_line(self) -> str:
        """The job as the worker's argument."""
        return json.dumps([self.width, self.height, *self.centring, self.kind])

    @classmethod
    def from_line(cls, line: str) -> "Job":
        """The job of such an argument."""
        width, height, across, down, kind = json.loads(line)
        return cls(width=width, height=height, centring=(across, down), kind=kind)


def main(line: str, source: IO[bytes], target: IO[bytes]) -> int:
    """Do a job and answer it; the exit code."""
    # Each thread would take memory of its own, and one picture is no work for several.
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    try:
        answer, clean = develop(Job.from_line(line), source.read(MAX_BYTES + 1))
    except MediaError as error:
        answer, clean = {"reason": error.reason, "detail": error.detail, "facts": error.facts}, b""
    target.write(json.dumps(answer).encode() + b"\n" + clean)
    target.flush()
    return REFUSED if "reason" in answer else 0


def develop(job: Job, data: bytes) -> tuple[dict[str, object], bytes]:
    """What a picture is, and it made anew by the job; raises MediaError."""
    header = _checked(data)
    try:
        picture = _opened(data, header.kind)
        turn = _turn_of(picture, header.kind)
        width, height = picture.size[::-1] if turn in _LYING else picture.size
        clean = _made(_loaded(picture, turn, job), job) if job.width > 0 else b""
    except MediaError:
        raise
    except Exception as error:
        if isinstance(error, MemoryError) or str(error).startswith(_HEIC_NO_MEMORY):
            detail = "more than fits in memory"
            raise MediaError(Reason.PICTURE_TOO_LARGE, detail, **_facts(header)) from error
        # Pillow's decoders raise nearly anything on broken files: OSError, ValueError,
        # SyntaxError, struct.error, IndexError, OverflowError, DecompressionBombError.
        raise MediaError(Reason.BROKEN, f"decoder: {type(error).__name__}") from error
    return {"kind": header.kind, "width": width, "height": height}, clean


def _facts(header: Header) -> dict[str, int]:
    return {"width": header.width, "height": header.height}


def _checked(data: bytes) -> Header:
    """The header of a picture that may be decoded, judged before any decoder runs."""
    if not data:
        raise MediaError(Reason.EMPTY, "no bytes")
    if len(data) > MAX_BYTES:
        raise MediaError(Reason.TOO_BIG, "too many bytes", limit_bytes=MAX_BYTES)
    header = read_header(data)
    if header is None:
        raise MediaError(Reason.NOT_PICTURE, "its first bytes are of no known picture")
    width, height = header.width, header.height
    if min(width, height) < _MIN_SIDE:
        raise MediaError(Reason.PICTURE_TOO_SMALL, "too few pixels", **_facts(header))
    if max(width, height) > _MAX_SIDE or width * height > _MAX_PIXELS:
        raise MediaError(Reason.PICTURE_TOO_LARGE, "too many pixels", **_facts(header))
    if max(width, height) > _MAX_ASPECT * min(width, height):
        raise MediaError(Reason.PICTURE_TOO_NARROW, "too narrow", **_facts(header))
    if header.kind is PictureKind.JPEG:
        _check_scans(jpeg_scans(data), width * height)
    return header


def _check_scans(scans: int, pixels: int) -> None:
    """Refuse a JPEG that makes its decoder go over the picture again and again."""
    if scans > min(_MAX_SCANS, _MAX_SCANNED_PIXELS // pixels):
        raise MediaError(Reason.BROKEN, "too many scans", scans=scans)


def _opened(data: bytes, kind: PictureKind) -> Image.Image:
    """The first frame of a picture, not yet decoded."""
    if kind is PictureKind.HEIC:
        _learn_heic()
    picture = Image.open(io.BytesIO(data), formats=(kind.value,))
    if picture.width * picture.height > _MAX_PIXELS:
        raise MediaError(Reason.PICTURE_TOO_LARGE, "larger than its header said")
    return picture


def _learn_heic() -> None:
    """Teach Pillow to read what phones take, and nothing that lies beside the picture."""
    import pillow_heif  # noqa: PLC0415 a library of 20 MB that no other kind of picture needs

    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )


def _turn_of(picture: Image.Image, kind: PictureKind) -> int:
    """The EXIF orientation that is still to be undone, 1 for none."""
    if kind is PictureKind.HEIC:
        # The container's own turns are undone by the decoder; what EXIF repeats does not count.
        return 1
    if kind is PictureKind.AVIF:
        # Pillow tells the container's turn as EXIF, and would believe these words instead.
        picture.info.pop("xmp", None)
    try:
        turn: int = picture.getexif().get(_ORIENTATION, 1)
    except Exception as error:  # noqa: BLE001 whatever is wrong with it, the picture may be whole
        log.warning("EXIF ignored: %s", type(error).__name__)
        return 1
    return turn


def _loaded(picture: Image.Image, turn: int, job: Job) -> Image.Image:
    """The picture decoded, flat, upright and at most a few times larger than needed."""
    side = max(job.width, job.height)
    # Only a JPEG heeds this; the library of HEIC would look at thumbnails, and was told not to.
    picture.draft("RGB", (side, side))
    picture.load()
    if picture.width * picture.height > _MAX_PIXELS:
        raise MediaError(Reason.PICTURE_TOO_LARGE, "larger than its header said")
    small = _shrunk(picture, side)
    undo = _UPRIGHT.get(turn)
    return small if undo is None else _turned(small, undo)


def _made(picture: Image.Image, job: Job) -> bytes:
    size = (job.width, job.height)
    fitted = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=job.centring)
    # A new picture, because a loaded one carries comments and profiles into the file.
    clean = Image.new("RGB", size)
    clean.paste(_in_srgb(fitted))
    written = io.BytesIO()
    if job.kind == "PNG":
        clean.save(written, "PNG", compress_level=4)
    else:
        clean.save(written, "JPEG", quality=95, subsampling=0)
    return written.getvalue()


def _turned(picture: Image.Image, turn: Image.Transpose) -> Image.Image:
    turned = picture.transpose(turn)
    turned.info = picture.info
    return turned


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    """Flattened and reduced to two to four times the wanted side, in bands to spare memory."""
    factor = max(1, min(picture.size) // (2 * side))
    rows = -(-_BAND_ROWS // factor) * factor
    bands = []
    for top in range(0, picture.height, rows):
        box = (0, top, picture.width, min(top + rows, picture.height))
        bands.append(_flat(picture.crop(box)).reduce(factor))
    small = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    for number, band in enumerate(bands):
        small.paste(band, (0, number * rows // factor))
    small.info["icc_profile"] = picture.info.get("icc_profile")
    return small


def _flat(picture: Image.Image) -> Image.Image:
    """One of the modes RGB, L, CMYK: 16-bit grey scaled down, transparency laid over white."""
    if picture.mode in _WIDE_GREY:
        return picture.convert("I").point(lambda value: value * _FROM_16_BIT).convert("L")
    if picture.has_transparency_data:
        over = picture.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        white.alpha_composite(over)
        return white.convert("RGB")
    return picture if picture.mode in _PROFILE_SPACES else picture.convert("RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Through the picture's own colour profile if it has one that fits, else as it is."""
    profile = picture.info.get("icc_profile")
    if profile and len(profile) <= _MAX_PROFILE_BYTES:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if own.profile.xcolor_space == _PROFILE_SPACES[picture.mode]:
                srgb = ImageCms.createProfile("sRGB")
                converted = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
                assert converted is not None
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError) as error:
            log.warning("colour profile ignored: %s", error)
    return picture.convert("RGB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer))
