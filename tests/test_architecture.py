"""The rules of the house that no linter knows: sizes, names, imports without effect."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.client import EXTENSIONS

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "cogs", "storage")
LONGEST = 300
NAMELESS = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}

# Whatever a module does beyond reading code while it is imported is said on standard output.
IMPORT_ALL = """
import sys, threading

WATCHED = {
    "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.system", "os.fork",
    "os.exec", "os.posix_spawn", "signal.pthread_kill", "socket.__new__", "socket.connect",
    "socket.getaddrinfo", "sqlite3.connect", "subprocess.Popen", "tempfile.mkdtemp",
    "tempfile.mkstemp", "shutil.rmtree", "shutil.move",
}
WRITING = 1 | 2 | 64

def watch(event, arguments):
    if event in WATCHED or event == "open" and (arguments[2] or 0) & WRITING:
        print(event, *arguments)

sys.path.insert(0, sys.argv[1])
sys.addaudithook(watch)
threading.Thread.start = lambda thread: print(thread.name, "was started")
for name in sys.argv[2:]:
    __import__(name)
"""


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def names(package: str) -> list[str]:
    parts = [path.relative_to(ROOT).with_suffix("").parts for path in modules(package)]
    return [".".join(each[:-1] if each[-1] == "__init__" else each) for each in parts]


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the repository, by its path; what Git ignores is left out."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    left_out = {".git", *(line.strip("/") for line in ignored)}
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT)
        if path.is_file() and left_out.isdisjoint(inside.parts):
            data = path.read_bytes()
            if b"\0" not in data:
                yield str(inside), data.decode("utf-8")


def test_no_module_is_longer_than_a_reader_s_patience() -> None:
    lengths = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n")
        for path in modules(*PACKAGES, "tests")
    }
    assert lengths
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_is_named_after_what_it_is_about() -> None:
    for path in modules(*PACKAGES, "tests"):
        assert NAMELESS.isdisjoint(path.relative_to(ROOT).with_suffix("").parts), path


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_is_imported_without_settings_and_without_effect(
    package: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", IMPORT_ALL, str(ROOT), *names(package)],
        cwd=tmp_path,
        env={"PATH": "/nowhere"},  # pydub reads it
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_every_package_has_a_sentence_and_every_folder_is_a_package() -> None:
    for path in modules(*PACKAGES):
        assert (path.parent / "__init__.py").read_text(encoding="utf-8").startswith('"""'), path


def test_every_cog_is_loaded_and_bound_to_know_no_other() -> None:
    cogs = {f"cogs.{path.stem}" for path in (ROOT / "cogs").glob("*.py")} - {"cogs.__init__"}
    assert len(EXTENSIONS) == len(set(EXTENSIONS))
    assert set(EXTENSIONS) == cogs
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (independent,) = [each for each in contracts if each["type"] == "independence"]
    assert set(independent["modules"]) == cogs


def test_the_repository_speaks_of_no_machine_and_promises_nothing() -> None:
    own = re.compile(r"(?<![\w.])/(?:home|Users|work|tmp|root(?!/\.cache/pip))/[\w.-]+")
    promise = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b")
    for path, text in texts():
        assert not own.search(text), f"{path}: {own.search(text)}"
        assert not promise.search(text), f"{path}: {promise.search(text)}"


def test_the_locks_name_packages_and_hashes_but_no_place_to_fetch_them_from() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
