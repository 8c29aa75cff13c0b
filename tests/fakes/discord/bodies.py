"""Reads request bodies: JSON, or multipart with `payload_json` and `files[n]`."""

import json
import re
from dataclasses import dataclass

from aiohttp import BodyPartReader, web

from tests.fakes.discord.errors import Json, bad_form, refuse
from tests.fakes.discord.files import Upload

_FILE_PART = re.compile(r"files\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What was sent: the JSON document and the files by their number."""

    document: object
    files: dict[int, Upload]

    @property
    def fields(self) -> Json:
        """The document as an object; refused if it is something else."""
        if self.document is None:
            return {}
        if not isinstance(self.document, dict):
            raise refuse(50109)
        return self.document


BODY: web.RequestKey[Body] = web.RequestKey("body", Body)


async def read(request: web.Request) -> Body:
    """The body of a request; an empty one is no document."""
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request)
    raw = await request.read()
    return Body(document=_parse(raw) if raw else None, files={})


async def _read_multipart(request: web.Request) -> Body:
    document: object = None
    files: dict[int, Upload] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        raw = bytes(await part.read())
        if part.name == "payload_json":
            document = _parse(raw)
        elif (number := _FILE_PART.fullmatch(part.name or "")) and part.filename:
            files[int(number[1])] = Upload(filename=part.filename, content=raw)
        else:
            raise bad_form(part.name or "files", "UNKNOWN_PART", "payload_json or files[n].")
    return Body(document=document, files=files)


def _parse(raw: bytes) -> object:
    try:
        found: object = json.loads(raw)
    except ValueError:
        raise refuse(50109) from None
    return found
