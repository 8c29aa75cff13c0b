"""What was asked of the stand-in: every request with its fields, files and headers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import BodyPartReader, web

from tests.fakes.deapi.uploads import Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    fields: dict[str, object]
    status: int = 0

    def told(self) -> dict[str, object]:
        """The same as JSON: files as their type, size and digest."""
        return {
            "method": self.method,
            "path": self.path,
            "headers": dict(self.headers),
            "fields": {
                name: _told_file(value) if isinstance(value, Upload) else value
                for name, value in self.fields.items()
            },
        }


def _told_file(upload: Upload) -> dict[str, object]:
    return {
        "filename": upload.filename,
        "content_type": upload.content_type,
        "bytes": len(upload.content),
        "sha256": hashlib.sha256(upload.content).hexdigest(),
    }


async def read_fields(request: web.Request) -> dict[str, object]:
    """The fields of a JSON or multipart body; a body that cannot be read has none."""
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            return {}
        return dict(body) if isinstance(body, dict) else {}
    if not request.content_type.startswith("multipart/"):
        return {}
    fields: dict[str, object] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            fields[part.name] = content.decode()
        else:
            kind = part.headers.get("Content-Type", "")
            fields[part.name] = Upload(part.filename, kind, content)
    return fields
