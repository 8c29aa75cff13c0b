"""Privacy: what is kept of a member, and who else comes to see it."""

from dataclasses import dataclass

from storage import holdings, people
from storage.belongings import Holdings
from storage.database import Body, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a member can be told of what is theirs."""

    holdings: Holdings
    is_local: bool
    """Whether videos are made on this machine; otherwise a video service gets what they need."""
    has_pages: bool
    """Whether videos have pages on the web."""


class Privacy:
    """Tells members what is kept of them; it changes nothing, and remembers nobody for asking."""

    def __init__(self, store: Store, *, is_local: bool, has_pages: bool) -> None:
        self._store = store
        self._is_local = is_local
        self._has_pages = has_pages

    async def account(self, discord_id: int) -> Account:
        """What is kept of a member at this moment."""

        def body() -> Body[Holdings]:
            person = yield from people.find(discord_id)
            return Holdings() if person is None else (yield from holdings.of(person))

        return Account(
            holdings=await self._store.read(body()),
            is_local=self._is_local,
            has_pages=self._has_pages,
        )
