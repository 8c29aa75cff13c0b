"""Word lists as they are typed: words with spaces between them."""


def listed(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())
