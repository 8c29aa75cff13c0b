"""Whether picture and sound of a clip belong together: measured on what a player would present.

Nothing of Talkie's own probing or aligning is used here, only the wheel's ffmpeg and numpy.
"""

import re
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.media.ffmpeg import locate

RATE = 48_000
WINDOW = RATE // 2
REACH = RATE * 2 // 5
Wave = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was measured; without sound the figures about it are None.

    `offset_ms` is how much later than the reference the sound is heard, `drift_ms_per_s` how
    that grows, `likeness` the correlation of both where they are aligned. `end_gap_ms` is how
    much longer the sound is than the pictures.
    """

    codec: str
    pix_fmt: str
    frames: int
    first_frame_ms: float
    jitter_ms: float
    faststart: bool
    offset_ms: float | None = None
    drift_ms_per_s: float | None = None
    likeness: float | None = None
    end_gap_ms: float | None = None
    peak_dbfs: float | None = None

    def problems(self, *, frames: int, fps: int = 24, sound: bool = True) -> list[str]:
        """What is wrong with a clip that should have these frames and its reference's sound."""
        wrong = {
            f"{self.codec}, {self.pix_fmt}": (self.codec, self.pix_fmt) != ("h264", "yuv420p"),
            f"{self.frames} frames": self.frames != frames,
            f"first frame at {self.first_frame_ms:.1f} ms": abs(self.first_frame_ms) > 1,
            f"frames {self.jitter_ms:.1f} ms uneven": self.jitter_ms > 1,
            "no faststart": not self.faststart,
        }
        if not sound:
            return [name for name, is_so in wrong.items() if is_so]
        if self.offset_ms is None or self.drift_ms_per_s is None or self.likeness is None:
            return [*(name for name, is_so in wrong.items() if is_so), "no sound"]
        assert self.end_gap_ms is not None
        assert self.peak_dbfs is not None
        wrong |= {
            f"another sound ({self.likeness:.2f})": self.likeness < 0.5,
            f"offset {self.offset_ms:.1f} ms": abs(self.offset_ms) > 20,
            f"drift {self.drift_ms_per_s:.1f} ms/s": abs(self.drift_ms_per_s) > 1,
            f"sound ends {self.end_gap_ms:.0f} ms off": abs(self.end_gap_ms) > 1000 / fps + 22,
            f"peak {self.peak_dbfs:.1f} dBFS": self.peak_dbfs > -0.5,
        }
        return [name for name, is_so in wrong.items() if is_so]


def check(clip: Path, reference: Path | None = None) -> Checked:
    """Measure a clip against the sound that should be heard in it."""
    banner = _run("-i", clip).stderr.decode("utf-8", "replace")
    video = re.search(r"Video: (\w+).*?, (\w+)[(,]", banner)
    assert video, "no picture"
    starts = _frame_starts(clip)
    steps = np.diff(starts)
    seconds = starts[-1] + float(np.median(steps))
    pictures = Checked(
        codec=video[1],
        pix_fmt=video[2],
        frames=len(starts),
        first_frame_ms=starts[0] * 1000,
        jitter_ms=float(np.ptp(steps)) * 1000,
        faststart=_is_faststart(clip.read_bytes()),
    )
    heard = _heard(clip)
    if not len(heard) or reference is None:
        return pictures
    return _with_sound(pictures, heard, _heard(reference), seconds)


def _with_sound(pictures: Checked, heard: Wave, wanted: Wave, seconds: float) -> Checked:
    offset, drift = _offset_and_drift(heard, wanted)
    whole = round(offset)
    one, other = heard[max(0, whole) :], wanted[max(0, -whole) :]
    count = min(len(one), len(other))
    return Checked(
        codec=pictures.codec,
        pix_fmt=pictures.pix_fmt,
        frames=pictures.frames,
        first_frame_ms=pictures.first_frame_ms,
        jitter_ms=pictures.jitter_ms,
        faststart=pictures.faststart,
        offset_ms=offset / RATE * 1000,
        drift_ms_per_s=drift * 1000,
        likeness=_correlation(one[:count], other[:count]),
        end_gap_ms=(len(heard) / RATE - seconds) * 1000,
        peak_dbfs=float(20 * np.log10(np.abs(heard).max() + 1e-9)),
    )


def _offset_and_drift(heard: Wave, wanted: Wave) -> tuple[float, float]:
    """The lag at the beginning in samples, and its growth in seconds per second.

    Found in windows so short that one percent of drift does not smear them; the growth is the
    median slope between any two of them, so that a few wrong ones do not matter.
    """
    middles, lags = [], []
    loudest = float(np.abs(wanted).max())
    for start in range(0, len(wanted) - WINDOW, WINDOW // 2):
        part = wanted[start : start + WINDOW]
        if np.abs(part).max() < loudest / 10:
            continue
        around = np.zeros(WINDOW + 2 * REACH, np.float32)
        first = max(0, start - REACH)
        near = heard[first : start + WINDOW + REACH]
        around[first - start + REACH :][: len(near)] = near
        middles.append((start + WINDOW / 2) / RATE)
        lags.append(_lag(around, part) - REACH)
    times, late = np.array(middles), np.array(lags)
    before, after = np.triu_indices(len(times), 1)
    slope = float(np.median((late[after] - late[before]) / (times[after] - times[before])))
    return float(np.median(late - slope * times)), slope / RATE


def _lag(sound: Wave, part: Wave) -> float:
    """Where a part is found in a sound, in samples."""
    size = 1 << (len(sound) + len(part)).bit_length()
    cross = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(part, size))
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    used = (hertz > 100) & (hertz < 8000)
    cross = np.where(used, cross / (np.abs(cross) + 0.02 * np.abs(cross).mean() + 1e-20), 0)
    found = np.fft.irfft(cross, size)[: len(sound) - len(part) + 1]
    top = int(np.clip(found.argmax(), 1, len(found) - 2))
    before, height, after = found[top - 1 : top + 2]
    bend = before - 2 * height + after
    return float(top + (0.5 * (before - after) / bend if bend else 0.0))


def _correlation(one: Wave, other: Wave) -> float:
    power = float(np.dot(one, one)) * float(np.dot(other, other))
    return float(np.dot(one, other)) / power**0.5 if power else 0.0


def _frame_starts(clip: Path) -> npt.NDArray[np.float64]:
    """When each decoded frame is presented, in seconds."""
    listed = _run("-copyts", "-i", clip, "-map", "0:v:0", "-fps_mode", "passthrough",
                  "-enc_time_base", "demux", "-f", "framecrc", "pipe:1")  # fmt: skip
    text = listed.stdout.decode()
    clock = Fraction(re.findall(r"#tb 0: (\S+)", text)[0])
    lines = [line.split(",") for line in text.splitlines() if not line.startswith("#")]
    return np.array([float(int(line[2]) * clock) for line in lines])


def _heard(path: Path) -> Wave:
    """The sound from the first moment of presentation, mono."""
    filled = ("-af", "aresample=48000:async=1:first_pts=0", "-ac", "1")
    decoded = _run("-copyts", "-i", path, "-map", "0:a:0?", *filled, "-f", "f32le", "pipe:1")
    return np.frombuffer(decoded.stdout, np.float32)


def _is_faststart(data: bytes) -> bool:
    names, at = [], 0
    while at + 8 <= len(data):
        names.append(data[at + 4 : at + 8])
        at += max(8, int.from_bytes(data[at : at + 4], "big"))
    return names.index(b"moov") < names.index(b"mdat")


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [locate(), "-nostdin", "-hide_banner", "-nostats", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=120)
