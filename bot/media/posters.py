"""Smaller copies of posters, made once for the slots of a page."""

import asyncio
import io
from pathlib import Path

from PIL import Image

from bot.media.files import replacing
from bot.media.threads import to_end

_QUALITY = 78


async def shrink(poster: bytes, target: Path, *, width: int) -> Path:
    """Write a poster of ours as WebP, at most `width` pixels wide; OSError if it is none."""
    small = await asyncio.to_thread(_shrunk, poster, width)
    async with replacing(target) as part:
        await to_end(part.write_bytes, small)
    return target


def _shrunk(data: bytes, width: int) -> bytes:
    written = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        wide = min(width, picture.width)
        high = max(1, round(picture.height * wide / picture.width))
        small = picture.convert("RGB").resize((wide, high), Image.Resampling.LANCZOS)
    small.save(written, "WEBP", quality=_QUALITY, method=5)
    return written.getvalue()
