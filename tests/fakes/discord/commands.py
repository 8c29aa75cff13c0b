"""The application's commands: Discord's rules at sync, and looking them up when used."""

import re
from collections.abc import Iterator

from discord import Locale

from tests.fakes.discord.clock import Clock
from tests.fakes.discord.errors import Json, WrongUseError, bad_form, check_count, check_length
from tests.fakes.discord.options import CHAT_INPUT, check_options, check_slash_name

MESSAGE = 3
MOST_OF_A_KIND = {1: 100, 2: 15, 3: 15}
MOST_CHARACTERS = 8000
LOCALES = frozenset(locale.value for locale in Locale)


class Commands:
    """What is registered, globally (guild None) and by guild."""

    def __init__(self, clock: Clock, *, app_id: int) -> None:
        self._clock = clock
        self._app_id = app_id
        self._by_guild: dict[int | None, list[Json]] = {None: []}

    def listed(self, guild_id: int | None = None) -> list[Json]:
        """The commands as Discord echoes them."""
        return list(self._by_guild.get(guild_id, []))

    def put(self, wishes: object, guild_id: int | None = None) -> list[Json]:
        """Replace all commands of a place; a 50035 names the wrong field and nothing changes."""
        found = check_count("commands", wishes, 0, sum(MOST_OF_A_KIND.values()))
        seen: set[tuple[int, str]] = set()
        for position, wish in enumerate(found):
            kind = wish.get("type", CHAT_INPUT)
            _check(str(position), wish, kind)
            if (kind, wish["name"]) in seen:
                raise bad_form(
                    f"{position}.name",
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Command names must be unique.",
                )
            seen.add((kind, wish["name"]))
        for kind, most in MOST_OF_A_KIND.items():
            if sum(1 for of_kind, _ in seen if of_kind == kind) > most:
                raise bad_form("commands", "APPLICATION_COMMAND_TOO_MANY", f"At most {most}.")
        old = {(item["type"], item["name"]): item["id"] for item in self.listed(guild_id)}
        self._by_guild[guild_id] = [self._stored(wish, old) for wish in found]
        return self.listed(guild_id)

    def find(self, name: str, kind: int, guild_id: int | None) -> Json:
        """The command a person sees by this name; WrongUseError if there is none."""
        for place in (guild_id, None):
            for command in self._by_guild.get(place, []):
                if command["name"] == name and command["type"] == kind:
                    return command
        known = sorted(command["name"] for command in self.listed() if command["type"] == kind)
        raise WrongUseError(f"no command of type {kind} is called {name!r}; synced: {known}")

    def _stored(self, wish: Json, old: dict[tuple[int, str], str]) -> Json:
        kind = wish.get("type", CHAT_INPUT)
        known_id = old.get((kind, wish["name"]))
        return {"description": "", "type": kind, **wish} | {
            "id": known_id or str(self._clock.snowflake()),
            "application_id": str(self._app_id),
            "version": str(self._clock.snowflake()),
        }


def _check(path: str, wish: Json, kind: int) -> None:
    if kind not in MOST_OF_A_KIND:
        raise bad_form(f"{path}.type", "BASE_TYPE_CHOICES", "Must be one of (1, 2, 3).")
    if kind == CHAT_INPUT:
        check_slash_name(f"{path}.name", wish.get("name"))
        check_length(f"{path}.description", wish.get("description"), 1, 100)
        check_options(f"{path}.options", wish.get("options") or [])
    else:
        check_length(f"{path}.name", wish.get("name"), 1, 32)
        if wish.get("description") or wish.get("options"):
            raise bad_form(
                f"{path}.description",
                "APPLICATION_COMMAND_INVALID_FOR_TYPE",
                "Context menus have no description and no options.",
            )
    _check_places(path, wish)
    for place, texts in _localizations(path, wish):
        if strange := set(texts) - LOCALES:
            raise bad_form(place, "BASE_TYPE_CHOICES", f"Not locales: {sorted(strange)}")
    if _characters(wish) > MOST_CHARACTERS:
        raise bad_form(path, "APPLICATION_COMMAND_TOO_LARGE", "Must be 8000 or fewer in total.")


def _check_places(path: str, wish: Json) -> None:
    for key, allowed in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
        values = wish.get(key)
        if values is not None and (set(values) - allowed or len(set(values)) < len(values)):
            raise bad_form(f"{path}.{key}", "BASE_TYPE_CHOICES", f"Must be among {allowed}.")
    if 2 in (wish.get("contexts") or []) and 1 not in (wish.get("integration_types") or [0]):
        raise bad_form(
            f"{path}.contexts", "APPLICATION_COMMAND_INVALID_CONTEXT", "2 needs a user install."
        )
    rights = wish.get("default_member_permissions")
    if rights is not None and not re.fullmatch(r"\d{1,20}", str(rights)):
        raise bad_form(f"{path}.default_member_permissions", "NUMBER_TYPE_COERCE", "Not a number.")


def _localizations(path: str, thing: Json) -> Iterator[tuple[str, Json]]:
    for key in ("name_localizations", "description_localizations"):
        if thing.get(key):
            yield f"{path}.{key}", thing[key]
    for group in ("options", "choices"):
        for position, inner in enumerate(thing.get(group) or []):
            yield from _localizations(f"{path}.{group}.{position}", inner)


def _characters(thing: Json) -> int:
    total = 0
    for key in ("name", "description"):
        texts = [thing.get(key) or "", *(thing.get(f"{key}_localizations") or {}).values()]
        total += max(len(text) for text in texts)
    value = thing.get("value")
    total += len(value) if isinstance(value, str) else 0
    inner = [*(thing.get("options") or []), *(thing.get("choices") or [])]
    return total + sum(_characters(item) for item in inner)
