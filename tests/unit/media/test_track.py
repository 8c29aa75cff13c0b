import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.media.edges import find_heard
from bot.media.loudness import RATE_HZ, Samples
from bot.media.reasons import MediaError, Reason
from bot.media.track import (
    HEAD,
    HOP,
    TAIL,
    Heard,
    conditioned,
    first_part,
    is_clipped,
    levels_db,
    mono,
    place,
    samples_of,
)
from tests.fakes import sounds

LENGTHS = range(49, 242, 8)
LONGEST = 241 * 2000


def heard(start: int, length: int) -> Heard:
    return Heard(start=start, stop=start + length, audible=length, noise_floor_db=-30.0)


def column(*parts: sounds.Sound) -> Samples:
    return np.concatenate(parts)[:, None]


@given(st.integers(0, 5_000_000), st.integers(1, LONGEST))
def test_whatever_fits_is_placed_whole_in_the_shortest_clip_with_room(
    start: int, length: int
) -> None:
    where = place(heard(start, length), lengths=LENGTHS, fps=24)
    assert where is not None
    assert where.samples == where.frames * 2000
    assert where.first <= start
    assert where.last >= start + length
    assert where.last - where.first <= where.samples
    head, tail = start - where.first, where.last - start - length
    if length + HEAD + TAIL <= LONGEST:
        assert (head, tail) == (HEAD, TAIL)
        assert where.frames == 49 or (where.frames - 8) * 2000 < length + HEAD + TAIL
    else:
        assert where.frames == 241
        assert head + tail == LONGEST - length
        assert abs(head * TAIL - tail * HEAD) <= HEAD + TAIL


@given(st.integers(LONGEST + 1, LONGEST * 12))
def test_what_is_longer_than_the_longest_clip_has_no_place(length: int) -> None:
    assert place(heard(0, length), lengths=LENGTHS, fps=24) is None


@given(st.integers(1, 500), st.sampled_from([24, 25, 30, 48, 60]))
def test_a_frame_is_a_whole_number_of_samples_at_every_usual_rate(frames: int, fps: int) -> None:
    assert samples_of(frames, fps) * fps == frames * RATE_HZ


@given(st.integers(0, 400), st.integers(LONGEST // HOP + 1, 3000), st.integers(0, 100))
def test_the_first_part_always_fits_and_loses_at_most_the_search_for_a_pause(
    start: int, hops: int, seed: int
) -> None:
    levels = np.random.default_rng(seed).uniform(-60, -10, start + hops)
    part = first_part(heard(start * HOP, hops * HOP), levels, longest_frames=241, fps=24)
    assume(part.start == start * HOP)
    where = place(part, lengths=LENGTHS, fps=24)
    assert where is not None
    assert part.stop - part.start >= LONGEST - HEAD - 2 * RATE_HZ


def test_the_first_part_ends_in_the_pause() -> None:
    sound = column(sounds.speech(9.2), sounds.silence(0.3), sounds.speech(4))
    levels = levels_db(sound)
    whole = find_heard(sound, levels)
    assert whole is not None
    part = first_part(whole, levels, longest_frames=241, fps=24)
    assert 9.2 * RATE_HZ <= part.stop <= 9.5 * RATE_HZ


def test_mono_survives_channels_that_cancel_each_other_out() -> None:
    speech = sounds.speech(1)
    opposite = np.stack([speech, -speech * np.float32(0.9)], axis=1)
    one_sided = np.stack([np.zeros_like(speech), speech], axis=1)
    same = np.stack([speech, speech], axis=1)
    np.testing.assert_array_equal(mono(opposite)[:, 0], speech)
    np.testing.assert_allclose(mono(one_sided)[:, 0], speech / 2)
    np.testing.assert_allclose(mono(same)[:, 0], speech)


def test_a_constant_offset_is_removed() -> None:
    assert np.abs(conditioned(np.full((RATE_HZ, 2), 0.5, np.float32))).max() < 1e-6


def test_one_bad_sample_is_mended_and_many_are_refused() -> None:
    sound = sounds.speech(1)[:, None]
    sound[500] = np.nan
    assert np.isfinite(conditioned(sound)).all()
    sound[::100] = np.inf
    with pytest.raises(MediaError) as refusal:
        conditioned(sound)
    assert refusal.value.reason is Reason.BROKEN


def test_absurd_amplitudes_are_refused() -> None:
    with pytest.raises(MediaError) as refusal:
        conditioned(np.array([[0.0], [1e30]], np.float32))
    assert refusal.value.reason is Reason.BROKEN


def test_a_sound_that_was_recorded_too_hot_is_noticed() -> None:
    loud = np.clip(sounds.speech(1, level_db=6), -1, 1)[:, None]
    assert is_clipped(loud)
    assert not is_clipped(sounds.speech(1)[:, None])
