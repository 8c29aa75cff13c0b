"""Discord's rules for the components of a message."""

from collections.abc import Callable

from tests.fakes.discord.errors import Json, bad_form, check_count, check_length
from tests.fakes.discord.nesting import SELECTS, Part, media_of, walk

MOST_COMPONENTS = 40
MOST_TEXT = 4000
_IN_CONTAINER = frozenset(
    {Part.ROW, Part.SECTION, Part.TEXT, Part.GALLERY, Part.FILE, Part.SEPARATOR}
)
_TOP_LEVEL = _IN_CONTAINER | {Part.CONTAINER}
_LINK, _PREMIUM = 5, 6


def check(components: object, *, is_v2: bool) -> list[Json]:
    """The components with numeric ids given, or a 50035 that names the wrong field."""
    found = check_count("components", components, 0, MOST_COMPONENTS if is_v2 else 5)
    allowed = _TOP_LEVEL if is_v2 else frozenset({Part.ROW})
    _check_kinds("components", found, allowed)
    everything = list(walk(found))
    for path, component in everything:
        _RULES[Part(component["type"])](path, component)
    if len(everything) > MOST_COMPONENTS:
        raise bad_form(
            "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "At most 40 components."
        )
    text = sum(len(part["content"]) for _, part in everything if part["type"] == Part.TEXT)
    if text > MOST_TEXT:
        raise bad_form("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Too much text.")
    _check_unique(everything)
    _give_ids(everything)
    return found


def check_files(components: list[Json], filenames: set[str]) -> None:
    """Every `attachment://name` must be a file of this message."""
    for path, component in walk(components):
        for media in media_of(component):
            url = media["url"]
            if url.startswith("attachment://") and url[len("attachment://") :] not in filenames:
                raise bad_form(
                    path,
                    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                    f"No file of this message is named so: {url}",
                )


def _check_kinds(path: str, components: list[Json], allowed: frozenset[Part]) -> None:
    for position, component in enumerate(components):
        if component.get("type") not in allowed:
            names = ", ".join(f"{part.value}" for part in sorted(allowed))
            raise bad_form(
                f"{path}.{position}.type", "BASE_TYPE_CHOICES", f"Must be one of ({names})."
            )


def _check_unique(everything: list[tuple[str, Json]]) -> None:
    for key, code in (
        ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ("id", "COMPONENT_ID_DUPLICATED"),
    ):
        seen: set[object] = set()
        for path, component in everything:
            value = component.get(key)
            if value and value in seen:
                raise bad_form(f"{path}.{key}", code, f"{key} cannot be duplicated: {value}")
            seen.add(value)


def _give_ids(everything: list[tuple[str, Json]]) -> None:
    taken = {component.get("id") for _, component in everything}
    free = (number for number in range(1, 2 * MOST_COMPONENTS + 2) if number not in taken)
    for _, component in everything:
        if not component.get("id"):
            component["id"] = next(free)


def _check_row(path: str, row: Json) -> None:
    inner = check_count(f"{path}.components", row.get("components"), 1, 5)
    _check_kinds(f"{path}.components", inner, SELECTS | {Part.BUTTON})
    if any(item["type"] != Part.BUTTON for item in inner) and len(inner) > 1:
        raise bad_form(
            f"{path}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select fills its row."
        )


def _check_button(path: str, button: Json) -> None:
    style = button.get("style")
    if style not in range(1, 7):
        raise bad_form(f"{path}.style", "BASE_TYPE_CHOICES", "Must be one of (1 to 6).")
    if button.get("label") is not None:
        check_length(f"{path}.label", button["label"], 0, 80)
    if style == _PREMIUM:
        check_length(f"{path}.sku_id", button.get("sku_id"), 1, 20)
        return
    if not button.get("label") and not button.get("emoji"):
        raise bad_form(path, "BUTTON_COMPONENT_INVALID", "A button needs a label or an emoji.")
    key, most = ("url", 512) if style == _LINK else ("custom_id", 100)
    check_length(f"{path}.{key}", button.get(key), 1, most)
    if style == _LINK and button.get("custom_id"):
        raise bad_form(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "Not both.")


def check_select(path: str, select: Json) -> None:
    """A select menu of a message or a modal."""
    check_length(f"{path}.custom_id", select.get("custom_id"), 1, 100)
    if select.get("placeholder") is not None:
        check_length(f"{path}.placeholder", select["placeholder"], 0, 150)
    if select["type"] != Part.SELECT:
        return
    check_options(path, select, 1, 25)
    least, most = select.get("min_values"), select.get("max_values")
    if not 0 <= (1 if least is None else least) <= (1 if most is None else most) <= 25:
        raise bad_form(path, "SELECT_COMPONENT_OPTION_VALUE_RANGE", "min ≤ max ≤ 25.")
    if most is not None and most > len(select["options"]):
        raise bad_form(f"{path}.max_values", "BASE_TYPE_MAX_LENGTH", "More than there are options.")


def check_options(path: str, select: Json, least: int, most: int) -> None:
    """The options of a select, radio group or checkbox group."""
    options = check_count(f"{path}.options", select.get("options"), least, most)
    for position, option in enumerate(options):
        here = f"{path}.options.{position}"
        check_length(f"{here}.label", option.get("label"), 1, 100)
        check_length(f"{here}.value", option.get("value"), 1, 100)
        if option.get("description") is not None:
            check_length(f"{here}.description", option["description"], 0, 100)
    if len({option["value"] for option in options}) < len(options):
        raise bad_form(f"{path}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Twice.")


def _check_section(path: str, section: Json) -> None:
    inner = check_count(f"{path}.components", section.get("components"), 1, 3)
    _check_kinds(f"{path}.components", inner, frozenset({Part.TEXT}))
    accessory = check_count(f"{path}.accessory", [section.get("accessory")], 1, 1)
    _check_kinds(f"{path}.accessory", accessory, frozenset({Part.BUTTON, Part.THUMBNAIL}))


def _check_text(path: str, text: Json) -> None:
    check_length(f"{path}.content", text.get("content"), 1, MOST_TEXT)


def _check_media(path: str, holder: Json) -> None:
    media = holder.get("media", holder.get("file"))
    check_length(
        f"{path}.media.url", media.get("url") if isinstance(media, dict) else None, 1, 2048
    )
    assert isinstance(media, dict)
    if not media["url"].startswith(("attachment://", "http://", "https://")):
        raise bad_form(f"{path}.media.url", "URL_TYPE_INVALID_SCHEME", "Not a usable scheme.")
    if holder.get("description") is not None:
        check_length(f"{path}.description", holder["description"], 1, 1024)


def _check_gallery(path: str, gallery: Json) -> None:
    for position, item in enumerate(check_count(f"{path}.items", gallery.get("items"), 1, 10)):
        _check_media(f"{path}.items.{position}", item)


def _check_container(path: str, container: Json) -> None:
    inner = check_count(f"{path}.components", container.get("components"), 1, MOST_COMPONENTS)
    _check_kinds(f"{path}.components", inner, _IN_CONTAINER)


def _accept(_path: str, _component: Json) -> None:
    """A separator has nothing that could be wrong."""


_RULES: dict[Part, Callable[[str, Json], None]] = {
    Part.ROW: _check_row,
    Part.BUTTON: _check_button,
    Part.SECTION: _check_section,
    Part.TEXT: _check_text,
    Part.THUMBNAIL: _check_media,
    Part.GALLERY: _check_gallery,
    Part.FILE: _check_media,
    Part.SEPARATOR: _accept,
    Part.CONTAINER: _check_container,
    **dict.fromkeys(SELECTS, check_select),
}
