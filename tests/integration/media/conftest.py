import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.media.ffmpeg import Ffmpeg, locate
from tests.fakes.sounds import speech
from tests.integration.media.films import SECONDS, filmed


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


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    """A clip as an engine should deliver it."""
    return filmed(tmp_path / "rendered.mp4", speech(SECONDS))
