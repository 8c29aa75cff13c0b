"""Attachments: the bytes people and bots sent, and their signed addresses."""

import hashlib
import hmac
import io
import mimetypes
import secrets
from dataclasses import dataclass

from PIL import Image

from tests.fakes.discord.clock import Clock
from tests.fakes.discord.errors import Json

URL_LIFETIME_S = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a person picks: its type is guessed from the name, as Discord does."""

    filename: str
    content: bytes
    content_type: str | None = None
    description: str | None = None
    duration_s: float | None = None
    waveform: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Attachment:
    """A stored file with an id; `is_ephemeral` for those that came with a command or modal."""

    id: int
    channel_id: int
    upload: Upload
    is_ephemeral: bool = False
    width: int | None = None
    height: int | None = None
    is_gone: bool = False

    @property
    def content_type(self) -> str | None:
        """What was declared, else what the file name says."""
        return self.upload.content_type or mimetypes.guess_type(self.upload.filename)[0]

    @property
    def path(self) -> str:
        """The address below the CDN's root, without the signature."""
        folder = "ephemeral-attachments" if self.is_ephemeral else "attachments"
        return f"/{folder}/{self.channel_id}/{self.id}/{self.upload.filename}"


class Files:
    """Keeps attachments and signs their addresses for a day; `root` is set once the port is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._secret = secrets.token_bytes(16)
        self._attachments: dict[int, Attachment] = {}
        self.root = ""

    def keep(self, upload: Upload, *, channel_id: int, is_ephemeral: bool = False) -> Attachment:
        """Store a file under a new id."""
        width, height = _measure(upload)
        attachment = Attachment(
            id=self._clock.snowflake(),
            channel_id=channel_id,
            upload=upload,
            is_ephemeral=is_ephemeral,
            width=width,
            height=height,
        )
        self._attachments[attachment.id] = attachment
        return attachment

    def url(self, attachment: Attachment) -> str:
        """A fresh signed address."""
        now_s = self._clock.now_ms() // 1000
        expiry, issued = f"{now_s + URL_LIFETIME_S:x}", f"{now_s:x}"
        signature = self._sign(attachment.path, expiry, issued)
        return f"{self.root}{attachment.path}?ex={expiry}&is={issued}&hm={signature}&"

    def find(self, path: str) -> Attachment | None:
        """The attachment behind a path, whether or not its address is still good."""
        parts = path.strip("/").split("/")
        if len(parts) != 4 or not parts[2].isdecimal():
            return None
        attachment = self._attachments.get(int(parts[2]))
        return attachment if attachment is not None and attachment.path == path else None

    def open(self, path: str, *, expiry: str, issued: str, signature: str) -> Attachment | None:
        """The attachment, if it exists and the address is signed and not expired."""
        attachment = self.find(path)
        if attachment is None or attachment.is_gone:
            return None
        if not hmac.compare_digest(signature, self._sign(path, expiry, issued)):
            return None
        return attachment if int(expiry, 16) * 1000 > self._clock.now_ms() else None

    def payload(self, attachment: Attachment) -> Json:
        """The attachment object that Discord puts into messages and interactions."""
        upload, url = attachment.upload, self.url(attachment)
        found: Json = {
            "id": str(attachment.id),
            "filename": upload.filename,
            "size": len(upload.content),
            "url": url,
            "proxy_url": url,
        }
        optional = {
            "content_type": attachment.content_type,
            "description": upload.description,
            "width": attachment.width,
            "height": attachment.height,
            "duration_secs": upload.duration_s,
            "waveform": upload.waveform,
            "ephemeral": attachment.is_ephemeral or None,
        }
        return found | {key: value for key, value in optional.items() if value is not None}

    def _sign(self, path: str, expiry: str, issued: str) -> str:
        return hmac.digest(self._secret, f"{path}?{expiry}&{issued}".encode(), "sha256").hex()


def avatar_hash(picture: bytes) -> str:
    """The name of an avatar's picture."""
    return hashlib.md5(picture).hexdigest()


def _measure(upload: Upload) -> tuple[int | None, int | None]:
    kind = upload.content_type or mimetypes.guess_type(upload.filename)[0] or ""
    if not kind.startswith("image/"):
        return None, None
    try:
        with Image.open(io.BytesIO(upload.content)) as picture:
            return picture.size
    except OSError:
        return None, None
