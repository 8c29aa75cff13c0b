"""How loud a sound is to an ear: ITU-R BS.1770-4, with numpy alone.

Sounds are float32 arrays of shape (samples, channels) at 48 kHz, one or two channels, full scale
1.0. The K filter works in the frequency domain: its tail is long dead within one overlap.
"""

import numpy as np
import numpy.typing as npt

RATE_HZ = 48_000
"""The one sample rate of this package."""

Samples = npt.NDArray[np.float32]
"""Shape (samples, channels)."""

MS = RATE_HZ // 1000
"""Samples of a millisecond."""

SILENCE_LUFS = -120.0
"""What is reported for a sound in which nothing passes the absolute gate."""

# The numbers of BS.1770-4.
_OFFSET_LU = -0.691
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_HOP_MS = 100
_BLOCK_HOPS = 4

_FFT = 1 << 15
_STEP = 597 * MS
_BLOCKS_AT_ONCE = 4

# Four times oversampling: sinc kernels of three phases between the samples, over one millisecond.
_PEAK_REACH = 16
_PHASES = 4
# A product this small stays on one core: with more, a busy machine's threads wait for each other.
_AT_ONCE = 64


def integrated_lufs(samples: Samples) -> float:
    """Gated loudness of the whole sound in LUFS; SILENCE_LUFS if nothing is loud enough.

    A sound shorter than one block (0.4 s) counts as one block filled up with silence.
    """
    return gated_lufs(weighted_energy(samples))


def weighted_energy(samples: Samples) -> npt.NDArray[np.float64]:
    """The K-weighted energy of each millisecond, over all channels: what loudness is made of."""
    response = _k_response()
    return np.asarray(np.sum([_energy(channel, response) for channel in samples.T], axis=0))


def gated_lufs(energy: npt.NDArray[np.float64]) -> float:
    """The loudness of a sound of which each millisecond has this energy."""
    energy = np.pad(energy, (0, max(0, _BLOCK_HOPS * _HOP_MS - len(energy))))
    count = len(energy) // _HOP_MS
    hops = energy[: count * _HOP_MS].reshape(count, _HOP_MS).sum(axis=1)
    blocks = np.convolve(hops, np.ones(_BLOCK_HOPS), "valid") / (_BLOCK_HOPS * _HOP_MS * MS)
    heard = blocks[_lufs(blocks) > _ABSOLUTE_GATE_LUFS]
    if not heard.size:
        return SILENCE_LUFS
    kept = heard[_lufs(heard) > _lufs(heard.mean()) + _RELATIVE_GATE_LU]
    return float(_lufs(kept.mean()))


def sample_peaks(samples: Samples) -> npt.NDArray[np.float32]:
    """The largest sample of each millisecond, over all channels, linear."""
    peaks = np.zeros(-(-len(samples) // MS), np.float32)
    for channel in samples.T:
        missing = -len(channel) % MS
        blocks = (np.pad(channel, (0, missing)) if missing else channel).reshape(-1, MS)
        np.maximum(peaks, np.maximum(blocks.max(axis=1), -blocks.min(axis=1)), out=peaks)
    return peaks


def peak_blocks(samples: Samples, *, above: float = 0.0) -> npt.NDArray[np.float32]:
    """The true peak (four times oversampled, over all channels) of each millisecond, linear.

    Only where a sample stands `above` this: elsewhere it is the largest sample, at most a few dB
    less.
    """
    peaks = sample_peaks(samples)
    chosen = np.flatnonzero(peaks >= above)
    kernel = _peak_kernel()
    for channel in samples.T:
        padded = np.zeros(len(peaks) * MS + 2 * _PEAK_REACH, np.float32)
        padded[_PEAK_REACH : _PEAK_REACH + len(channel)] = channel
        width = MS + 2 * _PEAK_REACH
        windows = np.lib.stride_tricks.sliding_window_view(padded, width)[::MS]
        for start in range(0, len(chosen), _AT_ONCE):
            some = chosen[start : start + _AT_ONCE]
            between = windows[some] @ kernel
            peaks[some] = np.maximum(peaks[some], np.abs(between, out=between).max(axis=1))
    return peaks


def decibels(linear: float) -> float:
    """An amplitude (full scale 1.0) in dB, never below SILENCE_LUFS."""
    return float(max(20 * np.log10(max(linear, 1e-12)), SILENCE_LUFS))


def _lufs(power: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return np.asarray(_OFFSET_LU + 10 * np.log10(np.asarray(power) + 1e-30))


def _energy(
    channel: npt.NDArray[np.float32], response: npt.NDArray[np.complex64]
) -> npt.NDArray[np.float64]:
    """Filter by overlap-save, a few blocks at once, so that all of it stays in the cache.

    Each block of the FFT yields its last _STEP samples, which are whole milliseconds.
    """
    count = -(-len(channel) // _STEP)
    overlap = _FFT - _STEP
    padded = np.zeros(overlap + count * _STEP, np.float32)
    padded[overlap : overlap + len(channel)] = channel
    blocks = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_STEP]
    found = []
    for start in range(0, count, _BLOCKS_AT_ONCE):
        # Without a norm numpy goes through double precision, which takes three times as long.
        spectrum = np.fft.rfft(blocks[start : start + _BLOCKS_AT_ONCE], axis=1, norm="ortho")
        spectrum *= response
        weighted = np.fft.irfft(spectrum, _FFT, axis=1, norm="ortho")[:, overlap:]
        parts = weighted.reshape(-1, MS)
        found.append(np.einsum("ij,ij->i", parts, parts))
    return np.concatenate(found)[: -(-len(channel) // MS)].astype(np.float64)


def _k_response() -> npt.NDArray[np.complex64]:
    """BS.1770's two filter stages by its table of coefficients for 48 kHz."""
    z = np.exp(-2j * np.pi * np.arange(_FFT // 2 + 1) / _FFT)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(shelf * high_pass, np.complex64)


def _peak_kernel() -> npt.NDArray[np.float32]:
    """Maps a window of one block and its surroundings to the values between its samples."""
    place = np.arange(MS + 2 * _PEAK_REACH)[:, None] - _PEAK_REACH
    between = (np.arange(MS)[:, None] + np.arange(1, _PHASES) / _PHASES).reshape(-1)
    distance = between[None, :] - place
    window = np.where(
        np.abs(distance) < _PEAK_REACH, np.cos(np.pi * distance / (2 * _PEAK_REACH)) ** 2, 0.0
    )
    return np.asarray(np.sinc(distance) * window, np.float32)
