import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.media.ffmpeg import Ffmpeg, locate


@pytest.fixture
def ffmpeg() -> Ffmpeg:
    return Ffmpeg(locate(), slots=asyncio.Semaphore(2))


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """An empty folder for results, in which no unfinished file may be left."""
    folder = tmp_path / "out"
    folder.mkdir()
    yield folder
    assert not [found.name for found in folder.iterdir() if found.name.startswith(".")]
