"""Reads a Dockerfile and carries its steps out in plain folders, where no Docker is at hand."""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OURS = re.compile(r"(?<![\w./-])/(?=(?:app|data|new|venv)\b)")
"""Where a path begins that the Dockerfile makes itself; all others are the base image's."""
BIN = Path(sys.executable).parent
PASSED_ON = re.compile(r"PIP_\w+|\w+_proxy|SSL_CERT_FILE|HOME", re.IGNORECASE)
"""What pip may need here to reach its packages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One instruction, its flags (`--from`), and its words."""

    name: str
    flags: Mapping[str, str]
    text: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)


@dataclass(slots=True, kw_only=True)
class Stage:
    """One stage: its steps, the folder that stands for its root, and what they set."""

    base: str
    name: str
    steps: list[Step] = field(default_factory=list)
    root: Path = Path()
    folder: str = "/"
    environment: dict[str, str] = field(default_factory=dict)

    def last(self, name: str) -> str:
        return [step.text for step in self.steps if step.name == name][-1]

    def command(self, name: str) -> list[str]:
        """The words of an exec form; raises ValueError for a shell form."""
        words: list[str] = json.loads(self.last(name))
        return words


def read(path: Path) -> list[Stage]:
    """The stages of a Dockerfile."""
    stages: list[Stage] = []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if not line.strip():
            continue
        name, _, rest = line.partition(" ")
        if name == "FROM":
            base, _, alias = rest.partition(" AS ")
            stages.append(Stage(base=base, name=alias))
            continue
        flags: dict[str, str] = {}
        while match := re.match(r"--([a-z]+)=(\S+)\s+", rest):
            flags[match[1]], rest = match[2], rest[match.end() :]
        stages[-1].steps.append(Step(name=name, flags=flags, text=rest.strip()))
    return stages


def context(repository: Path) -> list[str]:
    """What .dockerignore lets through of the top folder."""
    lines = (repository / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def ignored(repository: Path) -> list[str]:
    """Names .dockerignore keeps out at any depth."""
    lines = (repository / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("**/") for line in lines if line.startswith("**/")]


def build(stages: Sequence[Stage], repository: Path, root: Path) -> Stage:
    """Carry out every step below a folder; answers the last stage."""
    for number, stage in enumerate(stages):
        stage.root = root / str(number)
        stage.root.mkdir(parents=True)
        for step in stage.steps:
            _perform(stage, step, stages, repository)
    return stages[-1]


def environment_of(stage: Stage, *, outside: str = "/usr/bin:/bin") -> dict[str, str]:
    """What a process in the stage finds; programs of the base image are found in `outside`."""
    inside = {name: _below(stage, value) for name, value in stage.environment.items()}
    return {"PATH": outside, **{name: v.replace("$PATH", outside) for name, v in inside.items()}}


def _perform(stage: Stage, step: Step, stages: Sequence[Stage], repository: Path) -> None:
    if step.name == "WORKDIR":
        stage.folder = step.text
        _place(stage, step.text).mkdir(parents=True, exist_ok=True)
    elif step.name == "ENV":
        stage.environment |= dict(word.split("=", 1) for word in step.words)
    elif step.name == "RUN":
        needed = {name: value for name, value in os.environ.items() if PASSED_ON.fullmatch(name)}
        subprocess.run(
            ["/bin/sh", "-ec", _below(stage, step.text)],
            cwd=_place(stage, stage.folder),
            # The Python that runs here stands for the base image's.
            env=needed | environment_of(stage, outside=f"{BIN}:/usr/bin:/bin"),
            check=True,
        )
    elif step.name == "COPY":
        for source, target in _copied(stage, step, stages, repository):
            _copy(source, target, ignored(repository) if "from" not in step.flags else [])


def _copied(
    stage: Stage, step: Step, stages: Sequence[Stage], repository: Path
) -> Iterator[tuple[Path, Path]]:
    *sources, target = step.words
    place = _place(stage, target)
    for source in sources:
        if origin := step.flags.get("from"):
            built = next(each for each in stages if each.name == origin)
            yield _place(built, source), place
            continue
        assert source in context(repository), f".dockerignore keeps {source} out"
        yield repository / source, place / source if target.endswith("/") else place


def _copy(source: Path, target: Path, kept_out: Sequence[str]) -> None:
    def left(_: Any, names: list[str]) -> list[str]:
        return [name for name in names for out in kept_out if fnmatch.fnmatch(name, out)]

    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, ignore=left, dirs_exist_ok=True)
    else:
        shutil.copy2(source, target)


def _place(stage: Stage, path: str) -> Path:
    return stage.root / (Path(stage.folder) / path).relative_to("/")


def _below(stage: Stage, text: str) -> str:
    return OURS.sub(f"{stage.root}/", text)
