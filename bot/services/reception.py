"""Reception: all that the first answer to a wish says, in one look at the database."""

from bot.domain.request import Wish
from bot.services.foretelling import Foretelling, Foretold
from bot.services.guilds import Place
from bot.services.submission import Submission
from storage.database import Body, Store


class Reception:
    """Hears wishes before anything is shown, fetched or held for them."""

    def __init__(self, store: Store, submission: Submission, foretelling: Foretelling) -> None:
        self._store = store
        self._submission = submission
        self._foretelling = foretelling

    async def hear(self, discord_id: int, place: Place, wish: Wish) -> Foretold:
        """Refuse what the database alone can refuse, else tell the price; raises UserError."""

        def body() -> Body[Foretold]:
            yield from self._submission.admission(discord_id, place, wish.mode)
            return (yield from self._foretelling.told(discord_id, wish))

        return await self._store.read(body())
