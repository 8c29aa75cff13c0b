"""A member's sound becomes the track that drives a clip and the one that is heard in it."""

import asyncio
import logging
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.media.decode import decode
from bot.media.edges import find_heard
from bot.media.ffmpeg import Ffmpeg, Limits
from bot.media.files import opened
from bot.media.limiter import Levelled, level
from bot.media.loudness import RATE_HZ, Samples
from bot.media.reasons import MediaError, Reason
from bot.media.threads import to_end
from bot.media.track import (
    Heard,
    Place,
    conditioned,
    cut_out,
    first_part,
    is_clipped,
    levels_db,
    mono,
    place,
)

with warnings.catch_warnings():
    # pydub looks for an ffmpeg on PATH (it is never asked to use one) and carries old escapes.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

log = logging.getLogger(__name__)

TARGET_LUFS = -16.0
"""How loud every track becomes."""

CEILING_DBTP = -1.5
"""What no true peak passes."""

LONGEST_READ_S = 120.0
"""No sound longer than this is looked at."""

_SHORTEST_HEARD_MS = 300
_RESULTS = ("drive.wav", "drive.mp3", "clean.wav")
_QUIETEST_LUFS = -55.0
_FADE_MS = 5
_ROUGH_DBFS = -46.0
_MP3_LIMITS = Limits(file_bytes=4 << 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A prepared sound: three files of the same length, and what was measured.

    `drive_wav` and `drive_mp3` are mono and for the model, `clean_wav` has the original's
    channels and is for the members; each is levelled by itself. `heard_ms` is the length after
    trimming, `noise_floor_db` lies below the loud parts of the source, `clipped` is about the
    source; loudness and true peak are those of the driving track.
    """

    frames: int
    heard_ms: int
    channels: int
    loudness_lufs: float
    peak_dbtp: float
    noise_floor_db: float
    clipped: bool
    drive_wav: Path
    drive_mp3: Path
    clean_wav: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    samples: Samples
    where: Place
    heard: Heard
    clipped: bool


async def prepare(  # noqa: PLR0913 -- every one but the two paths is a keyword
    source: Path,
    folder: Path,
    *,
    ffmpeg: Ffmpeg,
    lengths: Sequence[int],
    fps: int,
    first_only: bool = False,
    roughen: bool = False,
) -> Sound:
    """Check, trim, level and pad a sound file; the results lie in `folder`.

    `lengths` are the frame counts a clip may have. What is heard after trimming must fit into
    the longest (SOUND_OVER_LIMIT with `seconds`), or `first_only` keeps its beginning.
    `roughen` adds faint noise to the driving track. Raises MediaError; then no file is left.
    """
    drive_wav, drive_mp3, clean_wav = written = [folder / name for name in _RESULTS]
    try:
        # Two minutes of samples are 46 MB: as many sounds are in memory as there are places.
        async with ffmpeg.place() as alone:
            samples = await decode(source, alone, longest_s=LONGEST_READ_S)
            cut = await asyncio.to_thread(_cut, samples, lengths, fps, first_only=first_only)
            drive = await to_end(_write_tracks, cut, drive_wav, clean_wav, roughen=roughen)
            await _encode_mp3(drive_wav, drive_mp3, alone)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return Sound(
        frames=cut.where.frames,
        heard_ms=(cut.heard.stop - cut.heard.start) * 1000 // RATE_HZ,
        channels=cut.samples.shape[1],
        loudness_lufs=round(drive.loudness_lufs, 2),
        peak_dbtp=round(drive.peak_dbtp, 2),
        noise_floor_db=round(cut.heard.noise_floor_db, 1),
        clipped=cut.clipped,
        drive_wav=drive_wav,
        drive_mp3=drive_mp3,
        clean_wav=clean_wav,
    )


def _cut(samples: Samples, lengths: Sequence[int], fps: int, *, first_only: bool) -> _Cut:
    """Judge the sound and cut out what the clip will hold."""
    clipped = is_clipped(samples)
    samples = conditioned(samples)
    levels = levels_db(samples)
    heard = find_heard(samples, levels)
    if heard is None or heard.audible * 1000 < _SHORTEST_HEARD_MS * RATE_HZ:
        raise MediaError(Reason.INAUDIBLE, "hardly anything above the floor")
    where = place(heard, lengths=lengths, fps=fps)
    if where is None and first_only:
        heard = first_part(heard, levels, longest_frames=max(lengths), fps=fps)
        where = place(heard, lengths=lengths, fps=fps)
        samples = samples[: heard.stop]
    if where is None:
        seconds = (heard.stop - heard.start) / RATE_HZ
        raise MediaError(
            Reason.SOUND_OVER_LIMIT,
            "longer than a clip",
            seconds=round(seconds, 2),
            limit_s=round(max(lengths) / fps, 2),
        )
    return _Cut(samples=cut_out(samples, where), where=where, heard=heard, clipped=clipped)


def _write_tracks(cut: _Cut, drive_wav: Path, clean_wav: Path, *, roughen: bool) -> Levelled:
    """Write both masters; the level is measured over the whole track, silence included."""
    drive = _levelled(mono(cut.samples), cut.where)
    if drive.source_lufs < _QUIETEST_LUFS:
        raise MediaError(Reason.INAUDIBLE, "too quiet to be raised")
    if cut.samples.shape[1] > 1:
        _export(_levelled(cut.samples, cut.where).samples, clean_wav)
    else:
        _export(drive.samples, clean_wav)
    if roughen:
        _export(drive.samples + _noise(len(drive.samples)), drive_wav)
    elif cut.samples.shape[1] > 1:
        _export(drive.samples, drive_wav)
    else:
        shutil.copyfile(clean_wav, drive_wav)
    return drive


def _levelled(part: Samples, where: Place) -> Levelled:
    """The part at its place in the track, fading in and out where it was cut."""
    before = max(0, -where.first)
    track = np.zeros((where.samples, part.shape[1]), np.float32)
    track[before : before + len(part)] = part
    ramp = np.linspace(0, 1, min(_FADE_MS * RATE_HZ // 1000, len(part)), dtype=np.float32)[:, None]
    track[before : before + len(ramp)] *= ramp
    track[before + len(part) - len(ramp) : before + len(part)] *= ramp[::-1]
    return level(track, target_lufs=TARGET_LUFS, ceiling_dbtp=CEILING_DBTP)


def _export(track: Samples, target: Path) -> None:
    whole = _segment(track)
    if whole.max == 0:
        raise MediaError(Reason.INAUDIBLE, "nothing left after levelling")
    whole.export(str(target), format="wav").close()


def _segment(samples: Samples) -> Any:
    whole = np.empty(samples.shape, "<i2")
    for start in range(0, len(samples), RATE_HZ):
        part = samples[start : start + RATE_HZ] * np.float32(32767.0)
        np.rint(part, out=part)
        whole[start : start + RATE_HZ] = np.clip(part, -32768, 32767, out=part)
    return AudioSegment(
        data=whole.tobytes(), sample_width=2, frame_rate=RATE_HZ, channels=samples.shape[1]
    )


def _noise(count: int) -> Samples:
    """White noise, the same each time, so that a clip can be made again."""
    noise = np.random.default_rng(0).standard_normal((count, 1), np.float32)
    return noise * np.float32(10 ** (_ROUGH_DBFS / 20))


async def _encode_mp3(source: Path, target: Path, ffmpeg: Ffmpeg) -> None:
    async with opened(source) as file:
        output = await ffmpeg.run(_mp3_arguments(target), stdin=file, limits=_MP3_LIMITS)
    if not output.ok:
        log.error("MP3 encoder ended with %d: %s", output.exit_code, output.log)
        raise MediaError(Reason.BROKEN, f"encoder ended with {output.exit_code}")


def _mp3_arguments(target: Path) -> list[str]:
    """A real file rather than a pipe: the tag that says where the sound begins is written last."""
    options = (
        "-v error -protocol_whitelist fd -f wav -fd 0 -i fd: -map 0:a:0 -map_metadata -1"
        " -fflags +bitexact -c:a libmp3lame -b:a 192k -compression_level 9 -f mp3 -y"
    )
    return [*options.split(), f"file:{target.absolute()}"]
