"""From an untrusted sound file to plain samples, by ffmpeg with its hands tied."""

import asyncio
import re
from pathlib import Path

import numpy as np

from bot.media.ffmpeg import Ffmpeg, Limits, Output
from bot.media.files import opened
from bot.media.kinds import HEAD_BYTES, SoundKind, sound_kind, tag_bytes
from bot.media.loudness import RATE_HZ, Samples
from bot.media.reasons import MediaError, Reason

_MARGIN_S = 0.5
_TAGGED = frozenset({SoundKind.FLAC, SoundKind.AAC})
_MAX_CHANNELS = 2
_SAMPLE_BYTES = 4
_NO_STREAM = "matches no streams"
_STREAMS_LEFT_OUT = "exceeds max_streams"
_OTHER_CODEC = re.compile(r"\[(\w+) @ \w+\] Codec \(\1\) not on whitelist.*\[dec:\1 @ ", re.DOTALL)


async def decode(source: Path, ffmpeg: Ffmpeg, *, longest_s: float) -> Samples:
    """The sound of a file at 48 kHz, mono or stereo as it is, shape (samples, channels).

    What was decoded is the only truth about its length; no header is believed. Values may pass
    full scale or not be numbers. Raises MediaError (EMPTY, NOT_SOUND, NO_SOUND, BROKEN,
    SOUND_TOO_LONG).
    """
    kind = await asyncio.to_thread(_sniff, source)
    seconds = longest_s + _MARGIN_S
    limits = Limits(
        output_bytes=int((longest_s + 2) * RATE_HZ * _SAMPLE_BYTES * _MAX_CHANNELS),
    )
    async with opened(source) as file:
        output = await ffmpeg.run(_arguments(kind, seconds), stdin=file, limits=limits)
    samples = _samples(output)
    if len(samples) > longest_s * RATE_HZ:
        raise MediaError(Reason.SOUND_TOO_LONG, "longer than is read", limit_s=longest_s)
    return samples


def _sniff(source: Path) -> SoundKind:
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if not head:
            raise MediaError(Reason.EMPTY, "no bytes")
        kind = sound_kind(head)
        if kind is SoundKind.MP3 and (size := tag_bytes(head)):
            file.seek(size)
            behind = sound_kind(file.read(HEAD_BYTES))
            kind = behind if behind in _TAGGED else kind
    if kind is None:
        raise MediaError(Reason.NOT_SOUND, "its first bytes are of no known sound file")
    return kind


def _arguments(kind: SoundKind, seconds: float) -> list[str]:
    """Forced demuxer, white lists, no path; the limit before -i bounds what is even read."""
    options = (
        f"-v error -protocol_whitelist fd -format_whitelist {kind.demuxers}"
        f" -codec_whitelist {kind.decoders} -max_streams 16 -probesize 2000000"
        f" -analyzeduration 2000000 -threads 1 -f {kind.value} -t {seconds} -fd 0 -i fd:"
        " -map 0:a:0 -vn -sn -dn -map_metadata -1"
        f" -af aformat=sample_fmts=flt:channel_layouts=mono|stereo:sample_rates={RATE_HZ}"
        f" -t {seconds} -fflags +bitexact -f wav -c:a pcm_f32le pipe:1"
    )
    return options.split()


def _samples(output: Output) -> Samples:
    if _STREAMS_LEFT_OUT in output.log:
        raise MediaError(Reason.BROKEN, "far too many streams")
    if not output.ok:
        if _NO_STREAM in output.log:
            raise MediaError(Reason.NO_SOUND, "no sound stream")
        if _OTHER_CODEC.search(output.log):
            raise MediaError(Reason.NOT_SOUND, "a codec that does not belong there")
        raise MediaError(Reason.BROKEN, f"decoder ended with {output.exit_code}")
    start = output.stdout.find(b"data") + 8
    channels = int.from_bytes(output.stdout[22:24], "little")
    if start < 8 or channels not in (1, _MAX_CHANNELS):
        raise MediaError(Reason.BROKEN, "decoder wrote no sound")
    count = (len(output.stdout) - start) // (_SAMPLE_BYTES * channels)
    if count == 0:
        raise MediaError(Reason.NO_SOUND, "a sound stream without samples")
    flat = np.frombuffer(output.stdout, np.dtype("<f4"), count * channels, start)
    return flat.astype(np.float32).reshape(count, channels)
