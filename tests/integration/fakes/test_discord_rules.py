from typing import Any

import pytest

from tests.fakes.discord import components, modals
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.errors import ApiError

OPTION = {"type": 3, "name": "prompt", "description": "What to show"}
COMMAND = {"name": "video", "description": "Make a video", "options": [OPTION]}


def wrong_field(error: ApiError) -> str:
    assert (error.status, error.body["code"]) == (400, 50035)
    found, path = error.body["errors"], []
    while "_errors" not in found:
        key = next(iter(found))
        path.append(key)
        found = found[key]
    return ".".join(path)


def option(**changes: Any) -> dict[str, Any]:
    return {**COMMAND, "options": [{**OPTION, **changes}]}


@pytest.mark.parametrize(
    ("command", "field"),
    [
        ({**COMMAND, "name": "Video"}, "0.name"),
        ({**COMMAND, "name": "two words"}, "0.name"),
        ({**COMMAND, "name": "x" * 33}, "0.name"),
        ({**COMMAND, "description": ""}, "0.description"),
        ({**COMMAND, "description": "x" * 101}, "0.description"),
        ({**COMMAND, "type": 7}, "0.type"),
        ({**COMMAND, "contexts": [3]}, "0.contexts"),
        ({**COMMAND, "contexts": [2], "integration_types": [0]}, "0.contexts"),
        ({**COMMAND, "integration_types": [2]}, "0.integration_types"),
        ({**COMMAND, "default_member_permissions": "all"}, "0.default_member_permissions"),
        ({**COMMAND, "name_localizations": {"xx": "film"}}, "0.name_localizations"),
        ({"name": "Make it talk", "type": 3, "description": "x"}, "0.description"),
        ({**COMMAND, "options": [OPTION] * 26}, "0.options"),
        ({**COMMAND, "options": [OPTION, OPTION]}, "0.options"),
        (
            {**COMMAND, "options": [OPTION, {**OPTION, "name": "a", "required": True}]},
            "0.options",
        ),
        (option(name="Prompt"), "0.options.0.name"),
        (option(description=None), "0.options.0.description"),
        (option(type=12), "0.options.0.type"),
        (option(max_length=6001), "0.options.0.max_length"),
        (option(choices=[{"name": "a", "value": "a"}] * 26), "0.options.0.choices"),
        (option(choices=[{"name": "", "value": "a"}]), "0.options.0.choices.0.name"),
        (option(choices=[{"name": "a", "value": "x" * 101}]), "0.options.0.choices.0.value"),
        (option(choices=[{"name": "a", "value": "a"}], autocomplete=True), "0.options.0"),
        (option(type=11, autocomplete=True), "0.options.0.choices"),
        (
            {**COMMAND, "options": [{"type": 1, "name": "a", "description": "x"}, OPTION]},
            "0.options",
        ),
    ],
)
def test_a_wrong_command_is_refused_with_the_field_s_name(
    command: dict[str, Any], field: str
) -> None:
    commands = Commands(Clock(), app_id=1)
    with pytest.raises(ApiError) as refused:
        commands.put([command])
    assert wrong_field(refused.value) == field
    assert commands.listed() == []


def test_commands_are_limited_in_number_and_length_and_keep_their_ids() -> None:
    commands = Commands(Clock(), app_id=1)
    menus = [{"name": f"menu {number}", "type": 3} for number in range(16)]
    long = {**OPTION, "choices": [{"name": "x" * 100, "value": "y" * 100}] * 25}
    too_long = {**COMMAND, "options": [long, {**long, "name": "other"}]}
    for wishes in (menus, [COMMAND, COMMAND], [too_long]):
        with pytest.raises(ApiError):
            commands.put(wishes)
    first = commands.put([COMMAND, *menus[:15]])
    again = commands.put([COMMAND])
    assert again[0]["id"] == first[0]["id"]
    assert first[1]["description"] == ""


def button(**changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Again", "custom_id": "again"} | changes


def row(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(items)}


def text(content: str = "x") -> dict[str, Any]:
    return {"type": 10, "content": content}


def select(**changes: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]} | changes


@pytest.mark.parametrize(
    ("parts", "is_v2", "field"),
    [
        ([text()], False, "components.0.type"),
        ([row(button())] * 6, False, "components"),
        ([row(*[button(custom_id=f"{n}") for n in range(6)])], False, "components.0.components"),
        ([row(button(), button())], False, "components.0.components.1.custom_id"),
        ([row(button(custom_id="x" * 101))], False, "components.0.components.0.custom_id"),
        ([row(button(label="x" * 81))], False, "components.0.components.0.label"),
        ([row(button(label=None))], False, "components.0.components.0"),
        ([row(button(style=9))], False, "components.0.components.0.style"),
        ([row(button(style=5))], False, "components.0.components.0.url"),
        ([row(button(), select())], False, "components.0.components"),
        ([row(select(options=[]))], False, "components.0.components.0.options"),
        ([row(select(max_values=2))], False, "components.0.components.0.max_values"),
        ([row(select(placeholder="x" * 151))], False, "components.0.components.0.placeholder"),
        ([text(f"{n}") for n in range(41)], True, "components"),
        ([{"type": 17, "components": [text() for _ in range(40)]}], True, "components"),
        ([text("x" * 2001), text("x" * 2000)], True, "components"),
        ([{"type": 17, "components": [{"type": 17, "components": [text()]}]}], True,
         "components.0.components.0.type"),
        ([{"type": 9, "components": [text()]}], True, "components.0.accessory"),
        ([{"type": 12, "items": []}], True, "components.0.items"),
        ([{"type": 12, "items": [{"media": {"url": "ftp://x"}}]}], True,
         "components.0.items.0.media.url"),
        ([text() | {"id": 5}, text() | {"id": 5}], True, "components.1.id"),
    ],
)  # fmt: skip
def test_wrong_components_are_refused_with_the_field_s_name(
    parts: list[dict[str, Any]], is_v2: bool, field: str
) -> None:
    with pytest.raises(ApiError) as refused:
        components.check(parts, is_v2=is_v2)
    assert wrong_field(refused.value) == field


def test_components_get_numbers_and_files_must_be_there() -> None:
    gallery = {"type": 12, "items": [{"media": {"url": "attachment://a.mp4"}}]}
    found = components.check([gallery, row(button())], is_v2=True)
    assert [found[0]["id"], found[1]["id"], found[1]["components"][0]["id"]] == [1, 2, 3]
    components.check_files(found, {"a.mp4"})
    with pytest.raises(ApiError) as refused:
        components.check_files(found, {"b.mp4"})
    assert wrong_field(refused.value) == "components.0"


def label(**changes: Any) -> dict[str, Any]:
    field = {"type": 4, "custom_id": "words", "style": 1} | changes
    return {"type": 18, "label": "Words", "component": field}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 46}, "data.title"),
        ({"title": ""}, "data.title"),
        ({"custom_id": "x" * 101}, "data.custom_id"),
        ({"components": []}, "data.components"),
        ({"components": [label(custom_id=f"{n}") for n in range(6)]}, "data.components"),
        ({"components": [label(), label()]}, "data.components"),
        ({"components": [button()]}, "data.components.0.type"),
        ({"components": [label() | {"label": "x" * 46}]}, "data.components.0.label"),
        ({"components": [label() | {"description": "x" * 101}]}, "data.components.0.description"),
        ({"components": [label(style=3)]}, "data.components.0.component.style"),
        ({"components": [label(max_length=4001)]}, "data.components.0.component.max_length"),
        ({"components": [label(value="abc", max_length=2)]}, "data.components.0.component.value"),
        ({"components": [label(placeholder="x" * 101)]},
         "data.components.0.component.placeholder"),
        ({"components": [label(type=2)]}, "data.components.0.component.type"),
        ({"components": [label(type=19, max_values=11)]},
         "data.components.0.component.max_values"),
        ({"components": [label(type=21, options=[])]}, "data.components.0.component.options"),
    ],
)  # fmt: skip
def test_wrong_modals_are_refused_with_the_field_s_name(
    changes: dict[str, Any], field: str
) -> None:
    modal = {"custom_id": "form", "title": "Form", "components": [label()]}
    assert modals.check(dict(modal))["title"] == "Form"
    with pytest.raises(ApiError) as refused:
        modals.check(modal | changes)
    assert wrong_field(refused.value) == field
