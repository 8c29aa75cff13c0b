"""Trouble on demand: what the next requests to a route meet."""

import asyncio
import re
from dataclasses import dataclass, field
from enum import StrEnum

from tests.fakes.discord.errors import Json, status_of


class Trouble(StrEnum):
    """What goes wrong; only `LOST`, `SLOW` and `HELD` requests take effect."""

    STATUS = "status"
    DROPPED = "dropped"
    LOST = "lost"
    SLOW = "slow"
    HELD = "held"


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """Trouble for the next `times` requests whose method, path and `with_file` match.

    STATUS answers `status` and `code` without doing anything (429 carries `retry_after_s` and,
    if `has_via`, the header by which clients know Discord's own limit from Cloudflare's).
    DROPPED cuts the wire before, LOST after the request took effect. SLOW waits `delay_s`
    first, HELD waits until `release` is called.
    """

    trouble: Trouble
    path: str = ""
    method: str | None = None
    with_file: bool | None = None
    times: int = 1
    status: int = 500
    code: int = 0
    message: str = ""
    retry_after_s: float = 0.05
    has_via: bool = True
    delay_s: float = 0.0
    hits: int = 0
    _gate: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let held requests go on."""
        self._gate.set()

    async def wait(self) -> None:
        """Hold a request back as long as this trouble says."""
        if self.trouble is Trouble.SLOW:
            await asyncio.sleep(self.delay_s)
        elif self.trouble is Trouble.HELD:
            await self._gate.wait()

    def answer(self) -> tuple[int, Json, dict[str, str]]:
        """Status, body and headers of a refused request."""
        if self.status == 429:
            body: Json = {
                "message": "You are being rate limited.",
                "retry_after": self.retry_after_s,
                "global": False,
            }
            headers = {"Retry-After": str(self.retry_after_s)}
            return 429, body, headers | ({"Via": "1.1 google"} if self.has_via else {})
        message = self.message or status_of(self.code)[1]
        return self.status, {"message": message, "code": self.code}, {}


class Faults:
    """The troubles that still lie ahead, oldest first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Lay a trouble in the way."""
        self._faults.append(fault)
        return fault

    def take(self, method: str, path: str, *, has_file: bool = False) -> Fault | None:
        """The first trouble that this request meets; `path` is searched as a regex."""
        for fault in self._faults:
            if fault.hits >= fault.times or fault.method not in (None, method):
                continue
            if fault.with_file not in (None, has_file):
                continue
            if re.search(fault.path, path):
                fault.hits += 1
                return fault
        return None

    def clear(self) -> None:
        """Take all troubles away and let everything held go."""
        for fault in self._faults:
            fault.release()
        self._faults.clear()
