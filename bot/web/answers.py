"""Answers in one form, so that all refusals of a kind look alike."""

from aiohttp import web

WORDS = {
    400: "bad_request",
    404: "not_found",
    405: "wrong_method",
    408: "too_slow",
    412: "changed",
    413: "too_large",
    414: "too_long",
    429: "too_often",
    500: "broken",
    501: "not_offered",
    503: "unavailable",
}


def refusal(status: int) -> web.Response:
    """A refusal: `{"error": word}`, and nothing about the reason."""
    word = WORDS.get(status, "broken" if status >= 500 else "refused")
    return web.json_response({"error": word}, status=status)
