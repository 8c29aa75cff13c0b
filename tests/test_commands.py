"""The commands as Discord sees them; renew the snapshot with TALKIE_RENEW=1 in the environment."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_tree import commands

SNAPSHOT = Path(__file__).parent / "snapshots" / "commands.json"
SLASH, MESSAGE = 1, 3

Command = dict[str, Any]


@pytest.fixture
async def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    monkeypatch.chdir(tmp_path)
    return await commands(tmp_path / "data")


def with_options(commands: list[Command]) -> Iterator[Command]:
    for command in commands:
        yield command
        yield from with_options(command.get("options", []))


def spoken(command: Command) -> int:
    """Characters Discord counts: names, descriptions and the values of choices."""
    own = len(command["name"]) + len(command.get("description", ""))
    own += sum(
        len(choice["name"]) + len(str(choice["value"])) for choice in command.get("choices", [])
    )
    return own + sum(spoken(option) for option in command.get("options", []))


async def test_the_commands_keep_the_limits_of_discord(tree: list[Command]) -> None:
    names = Counter((command["type"], command["name"]) for command in tree)
    assert set(names.values()) == {1}
    kinds = Counter(command["type"] for command in tree)
    assert kinds[SLASH] <= 100
    assert kinds[MESSAGE] <= 5
    assert set(kinds) == {SLASH, MESSAGE}
    for command in tree:
        assert spoken(command) <= 8_000, command["name"]
    for part in with_options(tree):
        assert 1 <= len(part["name"]) <= 32, part["name"]
        assert len(part.get("description", "")) <= 100, part["name"]
        assert len(part.get("options", [])) <= 25, part["name"]
        assert len(part.get("choices", [])) <= 25, part["name"]
        for choice in part.get("choices", []):
            assert 1 <= len(choice["name"]) <= 100
            assert len(str(choice["value"])) <= 100


async def test_every_part_of_a_slash_command_is_explained(tree: list[Command]) -> None:
    slash = [command for command in tree if command["type"] == SLASH]
    for part in with_options(slash):
        assert part["name"] == part["name"].lower()
        # The library puts an ellipsis where nothing was written.
        assert part["description"] not in {"", "…"}, part["name"]


async def test_the_commands_are_for_servers_and_accounts(tree: list[Command]) -> None:
    for command in tree:
        assert command["integration_types"] == [0, 1], command["name"]
        assert command["contexts"] == [0, 1, 2], command["name"]


async def test_the_commands_are_the_ones_that_were_agreed_on(tree: list[Command]) -> None:
    text = json.dumps(tree, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("TALKIE_RENEW"):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert SNAPSHOT.read_text(encoding="utf-8") == text, (
        "the commands have changed; if that was meant: "
        "TALKIE_RENEW=1 .venv/bin/python -m pytest tests/test_commands.py, and commit the snapshot"
    )
