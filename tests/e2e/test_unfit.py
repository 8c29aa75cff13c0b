"""A clip that cannot be made smaller: the next way is taken at once, and nothing is stranded."""

from pathlib import Path

import pytest

from tests.e2e.conftest import WORDS, Town
from tests.fakes.discord.messages import Message

NO_CLIP = b"no encoder can read this" * 100_000
OWED = "UPDATE delivery SET state = 'owed', due_at = 0, begun_at = NULL"


async def shown_once(town: Town) -> Message:
    """A message with its video, whose clip no encoder can read from now on."""
    await town.start()
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.until(message, lambda seen: bool(seen.files))
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown'")
    [video] = await town.rows("SELECT file FROM video")
    clip: Path = town.data / "videos" / str(video["file"])
    clip.write_bytes(NO_CLIP)
    return message


async def owe_again(town: Town) -> None:
    await town.write(OWED)
    assert town.talkie is not None
    town.talkie.services.deliveries.bell.ring()


async def test_where_the_reply_takes_no_such_size_the_channel_is_next(town: Town) -> None:
    message = await shown_once(town)
    town.refuse_sizes("@original", times=1)
    await owe_again(town)
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown' AND attempts = 1")
    assert await town.rows("SELECT failed_rungs FROM delivery") == [{"failed_rungs": "edit_reply"}]
    # Its post may be recorded before the reply has let go of the clip it showed.
    await town.until(message, lambda seen: not seen.files)
    assert len(town.videos(town.channel)) == 1
    assert await town.broken_invariants() == []


async def test_where_there_is_a_page_the_page_is_next(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKIE_PUBLIC_URL", "https://talkie.example")
    monkeypatch.setenv("TALKIE_WEB_PORT", "0")
    message = await shown_once(town)
    town.refuse_sizes("@original", times=1)
    await owe_again(town)
    await town.until(message, lambda seen: any(button.url for button in seen.buttons))
    await town.until_row("SELECT 1 FROM delivery WHERE state = 'shown' AND attempts = 0")
