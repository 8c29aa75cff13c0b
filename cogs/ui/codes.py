"""Discord's numbers for refusals that more than one place has an answer to."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
GONE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_MESSAGE})
"""The message was deleted, or its channel with it."""
