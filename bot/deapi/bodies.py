"""What a submit says: the fields of a clip, its files, and the form they travel in."""

import asyncio
import io
import struct
import zlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.deapi.models import Inference

MP3_FRAME = bytes((0xFF, 0xFB, 0x10, 0xC4)) + bytes(100)
"""A silent MPEG-1 Layer III frame: mono, 44.1 kHz, 32 kbit/s, 1152 samples."""
MP3_FRAMES_A_SECOND = 44_100 / 1152
PICTURE_SIDE = 512
TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where deAPI shall report a job: an https address and a secret of 32 to 255 characters."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip to render; the seed is always our own, since deAPI never tells the one it took."""

    model: str
    prompt: str
    width: int
    height: int
    frames: int
    seed: int
    fps: int = 24
    steps: int = 8
    webhook: Webhook | None = None

    def fields(self, inference: Inference) -> dict[str, object]:
        """The text fields but guidance; audio-syncs are sent without steps, as is proven."""
        fields: dict[str, object] = {
            "prompt": self.prompt,
            "model": self.model,
            "width": self.width,
            "height": self.height,
            "frames": self.frames,
            "fps": self.fps,
            "seed": self.seed,
        }
        if inference is not Inference.AUDIO:
            fields["steps"] = self.steps
        if self.webhook:
            fields |= {"webhook_url": self.webhook.url, "webhook_secret": self.webhook.secret}
        return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A request body: JSON, or a multipart form with files from disk or memory."""

    fields: dict[str, object]
    files: dict[str, Path | bytes] = field(default_factory=dict)
    is_form: bool = False

    async def open(self, stack: ExitStack) -> dict[str, Any]:
        """The arguments that aiohttp takes; opened files are left to the stack."""
        if not self.is_form:
            return {"json": self.fields}
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in self.fields.items():
            form.add_field(name, str(value))
        for name, file in self.files.items():
            suffix = file.suffix.lower() if isinstance(file, Path) else _suffix(name)
            stream: io.BufferedIOBase = (
                await asyncio.to_thread(file.open, "rb")
                if isinstance(file, Path)
                else io.BytesIO(file)
            )
            form.add_field(
                name,
                stack.enter_context(stream),
                filename=f"{name}{suffix}",
                content_type=TYPES.get(suffix, "application/octet-stream"),
            )
        return {"data": form}


def placeholders(inference: Inference, frames: int, fps: int) -> dict[str, Path | bytes]:
    """Files that stand in where only a price is asked for."""
    if inference is Inference.IMAGE:
        return {"first_frame_image": grey_png(PICTURE_SIDE)}
    if inference is Inference.AUDIO:
        return {"audio": silent_mp3(frames / fps)}
    return {}


def grey_png(side: int) -> bytes:
    """A grey square picture."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * side) * side)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def silent_mp3(seconds: float) -> bytes:
    """Silence of about this length."""
    return MP3_FRAME * round(seconds * MP3_FRAMES_A_SECOND)


def _suffix(name: str) -> str:
    return ".mp3" if name == "audio" else ".png"
