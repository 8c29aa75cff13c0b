"""A client for the deAPI HTTP API; imports nothing else of ours and could be published alone."""
