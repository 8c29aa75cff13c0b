"""A clip's recipe in its own file: written, read back, and read from files made to deceive."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.media import recipe
from bot.media.clip import Wanted, finish
from bot.media.ffmpeg import Ffmpeg
from bot.media.fit import fit
from bot.media.recipe import Recipe
from tests.fakes import sounds
from tests.fakes.sounds import speech

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
WANTED = Wanted(width=192, height=128, frames=49, fps=24)
PROMPT = 'A "quoted" lighthouse; it\'s\n\training = 100 % \\ 灯台 👩\u200d🚀 \u202e\u2028 end'
RECIPE = Recipe(
    mode="text",
    prompt=PROMPT,
    seed=2**32 - 1,
    frames=49,
    shape="wide",
    size="standard",
    model="Ltx2_3_22B_Dist_INT8",
)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rendered")
    return sounds.film(folder / "rendered.mp4", speech(49 / 24), *H264)


def described(rendered: Path, target: Path, text: str) -> Path:
    """The clip of a stranger, who may write anything into it."""
    sounds.ffmpeg("-i", rendered, "-c", "copy", "-metadata", f"description={text}", target)
    return target


async def finished(rendered: Path, target: Path, ffmpeg: Ffmpeg, description: str) -> Path:
    await finish(
        rendered,
        target,
        ffmpeg=ffmpeg,
        wanted=WANTED,
        sound=None,
        tags={"title": "Talkie video 7", "description": description},
    )
    return target


async def test_a_clip_tells_what_it_was_made_from(
    rendered: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    target = await finished(rendered, out / "done.mp4", ffmpeg, recipe.write(RECIPE))
    assert recipe.read(target) == RECIPE
    size = await fit(target, out / "small.mp4", max_bytes=90_000, ffmpeg=ffmpeg)
    assert size <= 90_000
    assert recipe.read(out / "small.mp4") == RECIPE


async def test_the_longest_prompt_survives(rendered: Path, out: Path, ffmpeg: Ffmpeg) -> None:
    longest = Recipe(**{**_fields(RECIPE), "prompt": "é" + "\u200d" * 3999})
    target = await finished(rendered, out / "done.mp4", ffmpeg, recipe.write(longest))
    assert recipe.read(target) == longest


def _fields(of: Recipe) -> dict[str, Any]:
    return dict(json.loads(recipe.write(of)))


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": 7},
        {"prompt": "x" * 8001},
        {"prompt": None},
        {"seed": -1},
        {"seed": 2**53},
        {"seed": 1.5},
        {"seed": "1"},
        {"frames": True},
        {"mode": ""},
        {"mode": ["text"]},
        {"talkie_recipe": 2},
    ],
)
def test_what_makes_no_sense_is_no_recipe(
    change: dict[str, object], rendered: Path, tmp_path: Path
) -> None:
    text = json.dumps({**_fields(RECIPE), **change})
    assert recipe.read(described(rendered, tmp_path / "done.mp4", text)) is None


@pytest.mark.parametrize(
    "text", ["", "null", "[" * 5000, "{" * 5000, '{"seed": ' + "9" * 5000 + "}", '"\\ud800"', "AI"]
)
def test_what_is_no_list_is_no_recipe(text: str, rendered: Path, tmp_path: Path) -> None:
    assert recipe.read(described(rendered, tmp_path / "done.mp4", text)) is None


async def test_a_file_without_one_and_what_is_no_film_have_none(
    rendered: Path, tmp_path: Path
) -> None:
    assert recipe.read(rendered) is None
    for name, data in {"empty": b"", "page": b"<html>" * 99, "zero": bytes(4000)}.items():
        (tmp_path / name).write_bytes(data)
        assert recipe.read(tmp_path / name) is None


async def test_boxes_that_lie_about_their_size_lead_nowhere(
    rendered: Path, tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    target = await finished(rendered, out / "done.mp4", ffmpeg, recipe.write(RECIPE))
    whole = target.read_bytes()
    for name in (b"moov", b"udta", b"meta", b"ilst", b"desc", b"data"):
        at = whole.index(name, whole.index(b"udta") - 8 if name != b"moov" else 0) - 4
        for size in (0, 1, 7, 9, 2**31, 2**32 - 1):
            data = bytearray(whole)
            data[at : at + 4] = size.to_bytes(4, "big")
            (tmp_path / "lying.mp4").write_bytes(data)
            assert recipe.read(tmp_path / "lying.mp4") in (None, RECIPE)


@given(st.text(max_size=300), st.integers(0, 2**32 - 1))
def test_every_prompt_is_written_on_one_printable_line_and_means_the_same(
    prompt: str, seed: int
) -> None:
    line = recipe.write(Recipe(**{**_fields(RECIPE), "prompt": prompt, "seed": seed}))
    assert line.isprintable()
    assert json.loads(line)["prompt"] == prompt


def test_reading_leaves_the_file_as_it_was(rendered: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(rendered, tmp_path / "copy.mp4"))
    recipe.read(rendered)
    assert rendered.read_bytes() == copy.read_bytes()
