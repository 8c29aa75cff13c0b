"""A rendered clip becomes the file a member gets: checked, repaired, with its sound and tags."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.media.alignment import Alignment, align
from bot.media.decode import decode
from bot.media.ffmpeg import Ffmpeg, Limits
from bot.media.files import opened, replacing
from bot.media.loudness import RATE_HZ, Samples, integrated_lufs
from bot.media.probe import READ_CLIP, Clip, check_decodable, probe
from bot.media.reasons import MediaError, Overdue, Reason
from bot.media.track import mono

log = logging.getLogger(__name__)

_LIMITS = Limits(cpu_s=40, file_bytes=256 << 20)
_CODEC = "h264"
_PIX_FMT = "yuv420p"
_SOUND_CODEC = "aac"
_FPS_TOLERANCE = 0.01
_SOUND_TOLERANCE_S = 0.05
_ASPECT_TOLERANCE = 0.05
_SMALLEST_SHARE = 0.5
"""A clip narrower than this part of what was wanted is another one, not one to enlarge."""
_MAX_TAG_CHARACTERS = 32_000
"""A recipe with the longest prompt, all of it escaped, has 25 000."""
_LONGEST_SOUND_S = 60.0
_SHORTEST_SOUND_S = 0.3
_QUIETEST_LUFS = -60.0
_LEAST_LIKENESS = 0.4
"""What is less alike is another sound."""
_MOST_LAG_S = 0.25
_LEAST_LAG_S = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for; `crop_height` is what the member sees of `height`, if less."""

    width: int
    height: int
    frames: int
    fps: int
    crop_height: int | None = None

    @property
    def seconds(self) -> float:
        """How long the clip lasts."""
        return self.frames / self.fps


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A prepared sound: what the model was given, and what members hear; of one length."""

    drive_wav: Path
    clean_wav: Path


async def finish(
    rendered: Path,
    target: Path,
    *,
    ffmpeg: Ffmpeg,
    wanted: Wanted,
    sound: Track | None,
    tags: Mapping[str, str],
) -> Clip:
    """Check a rendered clip against what was wanted and write the file to deliver.

    Its sound becomes that of `sound`, where the model heard it, else it keeps its own if it has
    one. A wrong codec, pixel format or size is put right by encoding anew; wrong frames, damage,
    another sound or none of it raise MediaError (NOT_VIDEO, WRONG_VIDEO). Only `tags` remain of
    all metadata. `target` is whole or not there.
    """
    source = await probe(rendered, ffmpeg)
    _check(source, wanted)
    await check_decodable(rendered, ffmpeg, sound=sound is None)
    lag = 0 if sound is None else await _lag(rendered, source, sound, ffmpeg)
    arguments = [
        *("-v", "error", *READ_CLIP),
        *_sound_input(sound),
        *("-map", "0:v:0", "-map", "1:a:0" if sound else "0:a:0?"),
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        *_video_options(source, wanted),
        *_sound_options(source, wanted, replaced=sound is not None, lag=lag),
        *(option for name, text in tags.items() for option in ("-metadata", _tag(name, text))),
        *("-t", f"{wanted.seconds:.6f}", "-movflags", "+faststart", "-f", "mp4", "-y"),
    ]
    async with replacing(target) as part:
        async with opened(rendered) as file:
            output = await ffmpeg.run([*arguments, _url(part)], stdin=file, limits=_LIMITS)
        if not output.ok:
            log.error("muxer ended with %d: %s", output.exit_code, output.log)
            raise MediaError(Reason.WRONG_VIDEO, f"muxer ended with {output.exit_code}")
        finished = await probe(part, ffmpeg)
        promised = sound is not None or source.audio_codec is not None
        _check_finished(finished, wanted, sound=promised)
    return finished


async def _lag(rendered: Path, clip: Clip, sound: Track, ffmpeg: Ffmpeg) -> int:
    """By how many samples the clean sound must be late: as late as the clip's own track.

    0 without a track that can be compared.
    """
    if clip.audio_codec is None:
        return 0
    try:
        own = await decode(rendered, ffmpeg, longest_s=_LONGEST_SOUND_S)
    except Overdue:
        raise
    except MediaError as error:
        log.warning("the clip's own sound cannot be read: %s", error)
        return 0
    driving = await decode(sound.drive_wav, ffmpeg, longest_s=_LONGEST_SOUND_S)
    found = await asyncio.to_thread(_compared, own, driving)
    if found is None:
        return 0
    # The first sample that was decoded is heard when the track begins, not the pictures.
    lag_s = found.lag_s + clip.audio_start_s - clip.video_start_s
    log.info("own sound lags by %.1f ms, likeness %.2f", lag_s * 1000, found.likeness)
    if found.likeness < _LEAST_LIKENESS:
        raise MediaError(Reason.WRONG_VIDEO, f"another sound, likeness {found.likeness:.2f}")
    if abs(lag_s) > _MOST_LAG_S:
        raise MediaError(Reason.WRONG_VIDEO, f"its sound lags by {lag_s * 1000:.0f} ms")
    return round(lag_s * RATE_HZ) if abs(lag_s) >= _LEAST_LAG_S else 0


def _compared(own: Samples, driving: Samples) -> Alignment | None:
    if len(own) < _SHORTEST_SOUND_S * RATE_HZ or integrated_lufs(own) < _QUIETEST_LUFS:
        return None
    return align(mono(own), mono(driving))


def _check(clip: Clip, wanted: Wanted) -> None:
    """Refuse what encoding anew could not put right."""
    facts = {"frames": clip.frames, "width": clip.width, "height": clip.height, "fps": clip.fps}
    if clip.frames != wanted.frames:
        raise MediaError(Reason.WRONG_VIDEO, "another number of frames", **facts)
    if abs(clip.fps / wanted.fps - 1) > _FPS_TOLERANCE:
        raise MediaError(Reason.WRONG_VIDEO, "another frame rate", **facts)
    aspect = (clip.width / clip.height) / (wanted.width / wanted.height)
    if clip.width < wanted.width * _SMALLEST_SHARE or abs(aspect - 1) > _ASPECT_TOLERANCE:
        raise MediaError(Reason.WRONG_VIDEO, "another shape", **facts)


def _check_finished(clip: Clip, wanted: Wanted, *, sound: bool) -> None:
    size = (wanted.width, wanted.crop_height or wanted.height)
    as_wanted = (
        (clip.codec, clip.pix_fmt, clip.frames) == (_CODEC, _PIX_FMT, wanted.frames)
        and (clip.width, clip.height) == size
        and clip.steady
        and clip.upright
        and clip.faststart
    )
    if not as_wanted:
        raise MediaError(Reason.WRONG_VIDEO, f"could not be put right: {clip}")
    if sound and (
        clip.audio_codec != _SOUND_CODEC
        or abs(clip.audio_start_s + clip.audio_seconds - wanted.seconds) > _SOUND_TOLERANCE_S
    ):
        raise MediaError(Reason.WRONG_VIDEO, f"its sound is not as long: {clip}")


def _video_options(clip: Clip, wanted: Wanted) -> list[str]:
    """A stream copy wherever that is right, else a filter chain and an encoder."""
    filters = []
    if (clip.width, clip.height) != (wanted.width, wanted.height):
        size = f"{wanted.width}:{wanted.height}"
        filters.append(f"scale={size}:force_original_aspect_ratio=increase,crop={size}")
    if wanted.crop_height is not None and wanted.crop_height != wanted.height:
        filters.append(f"crop={wanted.width}:{wanted.crop_height}")
    late = abs(clip.video_start_s) * wanted.fps > 0.5
    if (
        not filters
        and clip.steady
        and clip.upright
        and not late
        and (clip.codec, clip.pix_fmt) == (_CODEC, _PIX_FMT)
    ):
        return ["-c:v", "copy"]
    filters += ["setsar=1", f"setpts=N/({wanted.fps}*TB)"]
    return [
        *("-vf", ",".join(filters), "-r", str(wanted.fps), "-frames:v", str(wanted.frames)),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "17", "-pix_fmt", _PIX_FMT),
        *("-threads", "2"),
    ]


def _sound_input(sound: Track | None) -> list[str]:
    if sound is None:
        return []
    return ["-protocol_whitelist", "file", "-f", "wav", "-i", _url(sound.clean_wav)]


def _sound_options(clip: Clip, wanted: Wanted, *, replaced: bool, lag: int) -> list[str]:
    """The clip's own sound is copied if it is AAC and as long as the pictures."""
    end_s = clip.audio_start_s + clip.audio_seconds
    fits = clip.audio_codec == _SOUND_CODEC and abs(end_s - wanted.seconds) < _SOUND_TOLERANCE_S
    if fits and not replaced:
        return ["-c:a", "copy"]
    filters = [f"apad=whole_dur={round(wanted.seconds * 1_000_000)}us"]
    if lag > 0:
        filters.insert(0, f"adelay=delays={lag}S:all=1")
    elif lag < 0:
        filters.insert(0, f"atrim=start_sample={-lag},asetpts=PTS-STARTPTS")
    return ["-c:a", _SOUND_CODEC, "-b:a", "160k", "-ar", "48000", "-af", ",".join(filters)]


def _tag(name: str, text: str) -> str:
    """An option's value: one line, no control characters, of a length players can bear."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return f"{name}={printable[:_MAX_TAG_CHARACTERS]}"


def _url(path: Path) -> str:
    return f"file:{path.absolute()}"
