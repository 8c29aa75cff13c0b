"""README, .env.example, the sentences and the version: all of it says what the code says."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic.fields import FieldInfo

import bot
from bot import check
from bot.errors import Code
from bot.services import refusals
from bot.settings import AREAS
from cogs.ui import refusals as sentences
from tests.command_tree import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")

FIELDS = {
    str(field.validation_alias): (area, name, field)
    for area in AREAS.values()
    for name, field in area.model_fields.items()
}
SETTING = re.compile(r"\b(?:TALKIE|DEAPI|DISCORD)_[A-Z_]+\b")


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for alias in FIELDS:
        monkeypatch.delenv(alias, raising=False)


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading of the README, without its head."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def is_default(alias: str, text: str) -> bool:
    """Whether a text is what a setting is when nobody sets it; nothing stands for none."""
    area, name, field = FIELDS[alias]
    if not text:
        return has_no_default(field)
    values: dict[str, Any] = {alias: text}
    return bool(getattr(area(**values), name) == field.default)


def has_no_default(field: FieldInfo) -> bool:
    return field.default is None or field.default_factory is not None


def test_the_settings_table_lists_every_setting_with_its_default() -> None:
    rows = table("Settings")
    assert [row[0].strip("`") for row in rows] == list(FIELDS)
    for name, default, sentence in rows:
        alias, text = name.strip("`"), "" if default == "none" else default.strip("`")
        assert is_default(alias, text), f"{alias}: {default}"
        assert len(sentence) > 20, alias


def test_the_example_lists_every_setting_with_its_default_and_a_sentence() -> None:
    lines = EXAMPLE.splitlines()
    found = [
        (number, match) for number, line in enumerate(lines)
        if (match := re.fullmatch(r"#([A-Z_]+)=(.*)", line))
    ]  # fmt: skip
    assert [match[1] for _, match in found] == list(FIELDS)
    for number, match in found:
        assert is_default(match[1], match[2]), match[0]
        assert re.fullmatch(r"# [^#]{20,}\.", lines[number - 1]), match[1]


def test_the_example_with_every_line_taken_is_a_valid_file(tmp_path: Path) -> None:
    text = re.sub(r"^#(?=[A-Z_]+=)", "", EXAMPLE, flags=re.MULTILINE)
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    for area in AREAS.values():
        assert area() == area(_env_file=None)


@pytest.mark.parametrize("name", ["README.md", ".env.example", "compose.yaml", "Dockerfile"])
def test_no_setting_is_named_that_does_not_exist(name: str) -> None:
    assert set(SETTING.findall((ROOT / name).read_text(encoding="utf-8"))) <= set(FIELDS)


async def test_the_commands_table_lists_every_command_with_its_options(tmp_path: Path) -> None:
    listed = {row[0].strip("`"): row[1] for row in table("Commands")}
    tree = await commands(tmp_path / "data")
    slash = {f"/{command['name']}": command for command in tree if command["type"] == 1}
    menus = {command["name"] for command in tree if command["type"] != 1}
    assert set(listed) == set(slash) | menus
    for name, command in slash.items():
        for option in command.get("options", []):
            assert f"`{option['name']}`" in listed[name], f"{name} {option['name']}"


def test_the_permissions_the_invite_link_asks_for_are_the_six_that_are_named() -> None:
    words = " ".join(README.split())
    named = words.partition("for six permissions: ")[2].partition(".")[0].split(", ")
    assert len(named) == 6
    assert len(named) == check.PERMISSIONS.bit_count()


def test_every_link_of_the_readme_into_the_repository_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)
    assert "docs/demo.png" in links
    for link in links:
        assert (ROOT / link).is_file(), link
    assert (ROOT / "docs" / "demo.png").stat().st_size <= 300_000


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == bot.__version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    top = re.findall(r"^## \[?([^\]\s]+)", changelog, flags=re.MULTILINE)[0]
    assert top in {"Unreleased", bot.__version__}


def placeholders(code: Code) -> set[str]:
    return set(re.findall(r"{(\w+)", sentences.REFUSALS[code]))


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Every error that is made with a literal code: class, code, and the facts it is given."""
    for folder in ("bot", "cogs"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Name(id=name),
                        args=[ast.Attribute(value=ast.Name(id="Code" | "Reason"), attr=code), *_],
                    ):
                        yield name, code, {keyword.arg or "" for keyword in node.keywords}


def test_every_code_has_a_sentence_that_says_more_than_the_code() -> None:
    assert set(sentences.REFUSALS) == set(Code)
    for code, sentence in sentences.REFUSALS.items():
        assert sentence.endswith("."), code
        assert 20 <= len(sentence) <= 300, code


WAYS_ON = re.compile(
    r"`/|<t:\{resumes\}|\b(?:ask|attach|change|choose|confirm|crop|give|grant|leave it out|open|"
    r"pick|please|press|record|remove|save|say|send|shorten|take|tell|try|turn|use|wait|write|"
    r"you can)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("code", list(Code))
def test_the_last_sentences_of_a_refusal_say_what_to_do(code: Code) -> None:
    # What is wrong comes first: the way on stands in the last two sentences, or in the only one.
    last = re.split(r"(?<=[.:;]) ", sentences.REFUSALS[code])[-2:]
    assert WAYS_ON.search(" ".join(last)), sentences.REFUSALS[code]


@pytest.mark.parametrize("code", list(Code))
def test_the_sentence_of_a_code_can_be_filled(code: Code) -> None:
    facts: Mapping[str, Any] = {
        **dict.fromkeys(placeholders(code) - {"limit_mib"}, 7),
        "limit_bytes": 25 * 2**20,
    }
    assert "{" not in sentences.sentence(code, facts)


def test_whoever_raises_a_code_gives_what_its_sentence_needs() -> None:
    seen: set[Code] = set()
    for name, code_name, given in raised():
        if name == "UserError":
            code = Code[code_name]
        elif name == "MediaError" and "" not in given:
            code = refusals.MEDIA[next(why for why in refusals.MEDIA if why.name == code_name)]
        else:
            continue
        needed = {"limit_bytes" if word == "limit_mib" else word for word in placeholders(code)}
        assert needed <= given, f"{code}: {needed - given}"
        seen.add(code)
    assert {Code.QUEUE_FULL, Code.FILE_TOO_BIG, Code.SOUND_OVER_LIMIT} <= seen


def test_a_job_ends_only_with_sentences_that_need_no_facts() -> None:
    reasons = {Code[code] for name, code, _ in raised() if name in {"GivenUp", "PutOff"}}
    reasons |= set(refusals.ENGINE.values())
    assert Code.ENGINE_RESULT in reasons
    for code in reasons:
        assert placeholders(code) <= {"incident"}, code
