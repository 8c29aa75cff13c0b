"""Discord commands: parse, ask one service, reply."""
