"""The prompts the coach is measured with: tab-separated, with the findings a person expects.

A line is mode, context, expected findings and the prompt. The context names a shape, the length
(`5s`), `picture`, and of the sound `sound=4.7` (seconds), `floor=-40`, `clipped`, `music`,
`speech`, `speakers=2`. `bare` stands for the five elements a few words never have, `-x` takes one
back. In likenesses.tsv only one rule is named. In a prompt `\\n` is a new line and `{text}*3` is
text repeated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain import frames
from bot.domain.coach.findings import Rule
from bot.domain.context import Context, Sound, SoundKind
from bot.domain.shapes import Shape
from storage.records import Mode

HERE = Path(__file__).parent
BATCHES = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
)
_BARE = {Rule.NO_SHOT, Rule.NO_PLACE, Rule.NO_LIGHT, Rule.NO_CAMERA, Rule.NO_SOUND}
_REPEATED = re.compile(r"\{([^{}]*)\}\*(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    prompt: str
    context: Context
    expected: frozenset[Rule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A prompt that breaks a rule, or one that only looks like it."""

    prompt: str
    context: Context
    rule: Rule
    is_broken: bool


def likenesses() -> list[Likeness]:
    return [
        Likeness(
            prompt=prompt,
            context=context,
            rule=Rule(rule.removeprefix("-")),
            is_broken=not rule.startswith("-"),
        )
        for prompt, context, rule in _lines(HERE / "likenesses.tsv")
    ]


def batch(name: str) -> list[Example]:
    return list(_read(HERE / f"{name}.tsv"))


def everything() -> list[Example]:
    return [example for name in BATCHES for example in batch(name)]


def _read(path: Path) -> Iterator[Example]:
    for prompt, context, expected in _lines(path):
        yield Example(prompt=prompt, context=context, expected=_expected(expected.split()))


def _lines(path: Path) -> Iterator[tuple[str, Context, str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip() and not line.startswith("#"):
            mode, about, expected, prompt = line.split("\t")
            prompt = _REPEATED.sub(lambda found: found[1] * int(found[2]), prompt)
            yield prompt.replace("\\n", "\n"), _context(Mode(mode), about.split()), expected


def _context(mode: Mode, about: list[str]) -> Context:
    facts = dict(word.split("=") for word in about if "=" in word)
    seconds = next(float(word[:-1]) for word in about if re.fullmatch(r"\d+s", word))
    kind = next((SoundKind(word) for word in about if word in set(SoundKind)), SoundKind.UNKNOWN)
    floor = facts.get("floor")
    return Context(
        mode=mode,
        shape=next(Shape(word) for word in about if word in set(Shape)),
        frames=frames.for_seconds(seconds),
        has_picture="picture" in about,
        sound=Sound(
            seconds=float(facts["sound"]) if "sound" in facts else None,
            clipped="clipped" in about,
            noise_floor_db=None if floor is None else float(floor),
            kind=kind,
            speakers=int(facts["speakers"]) if "speakers" in facts else None,
        ),
    )


def _expected(names: list[str]) -> frozenset[Rule]:
    rules: set[Rule] = set()
    for name in names:
        if name == "bare":
            rules |= _BARE
        elif name.startswith("-"):
            rules -= {Rule(name[1:])} if name != "-" else set()
        else:
            rules.add(Rule(name))
    return frozenset(rules)
