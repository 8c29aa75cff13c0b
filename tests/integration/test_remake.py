"""`python -m bot recipe`: a video is made again from nothing but its file."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from bot import __main__ as program
from bot.domain import frames
from bot.media import recipe
from bot.media.recipe import Recipe
from tests.fakes import sounds

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
PROMPT = 'A "quoted" lighthouse\nin the rain \x1b[2J 灯台'


def clip(path: Path, mode: str, count: int) -> Path:
    told = Recipe(
        mode=mode,
        prompt=PROMPT,
        seed=4_294_967_295,
        frames=count,
        shape="wide",
        size="large",
        model="Ltx2_3_22B_Dist_INT8",
    )
    description = ("-metadata", f"description={recipe.write(told)}")
    return sounds.film(path, None, *H264, *description)


@pytest.mark.parametrize("count", frames.LEGAL)
def test_the_seconds_of_the_command_give_the_same_frames(
    count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["recipe", str(clip(tmp_path / "clip.mp4", "text", count))]) == 0
    command = capsys.readouterr().out.splitlines()[1]
    seconds = re.search(r" seconds:(\S+)", command)
    assert seconds is not None
    assert 2 <= float(seconds[1]) <= 10
    assert frames.for_seconds(float(seconds[1])) == count


@pytest.mark.parametrize(
    ("mode", "begins"),
    [("text", "/video prompt:A"), ("image", "/animate image:"), ("audio", "/talk audio:")],
)
def test_a_clip_tells_its_recipe_and_its_command(
    mode: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["recipe", str(clip(tmp_path / "clip.mp4", mode, 49))]) == 0
    told, command = capsys.readouterr().out.splitlines()
    assert recipe.read(tmp_path / "clip.mp4") is not None
    assert '"seed": 4294967295' in told
    assert command.startswith(begins)
    assert "shape:wide size:large" in command
    assert command.endswith("seed:4294967295")
    assert "\x1b" not in told + command


def test_what_holds_no_recipe_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = sounds.film(tmp_path / "bare.mp4", None, *H264)
    for file, reason in ((bare, "no recipe"), (tmp_path / "none.mp4", "No such file")):
        assert program.main(["recipe", str(file)]) == 1
        assert reason in capsys.readouterr().err


def test_a_mode_that_nobody_knows_gives_no_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["recipe", str(clip(tmp_path / "clip.mp4", "dance", 49))]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_knows_few_characters_reads_the_others_as_json_writes_them(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = clip(tmp_path / "clip.mp4", "text", 49)
    terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    monkeypatch.setattr(sys, "stdout", terminal)
    assert program.main(["recipe", str(path)]) == 0
    told = terminal.buffer.getvalue().decode(encoding).splitlines()[0]
    assert json.loads(told)["prompt"] == PROMPT


def test_the_name_of_a_file_moves_nothing_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("\x1b[2Jclip.mp4", "\udcffclip.mp4"):
        (tmp_path / name).write_bytes(b"no video")
        assert program.main(["recipe", str(tmp_path / name)]) == 1
        [line] = capsys.readouterr().err.splitlines()
        assert line.isprintable()
