"""The ffmpeg binary that comes with Talkie's pinned wheel, and nothing else that is called so."""

from pathlib import Path

import imageio_ffmpeg


class FfmpegMissing(Exception):
    """The wheel's ffmpeg is not where it belongs; the message says what to do."""


def locate() -> Path:
    """The wheel's own binary; a path outside the wheel raises FfmpegMissing.

    imageio-ffmpeg obeys IMAGEIO_FFMPEG_EXE and falls back to conda and PATH: whatever program
    stands there was never measured against hostile files, so it is refused.
    """
    home = Path(imageio_ffmpeg.__file__).resolve().parent / "binaries"
    try:
        found = Path(imageio_ffmpeg.get_ffmpeg_exe()).resolve()
    except RuntimeError as error:
        raise FfmpegMissing(
            "The imageio-ffmpeg wheel carries no ffmpeg for this machine."
        ) from error
    if not found.is_relative_to(home):
        raise FfmpegMissing("IMAGEIO_FFMPEG_EXE points outside the imageio-ffmpeg wheel; unset it.")
    return found
