"""The options of slash commands: Discord's rules for them, and values a person gives."""

import re
from enum import IntEnum

from tests.fakes.discord.errors import Json, WrongUseError, bad_form, check_count, check_length

CHAT_INPUT = 1
_NAME = re.compile(r"[-_'\w]{1,32}")


class Option(IntEnum):
    """Discord's numbers for options."""

    SUB_COMMAND = 1
    SUB_COMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


_NESTED = (Option.SUB_COMMAND, Option.SUB_COMMAND_GROUP)
_CHOOSABLE = (Option.STRING, Option.INTEGER, Option.NUMBER)
_PYTHON_TYPES: dict[Option, tuple[type, ...]] = {
    Option.STRING: (str,),
    Option.INTEGER: (int,),
    Option.BOOLEAN: (bool,),
    Option.NUMBER: (int, float),
}


def check_slash_name(path: str, name: object) -> None:
    """Names of slash commands and options: 1 to 32, lower case, no spaces."""
    check_length(path, name, 1, 32)
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        raise bad_form(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid.")


def check_options(path: str, options: object, depth: int = 0) -> None:
    """A list of options, sub-commands included; a 50035 names the wrong field."""
    found = check_count(path, options, 0, 25)
    for position, option in enumerate(found):
        _check_option(f"{path}.{position}", option, depth)
    names = [option["name"] for option in found]
    if len(set(names)) < len(names):
        raise bad_form(path, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Names must be unique.")
    nested = [option["type"] in _NESTED for option in found]
    if any(nested) and not all(nested):
        raise bad_form(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands or options.")
    required = [bool(option.get("required")) for option in found]
    if required != sorted(required, reverse=True):
        raise bad_form(
            path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options come first."
        )


def _check_option(path: str, option: Json, depth: int) -> None:
    check_slash_name(f"{path}.name", option.get("name"))
    check_length(f"{path}.description", option.get("description"), 1, 100)
    kind = option.get("type")
    if kind not in list(Option):
        raise bad_form(f"{path}.type", "BASE_TYPE_CHOICES", "Must be one of (1 to 11).")
    if kind in _NESTED:
        if depth > (1 if kind == Option.SUB_COMMAND else 0):
            raise bad_form(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deep.")
        check_options(
            f"{path}.options", option.get("options") or [], 2 if kind == Option.SUB_COMMAND else 1
        )
        return
    _check_choices(path, option)
    if kind == Option.STRING:
        least, most = option.get("min_length") or 0, option.get("max_length")
        if not 0 <= least <= (6000 if most is None else most) <= 6000 or most == 0:
            raise bad_form(f"{path}.max_length", "NUMBER_TYPE_MAX", "0 ≤ min ≤ max ≤ 6000.")


def _check_choices(path: str, option: Json) -> None:
    choices = option.get("choices") or []
    if (choices or option.get("autocomplete")) and option["type"] not in _CHOOSABLE:
        raise bad_form(f"{path}.choices", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Not here.")
    if choices and option.get("autocomplete"):
        raise bad_form(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "Not both.")
    check_suggestions(f"{path}.choices", choices)


def check_suggestions(path: str, choices: object) -> list[Json]:
    """Choices of an option, or what autocomplete suggests: at most 25."""
    found = check_count(path, choices, 0, 25)
    for position, choice in enumerate(found):
        check_length(f"{path}.{position}.name", choice.get("name"), 1, 100)
        value = choice.get("value")
        if isinstance(value, str):
            check_length(f"{path}.{position}.value", value, 1, 100)
        elif not isinstance(value, int | float):
            raise bad_form(f"{path}.{position}.value", "BASE_TYPE_REQUIRED", "A value is required.")
    return found


def descend(command: Json, path: list[str]) -> list[Json]:
    """The options that a sub-command path leads to; WrongUseError if it leads nowhere."""
    options: list[Json] = command.get("options") or []
    for name in path:
        found = [item for item in options if item["name"] == name and item["type"] in _NESTED]
        if not found:
            raise WrongUseError(f"/{command['name']} has no sub-command {name!r}")
        options = found[0].get("options") or []
    if any(option["type"] in _NESTED for option in options):
        raise WrongUseError(f"/{command['name']} {' '.join(path)} needs a sub-command")
    return options


def accept(option: Json, value: object) -> None:
    """Raise WrongUseError where Discord's client would not let this value be sent."""
    name, kind = option["name"], Option(option["type"])
    types = _PYTHON_TYPES.get(kind)
    if types is None:
        return
    if not isinstance(value, types) or (isinstance(value, bool) and kind is not Option.BOOLEAN):
        raise WrongUseError(f"{name} takes {kind.name.lower()}, not {value!r}")
    if option.get("choices") and value not in [choice["value"] for choice in option["choices"]]:
        raise WrongUseError(f"{name} does not offer {value!r}")
    size = len(value) if isinstance(value, str) else value
    assert isinstance(size, int | float)
    ends = ("min_length", "max_length") if kind is Option.STRING else ("min_value", "max_value")
    least, most = (option.get(end) for end in ends)
    if kind is Option.STRING and most is None:
        most = 6000
    if (least is not None and size < least) or (most is not None and size > most):
        raise WrongUseError(f"{name} takes {least} to {most}, not {size}")
