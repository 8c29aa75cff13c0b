"""Discord's rules for modals, and what a person's filled-in form looks like."""

from tests.fakes.discord.components import check_options, check_select
from tests.fakes.discord.errors import Json, WrongUseError, bad_form, check_count, check_length
from tests.fakes.discord.files import Upload
from tests.fakes.discord.nesting import SELECTS, Part, walk

Answer = str | bool | list[str] | list[Upload]
_FIELDS = SELECTS | {
    Part.TEXT_INPUT,
    Part.FILE_UPLOAD,
    Part.RADIO_GROUP,
    Part.CHECKBOX_GROUP,
    Part.CHECKBOX,
}


def check(modal: Json) -> Json:
    """The modal as the person sees it, or a 50035 that names the wrong field."""
    check_length("data.custom_id", modal.get("custom_id"), 1, 100)
    check_length("data.title", modal.get("title"), 1, 45)
    for position, part in enumerate(check_count("data.components", modal.get("components"), 1, 5)):
        path = f"data.components.{position}"
        match part.get("type"):
            case Part.LABEL:
                _check_label(path, part)
            case Part.TEXT:
                check_length(f"{path}.content", part.get("content"), 1, 4000)
            case Part.ROW:
                inner = check_count(f"{path}.components", part.get("components"), 1, 1)
                check_length(f"{path}.components.0.label", inner[0].get("label"), 1, 45)
                _check_field(f"{path}.components.0", inner[0])
            case _:
                raise bad_form(f"{path}.type", "BASE_TYPE_CHOICES", "Must be one of (1, 10, 18).")
    names = [field["custom_id"] for field in fields(modal)]
    if len(set(names)) < len(names):
        raise bad_form("data.components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Twice the same.")
    return modal


def fields(modal: Json) -> list[Json]:
    """What a person can fill in."""
    return [part for _, part in walk(modal["components"]) if part["type"] in _FIELDS]


def fill(field: Json, answer: Answer | None) -> Json:
    """The submitted form of a field; unanswered ones keep what the bot had put in.

    Raises WrongUseError where Discord's client would not let the form go.
    """
    name, kind = field["custom_id"], field["type"]
    sent: Json = {"type": kind, "id": field.get("id", 0), "custom_id": name}
    if kind == Part.TEXT_INPUT:
        return sent | {"value": _fill_text(field, answer)}
    if kind == Part.CHECKBOX:
        return sent | {"value": bool(field.get("default") if answer is None else answer)}
    chosen = _preset(field) if answer is None else answer
    values = [chosen] if isinstance(chosen, str) else chosen
    if not isinstance(values, list):
        raise WrongUseError(f"{name} takes a list")
    _check_chosen(field, values)
    if kind == Part.RADIO_GROUP:
        return sent | {"value": values[0] if values else None}
    return sent | {"values": values}


def _check_label(path: str, label: Json) -> None:
    check_length(f"{path}.label", label.get("label"), 1, 45)
    if label.get("description") is not None:
        check_length(f"{path}.description", label["description"], 1, 100)
    _check_field(f"{path}.component", check_count(path, [label.get("component")], 1, 1)[0])


def _check_field(path: str, field: Json) -> None:
    if field.get("type") not in _FIELDS:
        raise bad_form(f"{path}.type", "BASE_TYPE_CHOICES", "Not a field of a modal.")
    check_length(f"{path}.custom_id", field.get("custom_id"), 1, 100)
    match field["type"]:
        case Part.TEXT_INPUT:
            _check_text_input(path, field)
        case Part.FILE_UPLOAD:
            _check_range(path, field, 10)
        case Part.RADIO_GROUP:
            check_options(path, field, 2, 10)
        case Part.CHECKBOX_GROUP:
            check_options(path, field, 1, 10)
            _check_range(path, field, len(field["options"]))
        case kind if kind in SELECTS:
            check_select(path, field)


def _check_text_input(path: str, field: Json) -> None:
    if field.get("style") not in (1, 2):
        raise bad_form(f"{path}.style", "BASE_TYPE_CHOICES", "Must be one of (1, 2).")
    for key, most in (("value", 4000), ("placeholder", 100)):
        if field.get(key) is not None:
            check_length(f"{path}.{key}", field[key], 0, most)
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    if not 0 <= least <= most <= 4000:
        raise bad_form(f"{path}.max_length", "NUMBER_TYPE_MAX", "0 ≤ min ≤ max ≤ 4000.")
    if len(field.get("value") or "") > most:
        raise bad_form(f"{path}.value", "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer.")


def _check_range(path: str, field: Json, ceiling: int) -> None:
    least, most = _range(field, ceiling)
    if not 0 <= least <= most <= ceiling or most < 1:
        raise bad_form(f"{path}.max_values", "NUMBER_TYPE_MAX", f"0 ≤ min ≤ max ≤ {ceiling}.")


def _range(field: Json, ceiling: int = 25) -> tuple[int, int]:
    least, most = field.get("min_values"), field.get("max_values")
    many = field["type"] == Part.CHECKBOX_GROUP
    most = (ceiling if many else 1) if most is None else most
    return (1 if least is None else least), most


def _preset(field: Json) -> list[str]:
    return [option["value"] for option in field.get("options", []) if option.get("default")]


def _fill_text(field: Json, answer: Answer | None) -> str:
    text = (field.get("value") or "") if answer is None else answer
    if not isinstance(text, str):
        raise WrongUseError(f"{field['custom_id']} takes text")
    if not text and not field.get("required", True):
        return text
    least, most = max(field.get("min_length") or 0, 1), field.get("max_length") or 4000
    if not least <= len(text) <= most:
        raise WrongUseError(f"{field['custom_id']} takes {least} to {most} characters")
    return text


def _check_chosen(field: Json, values: list[str] | list[Upload]) -> None:
    name, required = field["custom_id"], field.get("required", True)
    least, most = _range(field)
    if not (least if required or values else 0) <= len(values) <= most:
        raise WrongUseError(f"{name} takes {least} to {most} values, not {len(values)}")
    if "options" in field:
        offered = {option["value"] for option in field["options"]}
        if strange := [value for value in values if value not in offered]:
            raise WrongUseError(f"{name} does not offer {strange}")
