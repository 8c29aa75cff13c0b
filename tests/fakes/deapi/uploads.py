"""Files that were posted: what they are by their bytes, how large and how long."""

import asyncio
import io
from dataclasses import dataclass, field

from PIL import Image

from bot.media import ffmpeg

PICTURE_BYTES = 10 * 1024 * 1024
SOUND_BYTES = 20 * 1024 * 1024
FORMATS = {"JPEG", "PNG", "GIF", "BMP", "WEBP"}
LISTENING_HZ = 8_000


@dataclass(frozen=True, slots=True)
class Upload:
    """One posted file."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)


def picture_faults(label: str, upload: Upload) -> list[str]:
    """What is wrong with a picture: its format, its weight or its sides."""
    wrong = [f"The {label} field must be a file of type: jpg, jpeg, png, gif, bmp, webp."]
    if len(upload.content) > PICTURE_BYTES:
        return [f"The {label} field must not be greater than 10240 kilobytes."]
    try:
        with Image.open(io.BytesIO(upload.content)) as picture:
            sides, kind = picture.size, picture.format
    except (OSError, Image.DecompressionBombError):
        return wrong
    if kind not in FORMATS:
        return wrong
    if not all(64 <= side <= 5000 for side in sides):
        return [f"The {label} field has invalid image dimensions."]
    return []


async def sound_faults(
    label: str, upload: Upload, shortest_s: float | None, longest_s: float | None
) -> list[str]:
    """What is wrong with a sound: its format by its first bytes, its weight or its length."""
    head = upload.content[:4]
    mpeg = head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)
    if not mpeg and head != b"OggS":
        return [f"The {label} field must be a file of type: mp3, ogg."]
    if len(upload.content) > SOUND_BYTES:
        return [f"The {label} field must not be greater than 20480 kilobytes."]
    length_s = await listen(upload.content)
    if length_s is None:
        return [f"The {label} field must be a file of type: mp3, ogg."]
    if shortest_s is not None and length_s < shortest_s:
        return [f"The {label} field must be at least {shortest_s} seconds long."]
    if longest_s is not None and length_s > longest_s:
        return [f"The {label} field must not be longer than {longest_s} seconds."]
    return []


async def listen(sound: bytes) -> float | None:
    """How many seconds of sound there are; None where it cannot be decoded."""
    process = await asyncio.create_subprocess_exec(
        str(ffmpeg.locate()), "-v", "error", "-i", "pipe:0",
        "-f", "s16le", "-ac", "1", "-ar", str(LISTENING_HZ), "pipe:1",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    decoded, _ = await process.communicate(sound)
    return len(decoded) / 2 / LISTENING_HZ if decoded else None
