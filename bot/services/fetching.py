"""Fetching: where the bytes of a member's file come from, and how many are taken."""

from pathlib import Path
from typing import Protocol

MOST_BYTES = 25 * 1024 * 1024
"""The largest attachment that is looked at."""
DOWNLOAD_S = 30.0


class Fetcher(Protocol):
    """Where the bytes of a source come from."""

    async def fetch(
        self,
        url: str,
        target: Path,
        *,
        max_bytes: int,
        timeout_s: float,
        declared_bytes: int | None,
    ) -> int:
        """Write a file and answer its size; raises MediaError."""
