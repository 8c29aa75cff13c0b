"""Single pictures of a clip, and clips that must fit a number of bytes."""

from pathlib import Path

import pytest

from bot.media.clip import finish
from bot.media.ffmpeg import Ffmpeg
from bot.media.fit import fit
from bot.media.probe import probe
from bot.media.reasons import MediaError, Reason
from bot.media.stills import last_frame, poster
from tests.fakes import sounds
from tests.fakes.sounds import speech
from tests.integration.media.films import (
    H264,
    SECONDS,
    WANTED,
    content,
    names,
    pixels,
    tags_of,
    whole,
)


async def test_a_poster_is_not_the_black_first_frame(
    tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    fading = sounds.film(tmp_path / "a.mp4", None, *H264, "-vf", "fade=in:0:30")
    for name in ("poster.jpg", "poster.webp"):
        await poster(fading, out / name, ffmpeg)
        seen = pixels(out / name)
        assert seen.shape == (128, 192, 3)
        assert seen.mean() > 60


async def test_even_a_black_clip_has_a_poster(tmp_path: Path, out: Path, ffmpeg: Ffmpeg) -> None:
    black = sounds.film(tmp_path / "a.mp4", None, *H264, "-vf", "eq=brightness=-1")
    assert (await poster(black, out / "poster.jpg", ffmpeg)).exists()


async def test_the_last_frame_is_the_last(tmp_path: Path, out: Path, ffmpeg: Ffmpeg) -> None:
    clip = sounds.film(
        tmp_path / "a.mp4", None, *H264, "-vf", "drawbox=color=red:t=fill:enable='eq(n,48)'"
    )
    await last_frame(clip, out / "last.png", ffmpeg)
    red, green, blue = pixels(out / "last.png").reshape(-1, 3).mean(axis=0)
    assert red > 230
    assert green + blue < 40


async def test_a_clip_that_fits_is_not_touched(rendered: Path, out: Path, ffmpeg: Ffmpeg) -> None:
    size = await fit(rendered, out / "small.mp4", max_bytes=10_000_000, ffmpeg=ffmpeg)
    assert size == len(content(rendered))
    assert content(out / "small.mp4") == content(rendered)


async def test_a_clip_that_is_too_large_is_made_to_fit(
    tmp_path: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    noisy = sounds.film(
        tmp_path / "a.mp4",
        speech(SECONDS),
        *(*H264, "-qp", "8", "-vf", "noise=alls=60:allf=t", "-c:a", "aac"),
        *("-metadata", "title=Kept"),
    )
    limit = len(content(noisy)) // 4
    size = await fit(noisy, out / "small.mp4", max_bytes=limit, ffmpeg=ffmpeg)
    assert limit * 0.8 < size <= limit
    assert whole(await probe(out / "small.mp4", ffmpeg))
    assert "Kept" in tags_of(out / "small.mp4")


async def test_what_cannot_fit_is_said_to_be_too_big(
    rendered: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    with pytest.raises(MediaError) as refusal:
        await fit(rendered, out / "small.mp4", max_bytes=10_000, ffmpeg=ffmpeg)
    assert refusal.value.reason is Reason.TOO_BIG
    assert names(out) == []


async def test_a_clip_for_which_there_is_no_room_stays_what_it_was(
    rendered: Path, out: Path, ffmpeg: Ffmpeg
) -> None:
    (out / ".done.mp4.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        await finish(rendered, out / "done.mp4", ffmpeg=ffmpeg, wanted=WANTED, sound=None, tags={})
    assert names(out) == []
    assert (await probe(rendered, ffmpeg)).frames == WANTED.frames
