"""What Discord answers when it refuses, and what the stand-in says to a wrong test."""

from typing import Any

Json = dict[str, Any]

_KNOWN: dict[int, tuple[int, str]] = {
    10003: (404, "Unknown Channel"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    30015: (400, "Maximum number of attachments in a message reached (10)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    40094: (400, "This interaction has reached the maximum number of follow up messages"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    160002: (400, "Cannot reply without permission to read message history"),
}


class ApiError(Exception):
    """A refusal: HTTP status, Discord's code, its message and, for forms, the fields."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors is not None:
            self.body["errors"] = errors


class WrongUseError(AssertionError):
    """The test asked for something that no Discord client would let a person do."""


def refuse(code: int) -> ApiError:
    """The refusal that belongs to one of Discord's codes."""
    status, message = _KNOWN[code]
    return ApiError(status, code, message)


def status_of(code: int) -> tuple[int, str]:
    """HTTP status and message of one of Discord's codes, (400, "Refused") if unknown."""
    return _KNOWN.get(code, (400, "Refused"))


def bad_form(path: str, code: str, message: str) -> ApiError:
    """A 50035 that names the wrong field by its dotted path."""
    errors: Json = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(path.split(".")):
        errors = {part: errors}
    return ApiError(400, 50035, "Invalid Form Body", errors)


def check_length(path: str, text: Any, least: int, most: int) -> None:
    """Refuse what is not a text of `least` to `most` characters."""
    if not isinstance(text, str):
        raise bad_form(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
    if not least <= len(text) <= most:
        raise bad_form(
            path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
        )


def check_count(path: str, items: Any, least: int, most: int) -> list[Json]:
    """Refuse what is not a list of `least` to `most` objects; the list otherwise."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_form(path, "LIST_TYPE_CONVERT", "Must be a list of objects.")
    if not least <= len(items) <= most:
        raise bad_form(
            path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
        )
    return items
