"""Pages: templates that escape whatever is put in, and the few static files that ship."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ETag, web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.web.sending import has

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""What a page may load: its own stylesheet, pictures and clips, and no script at all."""
NOT_TO_BE_FOUND = {"X-Robots-Tag": "noindex"}
"""Whoever has the link may look; search engines shall not spread it."""
WITH_SCRIPT = POLICY.replace("form-action 'none'", "form-action 'self'; script-src 'self'")
"""The same, and sending a form to us, and a script of ours."""
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Static:
    """A file that ships, in memory: as it is, and compressed."""

    body: bytes
    packed: bytes
    kind: str
    etag: str


class Pages:
    """Renders pages; reads everything that ships when it is made."""

    def __init__(self, *, has_gallery: bool = False) -> None:
        self._static: dict[str, Static] = {}
        self._names: dict[str, str] = {}
        for path in sorted((HERE / "static").iterdir()):
            body = path.read_bytes()
            etag = _hash(body)
            name = f"{path.stem}.{etag}{path.suffix}"
            self._names[path.name] = name
            self._static[name] = Static(
                body, gzip.compress(body, mtime=0), TYPES[path.suffix], etag
            )
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals["static"] = self.url_of
        self._templates.globals["has_gallery"] = has_gallery
        for name in self._templates.list_templates():
            self._templates.get_template(name)

    def url_of(self, name: str) -> str:
        """The path of a static file, which changes whenever its content does."""
        return f"/static/{self._names[name]}"

    def static(self, name: str) -> Static | None:
        """The static file of a name with its hash."""
        return self._static.get(name)

    def answer(
        self, template: str, facts: Mapping[str, object], *, status: int = 200
    ) -> web.Response:
        """A page as an answer, under the strict policy."""
        answer = web.Response(
            text=self._render(template, facts), content_type="text/html", status=status
        )
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    def fresh(
        self,
        request: web.Request,
        template: str,
        facts: Mapping[str, object],
        *,
        policy: str = POLICY,
        kind: str = "text/html",
    ) -> web.Response:
        """A page that is asked for again each time and sent only where it has changed."""
        answer = self.fresh_text(request, self._render(template, facts), kind=kind)
        answer.headers["Content-Security-Policy"] = policy
        return answer

    def fresh_text(self, request: web.Request, text: str, *, kind: str) -> web.Response:
        """A text that is asked for again each time and sent only where it has changed."""
        answer = web.Response(text=text, content_type=kind)
        assert isinstance(answer.body, bytes)
        answer.headers["Cache-Control"] = "private, no-cache"
        etag = _hash(answer.body)
        # Weak, since it names the text and not its bytes: those may be compressed.
        answer.etag = ETag(etag, is_weak=True)
        if has(request.if_none_match or (), etag):
            bare = web.Response(status=304, headers=answer.headers)
            del bare.headers["Content-Type"]
            return bare
        return answer

    def _render(self, template: str, facts: Mapping[str, object]) -> str:
        return self._templates.get_template(template).render(facts)


def _hash(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=6).hexdigest()
