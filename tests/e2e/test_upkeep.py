"""Keeping house: what expires goes, and a wrong setting never empties a folder."""

from pathlib import Path

import pytest

from bot.errors import SetupError
from tests.e2e.conftest import Town

WORDS = "A paper boat drifts under a stone bridge in the early morning."


async def test_another_database_never_empties_the_folder_of_videos(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    await town.stop()
    kept = sorted(path.name for path in (town.data / "videos").iterdir())
    assert kept
    monkeypatch.setenv("TALKIE_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    with pytest.raises(SetupError, match="right database"):
        await _start_and_end(town)
    assert sorted(path.name for path in (town.data / "videos").iterdir()) == kept


async def test_files_without_a_row_are_gone_after_the_next_start(town: Town) -> None:
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    await town.stop()
    known = {path.name for path in (town.data / "videos").iterdir()}
    (town.data / "videos" / "left-behind.mp4").write_bytes(b"half a clip")
    (town.data / "jobs" / "left-behind").mkdir()
    await town.start()
    await town.slash("jobs")
    assert {path.name for path in (town.data / "videos").iterdir()} == known
    assert not (town.data / "jobs" / "left-behind").exists()


async def _start_and_end(town: Town) -> None:
    try:
        await town.start()
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from group
