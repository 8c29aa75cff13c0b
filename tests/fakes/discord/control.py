"""The stand-in driven from another process: `POST /_control/{verb}` with a JSON object.

Ids are strings, files are {"filename", "base64", "content_type"?, "duration_s"?, "waveform"?}.
A wrong use answers 400, a wait that ends in vain 408, each as {"error": …}.
"""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.fakes.discord.acts import Acts
from tests.fakes.discord.errors import Json, WrongUseError
from tests.fakes.discord.looks import Looks
from tests.fakes.discord.makes import Makes
from tests.fakes.discord.naming import Naming
from tests.fakes.discord.server import Discord

Verb = Callable[[Json], Awaitable[object]]


class Control:
    """Gathers the verbs and answers for them."""

    def __init__(self, discord: Discord) -> None:
        naming = Naming(discord)
        self._verbs: dict[str, Verb] = {
            **Makes(discord, naming).verbs(),
            **Acts(discord, naming).verbs(),
            **Looks(discord, naming).verbs(),
        }

    def routes(self) -> list[web.RouteDef]:
        """The route, at the root of the server."""
        return [web.post("/_control/{verb}", self._take)]

    async def _take(self, request: web.Request) -> web.Response:
        verb = self._verbs.get(request.match_info["verb"])
        if verb is None:
            return web.json_response({"error": f"verbs: {sorted(self._verbs)}"}, status=404)
        try:
            fields = json.loads(await request.read() or "{}")
            return web.json_response(await verb(fields))
        except TimeoutError as error:
            return web.json_response({"error": str(error)}, status=408)
        except (WrongUseError, KeyError, TypeError, ValueError) as error:
            message = f"{type(error).__name__}: {error}"
            return web.json_response({"error": message}, status=400)
