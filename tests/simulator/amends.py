"""Where simcord 3.2.1 differs from Discord and a line puts it right; the rest stands in `stage`.

- Routes come to it quoted, and are not unquoted: `@original` by its token is no id to it.
- It leaves `authorizing_integration_owners` empty. Discord names the server there if the bot was
  invited to it, and the person if they installed it for themselves.

It also waits for every timer that ends soon, and a pool of connections has such a timer.
"""

from typing import Any
from urllib.parse import unquote

import aiohttp
import pytest
from simcord import interactions
from simcord.http import router

_AN_HOUR_S = 3_600
INSTALLS: set[int] = set()
"""Who uses the bot by their own installation only."""


def make(patch: pytest.MonkeyPatch) -> None:
    """Let the simulator do as Discord does, for as long as the patch holds."""
    base, dispatch = interactions.base_payload, router.dispatch

    def owned(backend: Any, **asked: Any) -> tuple[Any, dict[str, Any]]:
        record, payload = base(backend, **asked)
        guild, user = asked["guild_id"], asked["user_id"]
        owners = {"1": str(user)} if user in INSTALLS else {"0": str(guild or 0)}
        return record, payload | {"authorizing_integration_owners": owners}

    def unquoted(backend: Any, method: str, path: str, **more: Any) -> Any:
        return dispatch(backend, method, unquote(path), **more)

    connect = aiohttp.TCPConnector.__init__

    def lasting(connector: aiohttp.TCPConnector, **options: Any) -> None:
        kept = {} if options.get("force_close") else {"keepalive_timeout": _AN_HOUR_S}
        connect(connector, **kept | options)

    patch.setattr(aiohttp.TCPConnector, "__init__", lasting)
    patch.setattr(interactions, "base_payload", owned)
    patch.setattr(router, "dispatch", unquoted)
