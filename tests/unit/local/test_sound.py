import wave
from pathlib import Path

import numpy as np
import pytest

from bot.engines.local import ambience, envelope


def test_a_pad_is_exactly_as_long_as_its_clip_quiet_and_fades_at_both_ends() -> None:
    sound = ambience.compose(49 / 24, prompt="a boat", seed=3)
    assert sound.shape == (round(49 / 24 * ambience.RATE_HZ), 2)
    assert 0.1 < np.abs(sound).max() <= 0.17
    assert np.abs(sound[:20]).max() < 0.001
    assert np.abs(sound[-20:]).max() < 0.001


def test_pads_differ_by_seed() -> None:
    first, second = (ambience.compose(2.0, prompt="a boat", seed=seed) for seed in (1, 2))
    assert not np.allclose(first, second)


def _bursts(frames: int, gain: float = 0.5) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    time_s = np.arange(frames * 2000) / 48000
    loud = np.sin(2 * np.pi * 1.5 * time_s) > 0
    return (gain * loud * np.sin(2 * np.pi * 300 * time_s)).astype(np.float32)


def test_silence_has_a_flat_envelope() -> None:
    measured = envelope.measure(np.zeros(48000, dtype=np.float32), 48000, 49, 20)
    assert not measured.level.any()
    assert not measured.bands.any()


def test_bands_rise_and_fall_with_the_sound() -> None:
    sound = _bursts(96)
    measured = envelope.measure(sound, 48000, 96, 20)
    loud = np.sqrt((sound.reshape(96, 2000) ** 2).mean(axis=1))
    assert measured.bands.shape == (96, 20)
    assert np.corrcoef(measured.bands.mean(axis=1), loud)[0, 1] > 0.8


def test_a_quiet_sound_moves_the_bars_as_much_as_a_loud_one() -> None:
    loud = envelope.measure(_bursts(96, 0.8), 48000, 96, 20)
    quiet = envelope.measure(_bursts(96, 0.05), 48000, 96, 20)
    assert quiet.bands == pytest.approx(loud.bands, abs=0.02)


def test_a_sound_shorter_than_the_clip_ends_in_silence() -> None:
    measured = envelope.measure(_bursts(30), 48000, 60, 12)
    assert not measured.level[31:].any()


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a wav file at all" * 10])
def test_a_file_that_is_no_wav_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(content)
    with pytest.raises(envelope.SoundUnreadable):
        envelope.read_wav(path)


def test_a_missing_or_eight_bit_wav_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(envelope.SoundUnreadable):
        envelope.read_wav(tmp_path / "none.wav")
    with wave.open(str(tmp_path / "8.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000)
    with pytest.raises(envelope.SoundUnreadable):
        envelope.read_wav(tmp_path / "8.wav")
