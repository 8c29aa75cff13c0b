"""The set-up that `make` does, with a Python that only plays its part."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# It answers what the Makefile asks of a Python, and of the Python inside the environment.
STAND_IN = """#!/bin/sh
case "$*" in
    *version_info*) exit ${TOO_OLD:-0} ;;
    *ensurepip*) exit ${NO_VENV:-0} ;;
    "-m venv --clear .venv")
        rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo made
        [ -z "$VENV_BREAKS" ] || exit 1 ;;
    "-m pip "*) [ -z "$PIP_BREAKS" ] || exit 1; echo installed ;;
    "-m bot "*) echo "runs $3" ;;
    *) echo "unexpected: $*"; exit 9 ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    python = tmp_path / "python-stand-in"
    python.write_text(STAND_IN)
    python.chmod(0o755)
    return tmp_path


def make(clone: Path, goal: str, **environment: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        ["make", "-s", goal, f"PYTHON={clone / 'python-stand-in'}"],
        cwd=clone,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def test_the_first_run_sets_up_and_the_next_one_does_not(clone: Path) -> None:
    assert make(clone, "demo") == (0, ["made", "installed", "runs demo"])
    assert make(clone, "check") == (0, ["runs check"])


def test_a_new_lock_is_installed_into_what_is_there(clone: Path) -> None:
    make(clone, "demo")
    ready = (clone / ".venv" / ".ready").stat().st_mtime
    os.utime(clone / "requirements.lock", (ready + 5, ready + 5))
    assert make(clone, "demo") == (0, ["installed", "runs demo"])


@pytest.mark.parametrize("breaks", ["VENV_BREAKS", "PIP_BREAKS"])
def test_a_set_up_that_broke_off_is_made_anew(clone: Path, breaks: str) -> None:
    code, said = make(clone, "demo", **{breaks: "1"})
    assert code != 0
    assert "runs demo" not in said
    assert (clone / ".venv" / "bin" / "python").exists()
    assert make(clone, "demo") == (0, ["made", "installed", "runs demo"])


def test_an_update_that_broke_off_is_made_anew(clone: Path) -> None:
    make(clone, "demo")
    ready = (clone / ".venv" / ".ready").stat().st_mtime
    os.utime(clone / "requirements.lock", (ready + 5, ready + 5))
    assert make(clone, "demo", PIP_BREAKS="1")[0] != 0
    assert make(clone, "demo") == (0, ["made", "installed", "runs demo"])


def test_a_python_without_venv_gets_the_one_line_that_helps(clone: Path) -> None:
    code, said = make(clone, "demo", NO_VENV="1")
    assert code != 0
    assert said == ["This Python comes without venv. On Debian: sudo apt install python3-venv"]
    assert not (clone / ".venv").exists()


def test_a_python_that_is_too_old_is_told_which_will_do(clone: Path) -> None:
    code, said = make(clone, "demo", TOO_OLD="1")
    assert code != 0
    assert said == ["Talkie needs Python 3.11, 3.12 or 3.13. Name one: make PYTHON=python3.12 ..."]
    assert not (clone / ".venv").exists()


def test_the_green_light_is_the_same_for_people_and_machines() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert script.splitlines()[-1] == "exec make test"
