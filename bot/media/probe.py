"""What a clip really holds, counted packet by packet; there is no ffprobe in the wheel."""

import asyncio
import logging
import os
import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import IO

from bot.media.boxes import boxes
from bot.media.ffmpeg import Ffmpeg, Limits
from bot.media.files import opened
from bot.media.reasons import MediaError, Reason

log = logging.getLogger(__name__)

_DECODERS = "h264,hevc,vp9,av1,libdav1d,mpeg4,aac,mp3,mp3float,opus,libopus,flac,alac,pcm_s16le"
READ_CLIP = (
    "-protocol_whitelist fd -format_whitelist mov,mp4,m4a,3gp,3g2,mj2"
    f" -codec_whitelist {_DECODERS} -max_streams 16 -probesize 5000000 -f mov -fd 0 -i fd:"
).split()
"""How ffmpeg opens a clip that stands on standard input: also a provider's file is a stranger's."""

_LIMITS = Limits(output_bytes=4 << 20)
_DECODE_LIMITS = Limits(cpu_s=40)
_VIDEO = re.compile(
    r"^  Stream #0:\d+.*?: Video: (\w+).*?, (\w+)(?:\([^)]*\))?, (\d+)x(\d+)", re.MULTILINE
)
_TURN = re.compile(r"Display Matrix: rotation of (-?\d+\.\d+) degrees", re.IGNORECASE)
_SQUARE_PIXELS = frozenset({"", "0/1", "1/1"})
_DISCARD = 4
_WIDEST_PX = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """What a clip holds; times are on its presentation clock, in seconds.

    `width` and `height` are as a player shows it; `upright` says that the pictures are stored
    like that, neither turned nor stretched. `steady` says that its frames come at even
    distances. Without sound `audio_codec` is None and the other audio figures are 0.
    """

    codec: str
    pix_fmt: str
    width: int
    height: int
    frames: int
    fps: float
    steady: bool
    upright: bool
    video_start_s: float
    audio_codec: str | None
    audio_channels: str
    audio_start_s: float
    audio_seconds: float
    audio_bytes: int
    faststart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packet:
    start: Fraction
    stop: Fraction
    size: int


async def check_decodable(clip: Path, ffmpeg: Ffmpeg, *, sound: bool) -> None:
    """Decode all pictures, and the sound if that matters; raises MediaError(WRONG_VIDEO).

    Damage inside a packet is not seen from outside, and no new encoding would mend it.
    """
    arguments = (
        *("-v", "error", "-xerror", "-err_detect", "explode", "-threads", "2", *READ_CLIP),
        *("-map", "0:v:0", *(("-map", "0:a:0?") if sound else ()), "-f", "null", "pipe:1"),
    )
    async with opened(clip) as file:
        output = await ffmpeg.run(arguments, stdin=file, limits=_DECODE_LIMITS)
    if not output.ok:
        log.warning("damaged clip: %s", output.log[:500])
        raise MediaError(Reason.WRONG_VIDEO, f"decoder ended with {output.exit_code}")


async def probe(clip: Path, ffmpeg: Ffmpeg) -> Clip:
    """Look into an MP4 file. Raises MediaError(NOT_VIDEO) if it is none, or WRONG_VIDEO."""
    arguments = (
        *("-v", "info", "-copyts", *READ_CLIP, "-map", "0:v:0", "-map", "0:a:0?"),
        *("-c", "copy", "-f", "framecrc", "pipe:1"),
    )
    async with opened(clip) as file:
        names = await asyncio.to_thread(_outermost, file)
        if names[:1] != [b"ftyp"]:
            raise MediaError(Reason.NOT_VIDEO, "its first bytes are of no MP4 file")
        # A process begins where the descriptor stands; Python's seek may only move in its buffer.
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        output = await ffmpeg.run(arguments, stdin=file, limits=_LIMITS)
    if output.truncated:
        raise MediaError(Reason.WRONG_VIDEO, "far too many packets")
    if not output.ok:
        raise MediaError(Reason.NOT_VIDEO, f"demuxer ended with {output.exit_code}")
    try:
        return _clip(output.stdout.decode("ascii"), output.log, faststart=_is_faststart(names))
    except (ValueError, KeyError, ZeroDivisionError) as error:
        raise MediaError(Reason.WRONG_VIDEO, f"unreadable packets: {error}") from error


def _clip(packets: str, banner: str, *, faststart: bool) -> Clip:
    streams, facts = _streams(packets)
    described = _VIDEO.search(banner)
    video = sorted(streams.get("0", ()), key=lambda packet: packet.start)
    audio = streams.get("1", [])
    if described is None or not video:
        raise MediaError(Reason.NOT_VIDEO, "no pictures in it")
    codec, pix_fmt, *sides = described.groups()
    width, height = (int(side) for side in sides)
    if max(width, height) > _WIDEST_PX:
        raise MediaError(Reason.WRONG_VIDEO, "far too wide", width=width, height=height)
    turn = _turn(banner)
    gaps = {after.start - before.start for before, after in pairwise(video)}
    span = video[-1].start - video[0].start
    start_s = float(audio[0].start) if audio else 0.0
    return Clip(
        codec=codec,
        pix_fmt=pix_fmt,
        width=height if turn % 180 else width,
        height=width if turn % 180 else height,
        frames=len(video),
        fps=round(float((len(video) - 1) / span), 3) if span else 0.0,
        steady=max(gaps, default=0) - min(gaps, default=0) <= Fraction(2, 1000),
        upright=turn == 0 and facts.get("sar 0", "") in _SQUARE_PIXELS,
        video_start_s=float(video[0].start),
        audio_codec=facts["codec_id 1"] if audio else None,
        audio_channels=facts.get("channel_layout_name 1", "") if audio else "",
        audio_start_s=start_s,
        audio_seconds=float(max(packet.stop for packet in audio)) - start_s if audio else 0.0,
        audio_bytes=sum(packet.size for packet in audio),
        faststart=faststart,
    )


def _streams(text: str) -> tuple[dict[str, list[_Packet]], dict[str, str]]:
    """The packets that are presented, by stream, and the facts of framecrc's head.

    A line is `stream, dts, pts, duration, size, checksum[, F=flags][, side data …]`.
    """
    streams: dict[str, list[_Packet]] = {}
    facts: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            name, _, value = line[1:].partition(": ")
            facts[name] = value.strip()
            continue
        stream, _, pts, duration, size, _, *more = (field.strip() for field in line.split(","))
        flags = next(
            (int(field.removeprefix("F="), 0) for field in more if field.startswith("F=")), 0
        )
        if flags & _DISCARD:
            continue
        clock = Fraction(facts[f"tb {stream}"])
        start = int(pts) * clock
        packet = _Packet(start=start, stop=start + int(duration) * clock, size=int(size))
        streams.setdefault(stream, []).append(packet)
    return streams, facts


def _turn(banner: str) -> int:
    """By how much a player turns the pictures, in quarters of 360 degrees."""
    found = _TURN.search(banner)
    return round(float(found[1]) / 90) * 90 % 360 if found else 0


def _outermost(file: IO[bytes]) -> list[bytes]:
    return [box.name for box in boxes(file, 0, file.seek(0, os.SEEK_END))]


def _is_faststart(names: list[bytes]) -> bool:
    """Whether the index stands before the pictures, so that a player starts at once."""
    return b"moov" in names and b"mdat" in names[names.index(b"moov") :]
