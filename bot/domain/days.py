"""Days as limits count them: from midnight to midnight, UTC, in milliseconds since 1970."""

DAY_MS = 86_400_000


def midnight_before(now: int) -> int:
    """When the day of this moment began."""
    return now - now % DAY_MS


def midnight_after(now: int) -> int:
    """When the next day begins."""
    return midnight_before(now) + DAY_MS
