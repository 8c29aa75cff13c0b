"""The REST routes of the application itself: who am I, where is the gateway, my commands."""

from aiohttp import web

from tests.fakes.discord import payloads
from tests.fakes.discord.bodies import BODY
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.errors import refuse
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.journal import Journal, Kind
from tests.fakes.discord.transport import answer
from tests.fakes.discord.world import World

_GLOBAL = "/applications/{app}/commands"
_IN_GUILD = "/applications/{app}/guilds/{guild}/commands"


class Application:
    """Login and command sync."""

    def __init__(
        self, *, journal: Journal, world: World, gateway: Gateway, commands: Commands
    ) -> None:
        self._journal = journal
        self._world = world
        self._gateway = gateway
        self._commands = commands

    def routes(self) -> list[web.RouteDef]:
        """The routes."""
        return [
            web.get("/users/@me", self._me),
            web.get("/users/{user}", self._user),
            web.get("/oauth2/applications/@me", self._application),
            web.get("/applications/@me", self._application),
            web.get("/gateway", self._where),
            web.get("/gateway/bot", self._where),
            web.get(_GLOBAL, self._list),
            web.put(_GLOBAL, self._put),
            web.get(_IN_GUILD, self._list),
            web.put(_IN_GUILD, self._put),
        ]

    async def _me(self, _request: web.Request) -> web.Response:
        return answer(payloads.user(self._world.bot))

    async def _user(self, request: web.Request) -> web.Response:
        number = request.match_info["user"]
        person = self._world.users.get(int(number)) if number.isdecimal() else None
        if person is None:
            raise refuse(10013)
        return answer(payloads.user(person))

    async def _application(self, _request: web.Request) -> web.Response:
        bot = self._world.bot
        return answer(
            {
                "id": str(bot.id),
                "name": bot.name,
                "icon": None,
                "description": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "00",
                "flags": 0,
                "owner": payloads.user(self._world.owner),
                "team": None,
            }
        )

    async def _where(self, _request: web.Request) -> web.Response:
        limits = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return answer({"url": self._gateway.url, "shards": 1, "session_start_limit": limits})

    async def _list(self, request: web.Request) -> web.Response:
        return answer(self._commands.listed(self._place(request)))

    async def _put(self, request: web.Request) -> web.Response:
        place = self._place(request)
        found = self._commands.put(request[BODY].document, place)
        names = [command["name"] for command in found]
        self._journal.record(Kind.SYNCED, guild_id=place, names=names)
        return answer(found)

    def _place(self, request: web.Request) -> int | None:
        guild = request.match_info.get("guild")
        if request.match_info["app"] != str(self._world.bot.id):
            raise refuse(50001)
        if guild is None:
            return None
        if int(guild) not in self._world.guilds:
            raise refuse(50001)
        return int(guild)
