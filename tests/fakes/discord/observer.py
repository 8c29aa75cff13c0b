"""Questions a test asks about what happened, and waits for."""

from collections.abc import Callable
from typing import TypeVar

from tests.fakes.discord.errors import Json
from tests.fakes.discord.files import Files
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.journal import LONGEST_WAIT_S, Journal, Kind
from tests.fakes.discord.messages import Message, Messages
from tests.fakes.discord.nouns import Channel
from tests.fakes.discord.view import View, show

T = TypeVar("T")


class Observer:
    """Looks at messages and interactions; every wait ends with the event itself."""

    def __init__(self, *, journal: Journal, messages: Messages, files: Files) -> None:
        self._journal = journal
        self._messages = messages
        self._files = files

    def messages(self, channel: Channel) -> list[Message]:
        """What stands in a channel, ephemeral ones included, oldest first."""
        return self._messages.in_channel(channel)

    def view(self, message: Message) -> View:
        """What a person sees of a message."""
        return show(message, self._files)

    async def wait_for(
        self, predicate: Callable[[], T | None], timeout_s: float = LONGEST_WAIT_S
    ) -> T:
        """The first true result; asked now and after everything that happens."""
        return await self._journal.wait_for(predicate, timeout_s)

    async def answered(
        self, interaction: Interaction, timeout_s: float = LONGEST_WAIT_S
    ) -> Interaction:
        """The interaction, as soon as it was acknowledged."""

        def is_answered() -> bool:
            return interaction.answered_ms is not None

        await self.wait_for(is_answered, timeout_s)
        return interaction

    async def reply(self, interaction: Interaction, timeout_s: float = LONGEST_WAIT_S) -> Message:
        """The original answer, as soon as it says more than that the app is thinking."""

        def is_there() -> Message | None:
            original = interaction.original
            return None if original is None or original.is_loading else original

        return await self.wait_for(is_there, timeout_s)

    async def file(self, message: Message, timeout_s: float = LONGEST_WAIT_S) -> View:
        """The view of a message, as soon as it shows a file."""

        def has_file() -> View | None:
            seen = self.view(message)
            return seen if seen.files else None

        return await self.wait_for(has_file, timeout_s)

    async def message(
        self,
        channel: Channel,
        matches: Callable[[View], bool] = lambda view: True,  # noqa: ARG005 - any view
        timeout_s: float = LONGEST_WAIT_S,
    ) -> Message:
        """The first message of the bot in a channel that looks so."""

        def found() -> Message | None:
            for message in self.messages(channel):
                if message.author.is_bot and matches(self.view(message)):
                    return message
            return None

        return await self.wait_for(found, timeout_s)

    async def modal(self, interaction: Interaction, timeout_s: float = LONGEST_WAIT_S) -> Json:
        """The form that an interaction opens."""
        return await self.wait_for(lambda: interaction.modal, timeout_s)

    async def choices(
        self, interaction: Interaction, timeout_s: float = LONGEST_WAIT_S
    ) -> list[str]:
        """The names that autocomplete suggests."""
        await self.answered(interaction, timeout_s)
        return [choice["name"] for choice in interaction.choices or []]

    async def connected(
        self, *, resumed: bool = False, times: int = 1, timeout_s: float = LONGEST_WAIT_S
    ) -> None:
        """Until a bot has identified (or resumed) so many times."""

        def is_so() -> bool:
            entries = self._journal.entries(Kind.CONNECTED)
            return len([e for e in entries if e.detail["resumed"] is resumed]) >= times

        await self.wait_for(is_so, timeout_s)

    async def synced(self, timeout_s: float = LONGEST_WAIT_S) -> list[str]:
        """The names of the commands, as soon as they were synced."""
        entry = await self.wait_for(
            lambda: next(iter(self._journal.entries(Kind.SYNCED)), None), timeout_s
        )
        names: list[str] = entry.detail["names"]
        return names
