"""Logs: event words and fields, the job's number on every line, never a secret."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_JOB: ContextVar[int | None] = ContextVar("job", default=None)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Tokens of Discord, keys of deAPI (digits, a bar, the secret), bearer headers, interaction URLs.
_SECRETS = re.compile(
    r"[\w-]{20,30}\.[\w-]{6,7}\.[\w-]{27,80}"
    r"|\b\d{1,12}\|[A-Za-z0-9]{16,80}"
    r"|(?<=Bearer )\S+"
    r"|(?<=/callback/)\S+|(?<=/webhooks/)\d+/[^/\s\"']+|(?<=/interactions/)\d+/[^/\s\"']+"
    r"|(?<=/hooks/deapi/)[\w-]+"
    r"|(?<=X-Amz-Signature=)\w+"
)


@contextmanager
def about_job(job: int) -> Iterator[None]:
    """Every line logged inside carries the job's number."""
    mark = _JOB.set(job)
    try:
        yield
    finally:
        _JOB.reset(mark)


def redact(text: str) -> str:
    """The text without anything that looks like a secret."""
    return _SECRETS.sub("[secret]", text)


class _Style(logging.Formatter):
    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if (job := _JOB.get()) is not None:
            fields["job"] = job
        fields |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        if self._as_json:
            return redact(json.dumps({**fields, "trace": trace} if trace else fields, default=str))
        start = f"{fields.pop('at')} {fields.pop('level'):<7} {fields.pop('event')}"
        words = [start, *(f"{name}={value}" for name, value in fields.items())]
        return redact("  ".join(words) + (f"\n{trace}" if trace else ""))


def set_up(level: str, style: str) -> None:
    """Send all logs to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Style(as_json=style == "json"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # They speak of every request, with URLs that carry tokens.
    for chatty in ("aiohttp.access", "discord.http", "discord.gateway", "PIL", "aiosqlite"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
