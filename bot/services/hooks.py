"""What becomes of a provider's webhook: the words that the web and the services share."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What was made of one delivery."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    """Genuine, and known already: nothing more is done."""
    STALE = "stale"
    """Genuine, but old: only a reason to look at the job."""
    REFUSED = "refused"
    """Unknown, forged or malformed: nothing has changed."""


class Receiver(Protocol):
    """Decides about deliveries."""

    async def __call__(self, token: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """What was made of a delivery to the path ending in `token`; quick, safe to repeat."""
