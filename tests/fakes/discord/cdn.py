"""The file host: attachments by signed address, and avatars."""

import mimetypes

from aiohttp import web

from tests.fakes.discord.files import Files
from tests.fakes.discord.journal import Journal, Kind
from tests.fakes.discord.world import World

_GONE = "This content is no longer available."


class Cdn:
    """Serves what messages, commands and users refer to."""

    def __init__(self, *, files: Files, journal: Journal, world: World) -> None:
        self._files = files
        self._journal = journal
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """The routes, at the root of the server."""
        return [
            web.get("/attachments/{channel}/{id}/{name}", self._attachment),
            web.get("/ephemeral-attachments/{channel}/{id}/{name}", self._attachment),
            web.get("/avatars/{user}/{name}", self._avatar),
        ]

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        attachment = self._files.open(
            request.path,
            expiry=request.query.get("ex", ""),
            issued=request.query.get("is", ""),
            signature=request.query.get("hm", ""),
        )
        self._journal.record(Kind.DOWNLOAD, path=request.path, found=attachment is not None)
        if attachment is None:
            return web.Response(text=_GONE, status=404)
        return web.Response(
            body=attachment.upload.content,
            headers={"Content-Type": attachment.content_type or "application/octet-stream"},
        )

    async def _avatar(self, request: web.Request) -> web.StreamResponse:
        stem, _, _ = request.match_info["name"].rpartition(".")
        number = request.match_info["user"]
        picture = self._world.avatar(int(number), stem) if number.isdecimal() else None
        self._journal.record(Kind.DOWNLOAD, path=request.path, found=picture is not None)
        if picture is None:
            return web.Response(status=404)
        kind = mimetypes.guess_type(request.path)[0] or "application/octet-stream"
        return web.Response(body=picture, headers={"Content-Type": kind})
