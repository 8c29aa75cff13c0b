"""Numbers in sentences: "1 credit", "5 credits", and templates whose numbers are counted so."""

import string
from collections.abc import Mapping
from typing import Any


def count(number: float, noun: str) -> str:
    """A number of things: `noun` is one of them, and takes an s for any other number."""
    return f"{_shown(number)} {noun if number == 1 else f'{noun}s'}"


def fill(template: str, facts: Mapping[str, Any]) -> str:
    """A template filled with its facts; `{left:credit}` counts them, "1 credit" or "5 credits"."""
    return _Template().vformat(template, (), facts)


class _Template(string.Formatter):
    """Takes what stands behind the colon for the noun of a number; words stay as they are."""

    def format_field(self, value: Any, format_spec: str) -> str:
        is_counted = format_spec and not isinstance(value, str)
        return count(value, format_spec) if is_counted else str(_shown(value))


def _shown(value: Any) -> Any:
    return f"{value:g}" if isinstance(value, float) else value
